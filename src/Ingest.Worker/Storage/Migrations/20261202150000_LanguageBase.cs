using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>The language of an article without script and region.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261202150000_LanguageBase")]
internal sealed class LanguageBase() : SqlMigration("LanguageBase");

using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>What readers ask by: host, category, language, and what was withdrawn or is gone.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261201172000_Lookups")]
internal sealed class Lookups() : SqlMigration("Lookups");

using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>What gaps sources leave by themselves, and what is usual with their articles.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261202120000_SourceHealth")]
internal sealed class SourceHealth() : SqlMigration("SourceHealth");

using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>What is needed to leave nothing of an article that is removed.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261202110000_Removal")]
internal sealed class Removal() : SqlMigration("Removal");

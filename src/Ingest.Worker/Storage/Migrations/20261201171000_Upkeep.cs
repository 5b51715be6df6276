using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>Room for updates in the pages, and vacuum in good time; changes are found by their day, so that few updates touch an index.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261201171000_Upkeep")]
internal sealed class Upkeep() : SqlMigration("Upkeep");

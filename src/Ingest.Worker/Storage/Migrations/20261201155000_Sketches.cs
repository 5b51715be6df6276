using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>Sketches of recent texts. Articles that are there already have none, and are read where they may be near-duplicates.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261201155000_Sketches")]
internal sealed class Sketches() : SqlMigration("Sketches");

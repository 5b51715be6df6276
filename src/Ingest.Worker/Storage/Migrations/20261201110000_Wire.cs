using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>What sites said that outlives a process: the pause after their refusals, and that they stay with https.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261201110000_Wire")]
internal sealed class Wire() : SqlMigration("Wire");

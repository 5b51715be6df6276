using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>Says from when to when a source's own interval counts. Only a comment changes.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261201170000_Intervals")]
internal sealed class Intervals() : SqlMigration("Intervals");

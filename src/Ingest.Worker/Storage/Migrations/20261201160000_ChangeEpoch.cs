using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>The log of changes has an epoch, which its cursors name: those from before a restore are known.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261201160000_ChangeEpoch")]
internal sealed class ChangeEpoch() : SqlMigration("ChangeEpoch");

using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>Where each webhook stands; and the transactions of events, so that those who follow them skip none.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261202121000_Webhooks")]
internal sealed class Webhooks() : SqlMigration("Webhooks");

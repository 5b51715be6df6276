using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>Holds bind sites; what they bound before goes on to hold, by the host alone. Only comments change.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261130151000_SiteHolds")]
internal sealed class SiteHolds() : SqlMigration("SiteHolds");

using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>What PostgreSQL refuses is noted; days without end are days, and documents that were made otherwise are made again.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261130150000_Refusals")]
internal sealed class Refusals() : SqlMigration("Refusals");

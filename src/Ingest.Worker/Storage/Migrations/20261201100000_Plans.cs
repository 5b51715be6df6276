using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>What plans remember: the freshness that a publisher asks for, and what its bodies cost.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261201100000_Plans")]
internal sealed class Plans() : SqlMigration("Plans");

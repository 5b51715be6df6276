using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>Secrets in stored URLs go, and what could do something to a terminal.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261130152000_Secrets")]
internal sealed class Secrets() : SqlMigration("Secrets");

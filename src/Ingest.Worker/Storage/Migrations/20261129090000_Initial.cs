using Ingest.Worker.Storage.Schema;
using Ingest.Worker.Storage.Sql;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>The schema of 0.2.0, but for its functions and views.</summary>
[DbContext(typeof(IngestContext))]
[Migration(Release020.Initial)]
internal sealed class Initial()
    : SqlMigration("Initial/Sources", "Initial/Articles", "Initial/Identity", "Initial/Fetching", "Initial/Reading", "Initial/Quartz", "Initial/Roles");

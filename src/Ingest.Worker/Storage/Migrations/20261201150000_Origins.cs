using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>All origins and causes that are stored are named, and some comments are said more plainly. Only comments change.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261201150000_Origins")]
internal sealed class Origins() : SqlMigration("Origins");

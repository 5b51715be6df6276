using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>Which functions and views there are, and of which file.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261201130000_SchemaObjects")]
internal sealed class SchemaObjects() : SqlMigration("SchemaObjects");

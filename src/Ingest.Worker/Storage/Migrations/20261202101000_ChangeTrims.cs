using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>The log of changes has an end: how far it had come each day, and up to where it is trimmed.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261202101000_ChangeTrims")]
internal sealed class ChangeTrims() : SqlMigration("ChangeTrims");

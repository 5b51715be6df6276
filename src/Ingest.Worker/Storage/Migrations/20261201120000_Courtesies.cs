using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>What spares publishers requests: validators of pages, copies of robots.txt, and which addresses were guessed.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261201120000_Courtesies")]
internal sealed class Courtesies() : SqlMigration("Courtesies");

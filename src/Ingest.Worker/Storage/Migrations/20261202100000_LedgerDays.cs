using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ingest.Worker.Storage.Migrations;

/// <summary>The ledger in tables by day, with due times and without the sources' own addresses, and counts of what told of nothing.</summary>
[DbContext(typeof(IngestContext))]
[Migration("20261202100000_LedgerDays")]
internal sealed class LedgerDays() : SqlMigration("LedgerDays");

using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ingest.Worker.Storage.Migrations
{
    /// <summary>What sites said that outlives a process: the pause after their refusals, and that they stay with https.</summary>
    [DbContext(typeof(IngestContext))]
    [Migration("20261201110000_Wire")]
    internal sealed class Wire : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MigrationSql.Read("Wire.sql"));

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            alter table ingest.host_holds drop column pause;
            drop table ingest.https_hosts;
            comment on column ingest.sources.etag is 'ETag of the last full answer, byte for byte.';
            comment on column ingest.fetches.attempts is 'Requests made, retries included.';
            """);
    }
}

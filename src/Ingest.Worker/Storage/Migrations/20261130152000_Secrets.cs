using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ingest.Worker.Storage.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Secrets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MigrationSql.Read("Secrets.sql"));

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            "comment on column ingest.source_events.kind is 'moved, gone, returned, quarantined, recovered, entries_missed, validators_doubted, validators_distrusted or validators_trusted.'");
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ingest.Worker.Storage.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Refusals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MigrationSql.Read("Refusals.sql"));

        // The functions stay: they do what those before them did, for more inputs.
        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("drop table ingest.refusals");
    }
}

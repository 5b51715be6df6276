using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ingest.Worker.Storage.Migrations
{
    /// <summary>What plans remember: the freshness that a publisher asks for, and what its bodies cost. What was watched stays spread on the way back.</summary>
    [DbContext(typeof(IngestContext))]
    [Migration("20261201100000_Plans")]
    internal sealed class Plans : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MigrationSql.Read("Plans.sql"));

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("alter table ingest.sources drop column fresh_for, drop column body_bytes, drop column body_news, drop column vain_bodies");
    }
}

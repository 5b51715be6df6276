using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Ingest.Worker.Storage.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Endurance : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_sources_parent_id",
                schema: "ingest",
                table: "sources");

            migrationBuilder.CreateIndex(
                name: "ix_sources_parent_id",
                schema: "ingest",
                table: "sources",
                column: "parent_id",
                filter: "parent_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_page_queue_newest",
                schema: "ingest",
                table: "page_queue",
                columns: new[] { "slot", "published_at" },
                descending: new[] { false, true },
                filter: "state = 'waiting'")
                .Annotation("Npgsql:IndexNullSortOrder", new[] { NullSortOrder.NullsLast, NullSortOrder.NullsLast });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_sources_parent_id",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropIndex(
                name: "ix_page_queue_newest",
                schema: "ingest",
                table: "page_queue");

            migrationBuilder.CreateIndex(
                name: "ix_sources_parent_id",
                schema: "ingest",
                table: "sources",
                column: "parent_id");
        }
    }
}

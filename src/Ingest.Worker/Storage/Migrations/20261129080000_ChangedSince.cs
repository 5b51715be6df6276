using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ingest.Worker.Storage.Migrations
{
    /// <inheritdoc />
    internal sealed partial class ChangedSince : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(name: "ix_articles_updated_at", schema: "ingest", table: "articles", column: "updated_at").Annotation("Npgsql:IndexMethod", "brin");

            // What was changed last is what is asked for, and vacuum may come late.
            migrationBuilder.Sql("alter index ingest.ix_articles_updated_at set (autosummarize = on)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropIndex(name: "ix_articles_updated_at", schema: "ingest", table: "articles");
    }
}

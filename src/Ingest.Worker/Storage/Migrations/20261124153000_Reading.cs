using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using NpgsqlTypes;

#nullable disable

namespace Ingest.Worker.Storage.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Reading : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "article_changes",
                schema: "ingest",
                columns: table => new
                {
                    xid = table.Column<ulong>(type: "xid8", nullable: false, comment: "The transaction that made the change."),
                    id = table.Column<long>(type: "bigint", nullable: false, comment: "Orders the changes of one transaction.")
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    kind = table.Column<string>(type: "text", nullable: false, comment: "added, completed (from its page), revised (by its publisher), marked (gone, retracted, joined a story) or removed."),
                    article_id = table.Column<long>(type: "bigint", nullable: false, comment: "The article; joins articles.id unless it was removed."),
                    revision = table.Column<int>(type: "integer", nullable: false, comment: "The article's version after the change.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_article_changes", x => new { x.xid, x.id });
                    table.CheckConstraint("ck_article_changes_kind", "kind in ('added', 'completed', 'revised', 'marked', 'removed')");
                },
                comment: "The log of changes to articles, kept by triggers; read it with changes_since.");

            migrationBuilder.CreateTable(
                name: "article_search",
                schema: "ingest",
                columns: table => new
                {
                    article_id = table.Column<long>(type: "bigint", nullable: false, comment: "The article; joins articles.id."),
                    published_on = table.Column<DateOnly>(type: "date", nullable: false, comment: "Its day."),
                    document = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: false, comment: "Its words with their weights, and its language, day, month and year as words that begin with @.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_article_search", x => x.article_id);
                },
                comment: "What search() finds articles by. Filled a moment after an article changed; Ingest:Search says with what.");

            migrationBuilder.CreateTable(
                name: "search_progress",
                schema: "ingest",
                columns: table => new
                {
                    only_row = table.Column<bool>(type: "boolean", nullable: false, comment: "Always true: there is one row."),
                    scope = table.Column<string>(type: "text", nullable: false, comment: "What is indexed: Off, Headlines or Body."),
                    xid = table.Column<ulong>(type: "xid8", nullable: false, comment: "The last change that is indexed: its transaction."),
                    change_id = table.Column<long>(type: "bigint", nullable: false, comment: "The last change that is indexed: its number."),
                    indexed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When the index was last brought up to date.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_progress", x => x.only_row);
                    table.CheckConstraint("ck_search_progress_only_row", "only_row");
                },
                comment: "One row: how far the search index has followed the log of changes.");

            migrationBuilder.CreateIndex(
                name: "ix_articles_authors",
                schema: "ingest",
                table: "articles",
                column: "authors")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_articles_url",
                schema: "ingest",
                table: "articles",
                column: "url")
                .Annotation("Npgsql:IndexMethod", "hash");

            migrationBuilder.CreateIndex(
                name: "ix_article_search_document",
                schema: "ingest",
                table: "article_search",
                column: "document")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.Sql(MigrationSql.Read("Changes.sql"));
            migrationBuilder.Sql(MigrationSql.Read("Search.sql"));
            migrationBuilder.Sql(MigrationSql.Read("Reading.sql"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(MigrationSql.Read("ReadingDown.sql"));

            migrationBuilder.DropTable(
                name: "article_changes",
                schema: "ingest");

            migrationBuilder.DropTable(
                name: "article_search",
                schema: "ingest");

            migrationBuilder.DropTable(
                name: "search_progress",
                schema: "ingest");

            migrationBuilder.DropIndex(
                name: "ix_articles_authors",
                schema: "ingest",
                table: "articles");

            migrationBuilder.DropIndex(
                name: "ix_articles_url",
                schema: "ingest",
                table: "articles");
        }
    }
}

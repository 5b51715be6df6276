using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ingest.Worker.Storage.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Words : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MigrationSql.Read("Words.sql"));

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("create index ix_article_search_document on ingest.article_search using gin (document)");
            migrationBuilder.Sql(MigrationSql.Read("Sampling.sql"));
            migrationBuilder.Sql(MigrationSql.Read("WordsDown.sql"));
        }
    }
}

using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ingest.Worker.Storage.Migrations
{
    /// <summary>What spares publishers requests: validators of pages, copies of robots.txt, and which addresses were guessed.</summary>
    [DbContext(typeof(IngestContext))]
    [Migration("20261201120000_Courtesies")]
    internal sealed class Courtesies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MigrationSql.Read("Courtesies.sql"));

        // Found sources that were disabled stay so: the page that announces one makes it active again.
        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            comment on column ingest.fetches.kind is 'feed, page, archive (older documents of a feed, or a news sitemap, that may hold missed entries), robots (robots.txt) or tdm (tdmrep.json).';
            alter table ingest.sources drop column guess_at;
            drop table ingest.page_validators, ingest.robots_files, ingest.guesses;
            """);
    }
}

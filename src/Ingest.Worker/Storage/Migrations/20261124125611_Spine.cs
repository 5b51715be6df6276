using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Ingest.Worker.Storage.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Spine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "ingest");

            migrationBuilder.CreateTable(
                name: "sources",
                schema: "ingest",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false, comment: "Number of the source.")
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "text", nullable: false, comment: "Name in the configuration; a source found through another one is named PARENT/HASH."),
                    url = table.Column<string>(type: "text", nullable: false, comment: "The URL that is polled now; differs from configured_url after a permanent move."),
                    configured_url = table.Column<string>(type: "text", nullable: false, comment: "The URL as configured."),
                    parent_id = table.Column<int>(type: "integer", nullable: true, comment: "The sitemap index or page through which this source was found; null for configured sources."),
                    depth = table.Column<short>(type: "smallint", nullable: false, comment: "Steps from the configuration: 0 for a configured source, 1 for one found through it, and so on."),
                    state = table.Column<string>(type: "text", nullable: false, comment: "active, paused (by hand), disabled (left the configuration) or gone (the publisher answered 410)."),
                    slot = table.Column<short>(type: "smallint", nullable: false, comment: "Slot of the host, 0 to 1023; a partition of the schedule is a range of slots."),
                    full_text = table.Column<string>(type: "text", nullable: false, comment: "Whether the entries' pages are fetched: auto, always or never."),
                    schedule = table.Column<string>(type: "text", nullable: true, comment: "Quartz cron expression; null for none."),
                    time_zone = table.Column<string>(type: "text", nullable: true, comment: "IANA time zone of the cron expression; null for UTC."),
                    poll_interval = table.Column<TimeSpan>(type: "interval", nullable: true, comment: "Fixed polling interval; null for adaptive polling."),
                    tags = table.Column<string[]>(type: "text[]", nullable: false, comment: "Tags from the configuration."),
                    title = table.Column<string>(type: "text", nullable: true, comment: "Title that the feed gives itself."),
                    site_url = table.Column<string>(type: "text", nullable: true, comment: "Site that the feed names as its own."),
                    language = table.Column<string>(type: "text", nullable: true, comment: "Language tag that the feed states."),
                    etag = table.Column<string>(type: "text", nullable: true, comment: "ETag of the last full answer, byte for byte."),
                    last_modified = table.Column<string>(type: "text", nullable: true, comment: "Last-Modified of the last full answer, byte for byte."),
                    validators_url = table.Column<string>(type: "text", nullable: true, comment: "The URL that sent etag and last_modified, after redirects: they are sent to no other."),
                    body_hash = table.Column<Guid>(type: "uuid", nullable: true, comment: "XXH128 of the last full answer's body."),
                    next_poll_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When the source is due."),
                    next_poll_reason = table.Column<string>(type: "text", nullable: true, comment: "Why it is due then, in words."),
                    adaptive_interval = table.Column<TimeSpan>(type: "interval", nullable: true, comment: "The interval that adaptive polling has reached."),
                    asked_interval = table.Column<TimeSpan>(type: "interval", nullable: true, comment: "The shortest interval that the feed asked for when it was last read; null for none."),
                    skip_hours = table.Column<short[]>(type: "smallint[]", nullable: true, comment: "Hours (0 to 23, UTC) in which the feed asks not to be polled; null for none."),
                    skip_days = table.Column<short[]>(type: "smallint[]", nullable: true, comment: "Days (0 Sunday to 6 Saturday, UTC) on which the feed asks not to be polled; null for none."),
                    failure_weight = table.Column<double>(type: "double precision", nullable: false, comment: "Weight of the failures since the last success: permanent 1, server 0.5, transient 0.25."),
                    last_polled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true, comment: "When it was last asked."),
                    last_success_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true, comment: "When it last answered usably, 304 included."),
                    last_news_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true, comment: "When a poll last brought a new or changed entry."),
                    last_status = table.Column<int>(type: "integer", nullable: true, comment: "HTTP status of the last poll; 0 when no answer came."),
                    last_error = table.Column<string>(type: "text", nullable: true, comment: "Why the last poll failed; null when it did not."),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When the row was made."),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When the configuration of the row last changed.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sources", x => x.id);
                    table.CheckConstraint("ck_sources_full_text", "full_text in ('auto', 'always', 'never')");
                    table.CheckConstraint("ck_sources_state", "state in ('active', 'disabled', 'paused', 'gone')");
                    table.ForeignKey(
                        name: "fk_sources_sources_parent_id",
                        column: x => x.parent_id,
                        principalSchema: "ingest",
                        principalTable: "sources",
                        principalColumn: "id");
                },
                comment: "What is polled: one row a feed, sitemap or page. Rows are never deleted; a source that left the configuration is disabled.");

            migrationBuilder.CreateTable(
                name: "article_sightings",
                schema: "ingest",
                columns: table => new
                {
                    source_id = table.Column<int>(type: "integer", nullable: false, comment: "The source that showed it."),
                    entry_key = table.Column<Guid>(type: "uuid", nullable: false, comment: "Identity of the entry in its source: XXH128 of its guid, or of its link."),
                    article_key = table.Column<Guid>(type: "uuid", nullable: false, comment: "The article; joins articles.article_key, which may not be there yet when the page is still waiting."),
                    guid = table.Column<string>(type: "text", nullable: true, comment: "guid or id as published; null when none."),
                    url = table.Column<string>(type: "text", nullable: false, comment: "Link as published."),
                    title = table.Column<string>(type: "text", nullable: false, comment: "Title as published."),
                    fingerprint = table.Column<Guid>(type: "uuid", nullable: false, comment: "XXH128 of the entry as last shown."),
                    first_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When this source first showed it."),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When the entry last changed.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_article_sightings", x => new { x.source_id, x.entry_key, x.article_key });
                    table.ForeignKey(
                        name: "fk_article_sightings_sources_source_id",
                        column: x => x.source_id,
                        principalSchema: "ingest",
                        principalTable: "sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                },
                comment: "Which source showed which article, under which guid and link.");

            migrationBuilder.CreateTable(
                name: "articles",
                schema: "ingest",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false, comment: "Number of the article; grows with the order of insertion, not with the date.")
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    article_key = table.Column<Guid>(type: "uuid", nullable: false, comment: "Identity: XXH128 of the folded URL."),
                    url = table.Column<string>(type: "text", nullable: false, comment: "Canonical URL as published."),
                    source_id = table.Column<int>(type: "integer", nullable: true, comment: "The source that showed it first; null for an imported article."),
                    published_on = table.Column<DateOnly>(type: "date", nullable: false, comment: "The publisher's own calendar day; the day first seen (UTC) when date_source is first_seen."),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true, comment: "The stated moment; null when only a day, or nothing, was stated."),
                    modified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true, comment: "The stated moment of the last modification; null when not stated."),
                    date_source = table.Column<string>(type: "text", nullable: false, comment: "Where the date came from: feed, json-ld, meta, microdata, time, url, visible, archive or first_seen."),
                    title = table.Column<string>(type: "text", nullable: false, comment: "Name of the page or item, one line."),
                    title_source = table.Column<string>(type: "text", nullable: false, comment: "Where the title came from: feed, json-ld, microdata, opengraph, meta, html or archive."),
                    headline = table.Column<string>(type: "text", nullable: false, comment: "schema.org headline, one line; the title where none was stated."),
                    description = table.Column<string>(type: "text", nullable: false, comment: "Standfirst or summary, one line; may be empty."),
                    body = table.Column<string>(type: "text", nullable: false, comment: "Paragraphs parted by one blank line; may be empty."),
                    body_source = table.Column<string>(type: "text", nullable: false, comment: "Where the body came from: html, json-ld, microdata, feed-content, archive or none."),
                    authors = table.Column<string[]>(type: "text[]", nullable: false, comment: "Authors as stated."),
                    language = table.Column<string>(type: "text", nullable: true, comment: "BCP 47 tag, stated or detected."),
                    word_count = table.Column<int>(type: "integer", nullable: false, comment: "Words of the body; for scripts without spaces, their letters."),
                    image_url = table.Column<string>(type: "text", nullable: true, comment: "Lead image."),
                    categories = table.Column<string[]>(type: "text[]", nullable: false, comment: "Categories and tags as stated."),
                    enclosures = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'[]'", comment: "Attached files: [{\"url\", \"type\", \"length\"}]."),
                    live_blog = table.Column<bool>(type: "boolean", nullable: false, comment: "The page is a running report that goes on being written."),
                    fingerprint = table.Column<Guid>(type: "uuid", nullable: false, comment: "XXH128 of title, headline, description and body."),
                    page_state = table.Column<string>(type: "text", nullable: false, comment: "The article's page: none (not wanted), waiting, read, failed (given up) or rejected (not an article's page)."),
                    page_error = table.Column<string>(type: "text", nullable: true, comment: "Why the page failed or was rejected."),
                    first_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When the article was first stored."),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When the row last changed."),
                    revision = table.Column<int>(type: "integer", nullable: false, defaultValue: 1, comment: "Counts the versions of the text, from 1.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_articles", x => x.id);
                    table.CheckConstraint("ck_articles_page_state", "page_state in ('none', 'waiting', 'read', 'failed', 'rejected')");
                    table.ForeignKey(
                        name: "fk_articles_sources_source_id",
                        column: x => x.source_id,
                        principalSchema: "ingest",
                        principalTable: "sources",
                        principalColumn: "id");
                },
                comment: "Every article once, with its text and where each part of it came from.");

            migrationBuilder.CreateTable(
                name: "fetches",
                schema: "ingest",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false, comment: "UUID version 7 of the fetch: sorts by time."),
                    source_id = table.Column<int>(type: "integer", nullable: true, comment: "The source that it was made for."),
                    url = table.Column<string>(type: "text", nullable: false, comment: "The URL asked for."),
                    kind = table.Column<string>(type: "text", nullable: false, comment: "feed or page."),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When it began."),
                    duration_ms = table.Column<int>(type: "integer", nullable: false, comment: "Milliseconds, retries and waits of the pipeline included."),
                    status = table.Column<int>(type: "integer", nullable: false, comment: "HTTP status; 0 when no answer came."),
                    outcome = table.Column<string>(type: "text", nullable: false, comment: "fetched, not_modified or failed."),
                    cause = table.Column<string>(type: "text", nullable: true, comment: "Name of the failure, for counting: HostNotFound, HttpStatus, RobotsDisallowed, Unreadable, Rejected, …; null when nothing failed."),
                    failure = table.Column<string>(type: "text", nullable: true, comment: "What went wrong, in the fetch or in reading what it brought; null when nothing did."),
                    bytes = table.Column<long>(type: "bigint", nullable: false, comment: "Bytes of the body on the wire."),
                    attempts = table.Column<int>(type: "integer", nullable: false, comment: "Requests made, retries included."),
                    conditional = table.Column<bool>(type: "boolean", nullable: false, comment: "Whether validators were sent."),
                    final_url = table.Column<string>(type: "text", nullable: true, comment: "The URL that answered, when redirects led elsewhere."),
                    entries_new = table.Column<int>(type: "integer", nullable: false, comment: "Entries that were new."),
                    entries_changed = table.Column<int>(type: "integer", nullable: false, comment: "Entries that said something else than before."),
                    entries_known = table.Column<int>(type: "integer", nullable: false, comment: "Entries that were known, here or through another source."),
                    entries_rejected = table.Column<int>(type: "integer", nullable: false, comment: "Entries that cannot become articles."),
                    node = table.Column<string>(type: "text", nullable: false, comment: "The worker that made it.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fetches", x => x.id);
                    table.CheckConstraint("ck_fetches_outcome", "outcome in ('fetched', 'not_modified', 'failed')");
                    table.ForeignKey(
                        name: "fk_fetches_sources_source_id",
                        column: x => x.source_id,
                        principalSchema: "ingest",
                        principalTable: "sources",
                        principalColumn: "id");
                },
                comment: "The ledger: one row a fetch of a source or page.");

            migrationBuilder.CreateTable(
                name: "page_queue",
                schema: "ingest",
                columns: table => new
                {
                    article_key = table.Column<Guid>(type: "uuid", nullable: false, comment: "The article that the page belongs to; it may not exist yet when the source gives links only."),
                    source_id = table.Column<int>(type: "integer", nullable: false, comment: "The source through which the page was found."),
                    url = table.Column<string>(type: "text", nullable: false, comment: "What is fetched."),
                    slot = table.Column<short>(type: "smallint", nullable: false, comment: "Slot of the host, 0 to 1023."),
                    state = table.Column<string>(type: "text", nullable: false, comment: "waiting, failed (given up) or rejected (not an article's page)."),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true, comment: "Date that the source states; newest pages go first."),
                    attempts = table.Column<int>(type: "integer", nullable: false, comment: "Fetches made so far."),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When it is due."),
                    last_error = table.Column<string>(type: "text", nullable: true, comment: "Why the last attempt failed, or the page was rejected."),
                    queued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When it was queued.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_page_queue", x => x.article_key);
                    table.CheckConstraint("ck_page_queue_state", "state in ('waiting', 'failed', 'rejected')");
                    table.ForeignKey(
                        name: "fk_page_queue_sources_source_id",
                        column: x => x.source_id,
                        principalSchema: "ingest",
                        principalTable: "sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                },
                comment: "Pages still to be fetched, and those given up or rejected, so that they are not queued again.");

            migrationBuilder.CreateIndex(
                name: "ix_article_sightings_article_key",
                schema: "ingest",
                table: "article_sightings",
                column: "article_key");

            migrationBuilder.CreateIndex(
                name: "ix_articles_article_key",
                schema: "ingest",
                table: "articles",
                column: "article_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_articles_published_on_id",
                schema: "ingest",
                table: "articles",
                columns: new[] { "published_on", "id" },
                descending: new bool[0]);

            migrationBuilder.CreateIndex(
                name: "ix_articles_source_id_id",
                schema: "ingest",
                table: "articles",
                columns: new[] { "source_id", "id" },
                descending: new bool[0]);

            migrationBuilder.CreateIndex(
                name: "ix_fetches_source_id_id",
                schema: "ingest",
                table: "fetches",
                columns: new[] { "source_id", "id" },
                descending: new bool[0]);

            migrationBuilder.CreateIndex(
                name: "ix_fetches_started_at",
                schema: "ingest",
                table: "fetches",
                column: "started_at")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_page_queue_due",
                schema: "ingest",
                table: "page_queue",
                columns: new[] { "slot", "next_attempt_at" },
                filter: "state = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_page_queue_source_id",
                schema: "ingest",
                table: "page_queue",
                column: "source_id");

            migrationBuilder.CreateIndex(
                name: "ix_sources_due",
                schema: "ingest",
                table: "sources",
                columns: new[] { "slot", "next_poll_at" },
                filter: "state = 'active'");

            migrationBuilder.CreateIndex(
                name: "ix_sources_name",
                schema: "ingest",
                table: "sources",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sources_parent_id",
                schema: "ingest",
                table: "sources",
                column: "parent_id");

            migrationBuilder.Sql(MigrationSql.Read("Spine.sql"));
            migrationBuilder.Sql(MigrationSql.Read("Quartz.sql"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop schema quartz cascade; drop view ingest.dated_articles; drop function ingest.dated_text(date, text, text, text, text, text);");

            migrationBuilder.DropTable(
                name: "article_sightings",
                schema: "ingest");

            migrationBuilder.DropTable(
                name: "articles",
                schema: "ingest");

            migrationBuilder.DropTable(
                name: "fetches",
                schema: "ingest");

            migrationBuilder.DropTable(
                name: "page_queue",
                schema: "ingest");

            migrationBuilder.DropTable(
                name: "sources",
                schema: "ingest");
        }
    }
}

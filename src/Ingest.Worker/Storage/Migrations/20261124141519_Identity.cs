using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Ingest.Worker.Storage.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Identity : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<int>(
                name: "revision",
                schema: "ingest",
                table: "articles",
                type: "integer",
                nullable: false,
                defaultValue: 1,
                comment: "Counts the versions of the text that the publisher showed, from 1; those before this one are in article_revisions.",
                oldClrType: typeof(int),
                oldType: "integer",
                oldDefaultValue: 1,
                oldComment: "Counts the versions of the text, from 1.");

            migrationBuilder.AddColumn<ulong>(
                name: "changed_xid",
                schema: "ingest",
                table: "articles",
                type: "xid8",
                nullable: false,
                defaultValueSql: "pg_current_xact_id()",
                comment: "The transaction that added the article, completed it from its page or revised it.");

            migrationBuilder.AddColumn<short>(
                name: "doubtful_changes",
                schema: "ingest",
                table: "articles",
                type: "smallint",
                nullable: false,
                defaultValue: (short)0,
                comment: "Revisions that changed nothing but digits or went back to an earlier text; after a few of them, more are taken for counters and clocks.");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "gone_at",
                schema: "ingest",
                table: "articles",
                type: "timestamp with time zone",
                nullable: true,
                comment: "When the article's page was found gone (404 or 410); null when it was not, or is back. The text is kept.");

            migrationBuilder.AddColumn<string>(
                name: "gone_reason",
                schema: "ingest",
                table: "articles",
                type: "text",
                nullable: true,
                comment: "What the server answered when the page was gone.");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "retracted_at",
                schema: "ingest",
                table: "articles",
                type: "timestamp with time zone",
                nullable: true,
                comment: "When the publisher was seen to have withdrawn the article; null when it stands.");

            migrationBuilder.AddColumn<string>(
                name: "retraction",
                schema: "ingest",
                table: "articles",
                type: "text",
                nullable: true,
                comment: "How it was withdrawn: a mark in the title, a claim of the page, or an entry of the feed that deletes it.");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "revised_at",
                schema: "ingest",
                table: "articles",
                type: "timestamp with time zone",
                nullable: true,
                comment: "When this version superseded another; null for the first.");

            migrationBuilder.AddColumn<long>(
                name: "story_id",
                schema: "ingest",
                table: "articles",
                type: "bigint",
                nullable: true,
                comment: "The story that the article tells together with near-duplicates; null when it stands alone.");

            migrationBuilder.AddColumn<float>(
                name: "story_similarity",
                schema: "ingest",
                table: "articles",
                type: "real",
                nullable: true,
                comment: "Share of the shorter text's word groups, 0 to 1, that also stand in the story's article it was matched with; null for the one that leads.");

            migrationBuilder.CreateTable(
                name: "article_aliases",
                schema: "ingest",
                columns: table => new
                {
                    alias_key = table.Column<Guid>(type: "uuid", nullable: false, comment: "XXH128 of the folded further URL; never the key of an article."),
                    article_key = table.Column<Guid>(type: "uuid", nullable: false, comment: "The article; joins articles.article_key."),
                    url = table.Column<string>(type: "text", nullable: false, comment: "The further URL."),
                    reason = table.Column<string>(type: "text", nullable: false, comment: "canonical, redirect, moved (same guid, other link), republished (same title and date, other guid and link) or duplicate (dropped as a near-duplicate)."),
                    merged_id = table.Column<long>(type: "bigint", nullable: true, comment: "Number of the row in articles that was merged into this article; null when there was none."),
                    noticed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When it was noticed.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_article_aliases", x => x.alias_key);
                    table.CheckConstraint("ck_article_aliases_reason", "reason in ('canonical', 'redirect', 'moved', 'republished', 'duplicate')");
                },
                comment: "Further URLs of articles: links that moved, redirects, canonical links found on pages, duplicates that were dropped.");

            migrationBuilder.CreateTable(
                name: "article_links",
                schema: "ingest",
                columns: table => new
                {
                    article_key = table.Column<Guid>(type: "uuid", nullable: false, comment: "The later article; joins articles.article_key."),
                    other_key = table.Column<Guid>(type: "uuid", nullable: false, comment: "The earlier article; joins articles.article_key."),
                    reason = table.Column<string>(type: "text", nullable: false, comment: "guid (both had it in one source), canonical (the page of one names the other) or redirect (one leads to the other)."),
                    noticed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When it was noticed.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_article_links", x => new { x.article_key, x.other_key });
                    table.CheckConstraint("ck_article_links_reason", "reason in ('guid', 'canonical', 'redirect')");
                },
                comment: "Pairs of articles that something says are one, while their texts or dates say otherwise: both are kept.");

            migrationBuilder.CreateTable(
                name: "article_revisions",
                schema: "ingest",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false, comment: "Number of the row; grows with the order of insertion.")
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    article_id = table.Column<long>(type: "bigint", nullable: false, comment: "The article."),
                    revision = table.Column<int>(type: "integer", nullable: false, comment: "Which version of the text this was, from 1."),
                    kind = table.Column<string>(type: "text", nullable: false, comment: "revised (superseded by what the publisher wrote later) or merged (the text of another row that proved to be the same article)."),
                    url = table.Column<string>(type: "text", nullable: false, comment: "Canonical URL as published then."),
                    title = table.Column<string>(type: "text", nullable: false, comment: "Title then."),
                    headline = table.Column<string>(type: "text", nullable: false, comment: "Headline then."),
                    description = table.Column<string>(type: "text", nullable: false, comment: "Description then."),
                    body = table.Column<string>(type: "text", nullable: false, comment: "Body then."),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true, comment: "The moment of publication stated then."),
                    modified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true, comment: "The moment of the last modification stated then."),
                    content_hash = table.Column<Guid>(type: "uuid", nullable: false, comment: "XXH128 of the text's letters and digits alone: a text that comes back is known by it."),
                    valid_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When this version was first seen."),
                    valid_to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When the next version was first seen."),
                    changed_fields = table.Column<string[]>(type: "text[]", nullable: false, comment: "What the next version changed: title, headline, description, body."),
                    changed_words = table.Column<int>(type: "integer", nullable: false, comment: "How many words the next version added or took away."),
                    changed_xid = table.Column<ulong>(type: "xid8", nullable: false, defaultValueSql: "pg_current_xact_id()", comment: "The transaction that superseded this version.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_article_revisions", x => x.id);
                    table.CheckConstraint("ck_article_revisions_kind", "kind in ('revised', 'merged')");
                    table.ForeignKey(
                        name: "fk_article_revisions_articles_article_id",
                        column: x => x.article_id,
                        principalSchema: "ingest",
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                },
                comment: "Texts that articles had before the present one: one row a superseded version.");

            migrationBuilder.CreateTable(
                name: "article_shingles",
                schema: "ingest",
                columns: table => new
                {
                    shingle = table.Column<int>(type: "integer", nullable: false, comment: "Hash of a group of neighbouring words; of letters in scripts without spaces."),
                    day = table.Column<DateOnly>(type: "date", nullable: false, comment: "Day (UTC) on which the text was stored, for an imported article its day of publication; rows past the window of Ingest:Duplicates are removed."),
                    article_id = table.Column<long>(type: "bigint", nullable: false, comment: "The article; joins articles.id.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_article_shingles", x => new { x.shingle, x.day, x.article_id });
                },
                comment: "Index for near-duplicates: a few word groups of each recent article's text, chosen by their hash.");

            migrationBuilder.CreateTable(
                name: "stories",
                schema: "ingest",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false, comment: "Number of the story: that of the article that leads it, the first seen."),
                    articles = table.Column<int>(type: "integer", nullable: false, comment: "How many articles tell it."),
                    first_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When its leading article was first stored."),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When the last article joined.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stories", x => x.id);
                },
                comment: "Groups of near-duplicates: articles of the same text, from whatever source; joined by articles.story_id.");

            migrationBuilder.CreateIndex(
                name: "ix_articles_story_id_id",
                schema: "ingest",
                table: "articles",
                columns: new[] { "story_id", "id" },
                filter: "story_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_article_aliases_article_key",
                schema: "ingest",
                table: "article_aliases",
                column: "article_key");

            migrationBuilder.CreateIndex(
                name: "ix_article_links_other_key",
                schema: "ingest",
                table: "article_links",
                column: "other_key");

            migrationBuilder.CreateIndex(
                name: "ix_article_revisions_article_id_id",
                schema: "ingest",
                table: "article_revisions",
                columns: new[] { "article_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_article_shingles_day",
                schema: "ingest",
                table: "article_shingles",
                column: "day")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.Sql(MigrationSql.Read("Identity.sql"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "article_aliases",
                schema: "ingest");

            migrationBuilder.DropTable(
                name: "article_links",
                schema: "ingest");

            migrationBuilder.DropTable(
                name: "article_revisions",
                schema: "ingest");

            migrationBuilder.DropTable(
                name: "article_shingles",
                schema: "ingest");

            migrationBuilder.DropTable(
                name: "stories",
                schema: "ingest");

            migrationBuilder.DropIndex(
                name: "ix_articles_story_id_id",
                schema: "ingest",
                table: "articles");

            migrationBuilder.DropColumn(
                name: "changed_xid",
                schema: "ingest",
                table: "articles");

            migrationBuilder.DropColumn(
                name: "doubtful_changes",
                schema: "ingest",
                table: "articles");

            migrationBuilder.DropColumn(
                name: "gone_at",
                schema: "ingest",
                table: "articles");

            migrationBuilder.DropColumn(
                name: "gone_reason",
                schema: "ingest",
                table: "articles");

            migrationBuilder.DropColumn(
                name: "retracted_at",
                schema: "ingest",
                table: "articles");

            migrationBuilder.DropColumn(
                name: "retraction",
                schema: "ingest",
                table: "articles");

            migrationBuilder.DropColumn(
                name: "revised_at",
                schema: "ingest",
                table: "articles");

            migrationBuilder.DropColumn(
                name: "story_id",
                schema: "ingest",
                table: "articles");

            migrationBuilder.DropColumn(
                name: "story_similarity",
                schema: "ingest",
                table: "articles");

            migrationBuilder.AlterColumn<int>(
                name: "revision",
                schema: "ingest",
                table: "articles",
                type: "integer",
                nullable: false,
                defaultValue: 1,
                comment: "Counts the versions of the text, from 1.",
                oldClrType: typeof(int),
                oldType: "integer",
                oldDefaultValue: 1,
                oldComment: "Counts the versions of the text that the publisher showed, from 1; those before this one are in article_revisions.");
        }
    }
}

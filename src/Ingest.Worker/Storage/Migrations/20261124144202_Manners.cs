using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Ingest.Worker.Storage.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Manners : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_sources_due",
                schema: "ingest",
                table: "sources");

            migrationBuilder.AlterTable(
                name: "fetches",
                schema: "ingest",
                comment: "The ledger: one row a fetch of a source, page, archive or robots.txt.",
                oldComment: "The ledger: one row a fetch of a source or page.");

            migrationBuilder.AlterColumn<string>(
                name: "state",
                schema: "ingest",
                table: "sources",
                type: "text",
                nullable: false,
                comment: "active, paused (by hand), disabled (left the configuration) or gone (the publisher answered 410; asked once in a while whether it is back).",
                oldClrType: typeof(string),
                oldType: "text",
                oldComment: "active, paused (by hand), disabled (left the configuration) or gone (the publisher answered 410).");

            migrationBuilder.AlterColumn<TimeSpan>(
                name: "adaptive_interval",
                schema: "ingest",
                table: "sources",
                type: "interval",
                nullable: true,
                comment: "The interval that adaptive polling chose last.",
                oldClrType: typeof(TimeSpan),
                oldType: "interval",
                oldNullable: true,
                oldComment: "The interval that adaptive polling has reached.");

            migrationBuilder.AddColumn<float[]>(
                name: "hours_by_day",
                schema: "ingest",
                table: "sources",
                type: "real[]",
                nullable: true,
                comment: "How long each day of the week was watched for news, in hours that fade.");

            migrationBuilder.AddColumn<float[]>(
                name: "hours_by_hour",
                schema: "ingest",
                table: "sources",
                type: "real[]",
                nullable: true,
                comment: "How long each hour of the day was watched for news, in hours that fade.");

            migrationBuilder.AddColumn<TimeSpan>(
                name: "interval_ceiling",
                schema: "ingest",
                table: "sources",
                type: "interval",
                nullable: true,
                comment: "The longest interval that is risked since entries were missed; null for none.");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_full_at",
                schema: "ingest",
                table: "sources",
                type: "timestamp with time zone",
                nullable: true,
                comment: "When it last gave a full answer; long ago, a 304 is not believed without a check.");

            migrationBuilder.AddColumn<int>(
                name: "moved_seen",
                schema: "ingest",
                table: "sources",
                type: "integer",
                nullable: true,
                comment: "Visits in a row that saw them.");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "moved_since",
                schema: "ingest",
                table: "sources",
                type: "timestamp with time zone",
                nullable: true,
                comment: "When they were first seen.");

            migrationBuilder.AddColumn<string>(
                name: "moved_to",
                schema: "ingest",
                table: "sources",
                type: "text",
                nullable: true,
                comment: "Where permanent redirects lead that are not believed yet; null for none.");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "newest_entry_at",
                schema: "ingest",
                table: "sources",
                type: "timestamp with time zone",
                nullable: true,
                comment: "When the newest entry came that adaptive polling has learnt from.");

            migrationBuilder.AddColumn<float[]>(
                name: "news_by_day",
                schema: "ingest",
                table: "sources",
                type: "real[]",
                nullable: true,
                comment: "How much news comes on each day of the week (Sunday first, UTC): counts that fade.");

            migrationBuilder.AddColumn<float[]>(
                name: "news_by_hour",
                schema: "ingest",
                table: "sources",
                type: "real[]",
                nullable: true,
                comment: "How much news comes in each hour of the day (0 to 23, UTC): counts that fade.");

            migrationBuilder.AddColumn<TimeSpan>(
                name: "news_gap",
                schema: "ingest",
                table: "sources",
                type: "interval",
                nullable: true,
                comment: "Mean time between two pieces of news, measured in active time; null before any was seen.");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "silent_since",
                schema: "ingest",
                table: "sources",
                type: "timestamp with time zone",
                nullable: true,
                comment: "The last time at which something new was there.");

            migrationBuilder.AddColumn<string>(
                name: "validator_trust",
                schema: "ingest",
                table: "sources",
                type: "text",
                nullable: false,
                defaultValue: "trusted",
                comment: "Whether a 304 of the server is believed: trusted, tested (validators known to be outdated are sent once more) or distrusted (it said 304 although the feed had changed: it is asked for the whole feed).");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "validator_trust_at",
                schema: "ingest",
                table: "sources",
                type: "timestamp with time zone",
                nullable: true,
                comment: "When validator_trust last changed; null for never.");

            migrationBuilder.AlterColumn<string>(
                name: "kind",
                schema: "ingest",
                table: "fetches",
                type: "text",
                nullable: false,
                comment: "feed, page, archive (older documents of a feed, or a news sitemap, that may hold missed entries), robots (robots.txt) or tdm (tdmrep.json).",
                oldClrType: typeof(string),
                oldType: "text",
                oldComment: "feed or page.");

            migrationBuilder.AddColumn<string[]>(
                name: "opt_outs",
                schema: "ingest",
                table: "fetches",
                type: "text[]",
                nullable: true,
                comment: "What the publisher asks not to be done with the answer: noindex, noarchive, nosnippet, noai, tdm-reserved; null for nothing.");

            migrationBuilder.AddColumn<string[]>(
                name: "redirects",
                schema: "ingest",
                table: "fetches",
                type: "text[]",
                nullable: true,
                comment: "The redirects followed, in order, each as its status and where it led; null for none.");

            migrationBuilder.AddColumn<string>(
                name: "tdm_policy",
                schema: "ingest",
                table: "fetches",
                type: "text",
                nullable: true,
                comment: "The licence that a reservation of text and data mining points to, as stated; null for none.");

            migrationBuilder.CreateTable(
                name: "host_holds",
                schema: "ingest",
                columns: table => new
                {
                    host = table.Column<string>(type: "text", nullable: false, comment: "Host, with the port where it is not the scheme's own."),
                    not_before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "The first time it may be asked again."),
                    status = table.Column<int>(type: "integer", nullable: false, comment: "The HTTP status that asked for it."),
                    set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When it asked.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_host_holds", x => x.host);
                },
                comment: "Hosts that asked to be left alone (429, 503, Retry-After): no worker asks them before, restarts or not.");

            migrationBuilder.CreateTable(
                name: "source_events",
                schema: "ingest",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false, comment: "Number of the event.")
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    source_id = table.Column<int>(type: "integer", nullable: false, comment: "The source."),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, comment: "When it was noticed."),
                    kind = table.Column<string>(type: "text", nullable: false, comment: "moved, gone, returned, quarantined, recovered, entries_missed, validators_doubted, validators_distrusted or validators_trusted."),
                    detail = table.Column<string>(type: "text", nullable: false, comment: "In words, with the old and new URL of a move.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_source_events", x => x.id);
                    table.ForeignKey(
                        name: "fk_source_events_sources_source_id",
                        column: x => x.source_id,
                        principalSchema: "ingest",
                        principalTable: "sources",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                },
                comment: "What happened to sources beyond their daily business: one row an event.");

            migrationBuilder.CreateIndex(
                name: "ix_sources_due",
                schema: "ingest",
                table: "sources",
                columns: new[] { "slot", "next_poll_at" },
                filter: "state in ('active', 'gone')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_sources_validator_trust",
                schema: "ingest",
                table: "sources",
                sql: "validator_trust in ('trusted', 'tested', 'distrusted')");

            migrationBuilder.CreateIndex(
                name: "ix_source_events_source_id_id",
                schema: "ingest",
                table: "source_events",
                columns: new[] { "source_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "host_holds",
                schema: "ingest");

            migrationBuilder.DropTable(
                name: "source_events",
                schema: "ingest");

            migrationBuilder.DropIndex(
                name: "ix_sources_due",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropCheckConstraint(
                name: "ck_sources_validator_trust",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "hours_by_day",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "hours_by_hour",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "interval_ceiling",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "last_full_at",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "moved_seen",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "moved_since",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "moved_to",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "newest_entry_at",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "news_by_day",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "news_by_hour",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "news_gap",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "silent_since",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "validator_trust",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "validator_trust_at",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "opt_outs",
                schema: "ingest",
                table: "fetches");

            migrationBuilder.DropColumn(
                name: "redirects",
                schema: "ingest",
                table: "fetches");

            migrationBuilder.DropColumn(
                name: "tdm_policy",
                schema: "ingest",
                table: "fetches");

            migrationBuilder.AlterTable(
                name: "fetches",
                schema: "ingest",
                comment: "The ledger: one row a fetch of a source or page.",
                oldComment: "The ledger: one row a fetch of a source, page, archive or robots.txt.");

            migrationBuilder.AlterColumn<string>(
                name: "state",
                schema: "ingest",
                table: "sources",
                type: "text",
                nullable: false,
                comment: "active, paused (by hand), disabled (left the configuration) or gone (the publisher answered 410).",
                oldClrType: typeof(string),
                oldType: "text",
                oldComment: "active, paused (by hand), disabled (left the configuration) or gone (the publisher answered 410; asked once in a while whether it is back).");

            migrationBuilder.AlterColumn<TimeSpan>(
                name: "adaptive_interval",
                schema: "ingest",
                table: "sources",
                type: "interval",
                nullable: true,
                comment: "The interval that adaptive polling has reached.",
                oldClrType: typeof(TimeSpan),
                oldType: "interval",
                oldNullable: true,
                oldComment: "The interval that adaptive polling chose last.");

            migrationBuilder.AlterColumn<string>(
                name: "kind",
                schema: "ingest",
                table: "fetches",
                type: "text",
                nullable: false,
                comment: "feed or page.",
                oldClrType: typeof(string),
                oldType: "text",
                oldComment: "feed, page, archive (older documents of a feed, or a news sitemap, that may hold missed entries), robots (robots.txt) or tdm (tdmrep.json).");

            migrationBuilder.CreateIndex(
                name: "ix_sources_due",
                schema: "ingest",
                table: "sources",
                columns: new[] { "slot", "next_poll_at" },
                filter: "state = 'active'");
        }
    }
}

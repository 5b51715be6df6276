using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ingest.Worker.Storage.Migrations
{
    /// <inheritdoc />
    internal sealed partial class AskedOfReaders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<TimeSpan>(
                name: "asked_interval",
                schema: "ingest",
                table: "sources",
                type: "interval",
                nullable: true,
                comment: "The shortest interval that the feed asked for when it was last read; null for none.");

            migrationBuilder.AddColumn<short[]>(
                name: "skip_days",
                schema: "ingest",
                table: "sources",
                type: "smallint[]",
                nullable: true,
                comment: "Days (0 Sunday to 6 Saturday, UTC) on which the feed asks not to be polled; null for none.");

            migrationBuilder.AddColumn<short[]>(
                name: "skip_hours",
                schema: "ingest",
                table: "sources",
                type: "smallint[]",
                nullable: true,
                comment: "Hours (0 to 23, UTC) in which the feed asks not to be polled; null for none.");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "asked_interval",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "skip_days",
                schema: "ingest",
                table: "sources");

            migrationBuilder.DropColumn(
                name: "skip_hours",
                schema: "ingest",
                table: "sources");
        }
    }
}

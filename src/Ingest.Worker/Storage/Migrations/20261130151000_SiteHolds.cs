using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ingest.Worker.Storage.Migrations
{
    /// <summary>Holds bind sites; what they bound before goes on to hold, by the host alone. Only comments change.</summary>
    [DbContext(typeof(IngestContext))]
    [Migration("20261130151000_SiteHolds")]
    internal sealed class SiteHolds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            comment on table ingest.host_holds is 'Sites that asked to be left alone (429, 503, Retry-After): no worker asks their hosts before, restarts or not.';
            comment on column ingest.host_holds.host is 'Registered domain, which binds all its hosts; an address, or a name without a dot, with the port where it is not the scheme''s own.';
            comment on column ingest.host_holds.not_before is 'The first time it may be asked again; when it was released by hand, the time of that, as set_at.';
            comment on column ingest.host_holds.set_at is 'When it asked, or was released.';
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            comment on table ingest.host_holds is 'Hosts that asked to be left alone (429, 503, Retry-After): no worker asks them before, restarts or not.';
            comment on column ingest.host_holds.host is 'Host, with the port where it is not the scheme''s own.';
            comment on column ingest.host_holds.not_before is 'The first time it may be asked again.';
            comment on column ingest.host_holds.set_at is 'When it asked.';
            """);
    }
}

using System.Threading.Tasks;
using Ingest.Identity.Sites;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Hosts;

/// <summary>A hold as its owner looks at it.</summary>
/// <param name="Host">Registered domain; an address, or a name without a dot, with its port.</param>
/// <param name="NotBefore">When it ends.</param>
/// <param name="Status">The HTTP status that asked for it.</param>
/// <param name="SetAt">When it was asked for.</param>
internal sealed record HoldView(string Host, DateTimeOffset NotBefore, int Status, DateTimeOffset SetAt)
{
    /// <summary>Any URL of the site; null when somebody wrote by hand what is no host.</summary>
    public Uri? Url => Uri.TryCreate($"http://{Host}", UriKind.Absolute, out var url) ? url : null;

    /// <summary>Whether it binds the site of a URL. Holds were kept by host once.</summary>
    public bool Binds(Uri url)
    {
        var site = Site.HoldOf(url);
        return Host == site || (Url is { } held && Site.HoldOf(held) == site);
    }
}

/// <summary>What the owner of the worker does about hosts by hand: looks at the holds, and releases them.</summary>
internal sealed class HostControl(Database database)
{
    // What a hold put off comes due some time after its end, so that not all of it comes at once.
    private const string Put = "between $1 and $2 + interval '1 hour'";

    // A source that was refused waits longer than the hold, and doubles its wait each time.
    private const string Refused = "or next_poll_at > $1 and last_status in (429, 503)";

    /// <summary>The holds that stand, the longest first.</summary>
    public Task<IReadOnlyList<HoldView>> ListAsync(DateTimeOffset now, CancellationToken ct) =>
        database.LoadAsync(
            () => new NpgsqlBatchCommand("select host, not_before, status, set_at from ingest.host_holds where not_before > $1 order by not_before desc, host")
                .Add(now, NpgsqlDbType.TimestampTz),
            static reader =>
                new HoldView(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetInt32(2), reader.GetFieldValue<DateTimeOffset>(3)),
            ct);

    /// <summary>Ends the holds on a site, and makes due what they put off; running workers take it up at their next turn.</summary>
    /// <param name="url">Any URL of the site.</param>
    /// <param name="now">The time of the release.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The holds that stood; none when there was nothing to release.</returns>
    public async Task<IReadOnlyList<HoldView>> ReleaseAsync(Uri url, DateTimeOffset now, CancellationToken ct)
    {
        var released = (await ListAsync(now, ct)).Where(hold => hold.Binds(url)).ToList();
        if (released.Count == 0) return released;
        var (site, until) = (Site.HoldOf(url), released[0].NotBefore);
        await database.SaveAsync(
            async (connection, ct) =>
            {
                var sources = await FindAsync(
                    connection, $"select url from ingest.sources where state = 'active' and (next_poll_at {Put} {Refused})", site, now, until, ct);
                var pages = await FindAsync(
                    connection, $"select url from ingest.page_queue where state = 'waiting' and next_attempt_at {Put}", site, now, until, ct);
                return await connection.ExecuteAsync(
                    [
                        Change(
                            "update ingest.host_holds set not_before = $1, set_at = $1, pause = null where host = any($2)",
                            now,
                            released.ConvertAll(static hold => hold.Host)),
                        Change(
                            "update ingest.sources set next_poll_at = $1, next_poll_reason = 'hold released by hand' where state = 'active' and url = any($2)",
                            now,
                            sources),
                        Change("update ingest.page_queue set next_attempt_at = $1 where state = 'waiting' and url = any($2)", now, pages),
                    ],
                    ct);
            },
            ct);
        return released;
    }

    private static async Task<List<string>> FindAsync(
        NpgsqlConnection connection, string query, string site, DateTimeOffset now, DateTimeOffset until, CancellationToken ct)
    {
        var command = new NpgsqlBatchCommand(query).Add(now, NpgsqlDbType.TimestampTz).Add(until, NpgsqlDbType.TimestampTz);
        var urls = await connection.LoadAsync(command, static reader => reader.GetString(0), ct);
        return urls.FindAll(found => Uri.TryCreate(found, UriKind.Absolute, out var url) && Site.HoldOf(url) == site);
    }

    private static NpgsqlBatchCommand Change(string statement, DateTimeOffset now, List<string> which) =>
        new NpgsqlBatchCommand(statement).Add(now, NpgsqlDbType.TimestampTz).AddText(which, static one => one);
}

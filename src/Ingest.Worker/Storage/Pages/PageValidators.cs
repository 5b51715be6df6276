using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Pages;

/// <summary>Validators of a page, and the URL that sent them.</summary>
/// <param name="Url">The URL, after redirects: they are sent to no other.</param>
/// <param name="ETag">The ETag field, byte for byte.</param>
/// <param name="LastModified">The Last-Modified field, byte for byte.</param>
internal sealed record PageValidators(Uri Url, string? ETag, string? LastModified)
{
    /// <summary>
    /// How long they are sent. A page is visited again because its entry changed: a server that says 304 forever is believed no longer than this.
    /// </summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    // Whoever sends more means us ill.
    private const int LongestUrl = 2_048;
    private const int LongestTag = 512;
    private const int LongestDate = 64;

    /// <summary>What is kept of what a page's answer had; null for nothing.</summary>
    public static PageValidators? Of(Uri? url, string? etag, string? lastModified)
    {
        var tag = etag is { Length: > 0 and <= LongestTag } ? etag : null;
        var date = lastModified is { Length: > 0 and <= LongestDate } ? lastModified : null;
        return url is null || url.AbsoluteUri.Length > LongestUrl || (tag ?? date) is null ? null : new PageValidators(url, tag, date);
    }

    /// <summary>The statement that keeps them for an article that was read from the page, or forgets those of an earlier page.</summary>
    public static NpgsqlBatchCommand Save(Guid article, PageValidators? validators, DateTimeOffset now) => validators is null
        ? new NpgsqlBatchCommand("delete from ingest.page_validators where article_key = $1").Add(article, NpgsqlDbType.Uuid)
        : new NpgsqlBatchCommand("""
            insert into ingest.page_validators as v (article_key, url, etag, last_modified, read_at) values ($1, $2, $3, $4, $5)
            on conflict (article_key) do update set url = excluded.url, etag = excluded.etag, last_modified = excluded.last_modified, read_at = excluded.read_at
            """)
            .Add(article, NpgsqlDbType.Uuid)
            .Add(validators.Url.AbsoluteUri, NpgsqlDbType.Text)
            .Add(validators.ETag, NpgsqlDbType.Text)
            .Add(validators.LastModified, NpgsqlDbType.Text)
            .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz);
}

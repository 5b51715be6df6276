using System.Globalization;
using Ingest.Worker.Sources;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage;

/// <summary>The statements, other than those for articles, that a visit of a source writes.</summary>
internal static class VisitSql
{
    public static NpgsqlBatchCommand Sightings(IReadOnlyList<Sighting> sightings, int sourceId, DateTimeOffset now)
    {
        var rows = sightings.OrderBy(static row => row.Article.Value).ToList();
        return new NpgsqlBatchCommand("""
            insert into ingest.article_sightings as s (source_id, entry_key, article_key, guid, url, title, fingerprint, first_seen_at, changed_at)
            select $7, x.*, $8, $8 from unnest($1, $2, $3, $4, $5, $6) as x(entry_key, article_key, guid, url, title, fingerprint)
            on conflict (source_id, entry_key, article_key) do update
              set guid = excluded.guid, url = excluded.url, title = excluded.title, fingerprint = excluded.fingerprint, changed_at = excluded.changed_at
              where s.fingerprint <> excluded.fingerprint
            """)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Entry.Value)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Article.Value)
            .AddText(rows, static row => row.Guid)
            .AddText(rows, static row => row.Url)
            .AddText(rows, static row => row.Title)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Fingerprint)
            .Add(sourceId, NpgsqlDbType.Integer)
            .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz);
    }

    public static NpgsqlBatchCommand Queue(IReadOnlyList<QueuedPage> pages, int sourceId, DateTimeOffset now)
    {
        var rows = pages.OrderBy(static row => row.Key.Value).ToList();
        return new NpgsqlBatchCommand("""
            insert into ingest.page_queue as q (article_key, url, slot, published_at, next_attempt_at, source_id, queued_at, state, attempts)
            select x.article_key, x.url, x.slot, x.published_at, x.next_attempt_at, $7, $8, 'waiting', 0
            from unnest($1, $2, $3, $4, $5, $6) as x(article_key, url, slot, published_at, next_attempt_at, again)
            where x.again or not exists (select from ingest.articles a where a.article_key = x.article_key and a.page_state in ('read', 'rejected'))
            on conflict (article_key) do update
              set url = excluded.url, slot = excluded.slot, next_attempt_at = excluded.next_attempt_at, state = 'waiting', attempts = 0, last_error = null
              where q.state <> 'waiting' and q.article_key in (select x.article_key from unnest($1, $6) as x(article_key, again) where x.again)
            """)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Key.Value)
            .AddText(rows, static row => row.Url.AbsoluteUri)
            .Add(rows, NpgsqlDbType.Smallint, static row => HostSlot.Of(row.Url))
            .Add(rows, NpgsqlDbType.TimestampTz, static row => SqlArrays.Utc(row.PublishedAt))
            .Add(rows, NpgsqlDbType.TimestampTz, static row => row.NotBefore.ToUniversalTime())
            .Add(rows, NpgsqlDbType.Boolean, static row => row.Again)
            .Add(sourceId, NpgsqlDbType.Integer)
            .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz);
    }

    /// <summary>Adds sources found through another one; they inherit what their parent is configured with.</summary>
    public static NpgsqlBatchCommand Children(IReadOnlyList<ChildSource> children, int parentId, DateTimeOffset now) =>
        new NpgsqlBatchCommand("""
            insert into ingest.sources (name, url, configured_url, slot, parent_id, depth, state, full_text, schedule, time_zone, poll_interval, tags,
                                        next_poll_at, next_poll_reason, failure_weight, created_at, updated_at)
            select x.name, x.url, x.url, x.slot, p.id, p.depth + 1, case when p.state in ('paused', 'disabled') then p.state else 'active' end, p.full_text, p.schedule, p.time_zone, p.poll_interval, p.tags,
                   $5, 'new', 0, $5, $5
            from unnest($1, $2, $3) as x(name, url, slot), ingest.sources p where p.id = $4
            on conflict (name) do update set state = excluded.state, next_poll_at = excluded.next_poll_at where sources.state = 'disabled' and excluded.state = 'active'
            """)
            .AddText(children, static child => child.Name)
            .AddText(children, static child => child.Url.AbsoluteUri)
            .Add(children, NpgsqlDbType.Smallint, static child => HostSlot.Of(child.Url))
            .Add(parentId, NpgsqlDbType.Integer)
            .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz);

    /// <summary>Writes what the source's row remembers; nothing when another URL was configured meanwhile, about which the visit says nothing.</summary>
    public static NpgsqlBatchCommand UpdateSource(Visit visit) => AddSource(new NpgsqlBatchCommand(UpdateSourceText), visit);

    /// <summary>What a visit writes that brought nothing: the source's row and the ledger's, in one statement.</summary>
    public static NpgsqlBatchCommand Uneventful(Visit visit) =>
        AddLedger(AddSource(new NpgsqlBatchCommand($"with source as ({UpdateSourceText}) {LedgerText(SourceParameters)}"), visit), visit.Fetch, visit.Source.Id);

    private const int SourceParameters = 24;

    private const string UpdateSourceText = """
            update ingest.sources set
              next_poll_at = $2, next_poll_reason = $3, adaptive_interval = $4, failure_weight = $5, last_polled_at = $6, last_status = $7, last_error = $8,
              last_success_at = case when $9 then last_success_at else $6 end,
              last_news_at = case when $10 then $6 else last_news_at end,
              state = case when $11 then 'gone' else state end,
              etag = case when $12 then $13 else etag end,
              last_modified = case when $12 then $14 else last_modified end,
              validators_url = case when $12 then $24 else validators_url end,
              body_hash = case when $12 then $15 else body_hash end,
              title = case when $12 then coalesce($16, title) else title end,
              site_url = case when $12 then coalesce($17, site_url) else site_url end,
              language = case when $12 then coalesce($18, language) else language end,
              asked_interval = $19, skip_hours = $20, skip_days = $21
            where id = $1 and url in ($22, $23)
            """;

    private static NpgsqlBatchCommand AddSource(NpgsqlBatchCommand command, Visit visit)
    {
        var failed = visit.Fetch.Failure is not null;
        return command
            .Add(visit.Source.Id, NpgsqlDbType.Integer)
            .Add(visit.Plan.At.ToUniversalTime(), NpgsqlDbType.TimestampTz)
            .Add(visit.Plan.Reason, NpgsqlDbType.Text)
            .Add(visit.Plan.History.Interval, NpgsqlDbType.Interval)
            .Add(visit.Plan.History.FailureWeight, NpgsqlDbType.Double)
            .Add(visit.Now.ToUniversalTime(), NpgsqlDbType.TimestampTz)
            .Add(visit.Fetch.Status, NpgsqlDbType.Integer)
            .Add(visit.Fetch.Failure, NpgsqlDbType.Text)
            .Add(failed, NpgsqlDbType.Boolean)
            .Add(visit.Fetch.Entries is { New: > 0 } or { Changed: > 0 }, NpgsqlDbType.Boolean)
            .Add(visit.Gone, NpgsqlDbType.Boolean)
            .Add(visit.Facts is not null, NpgsqlDbType.Boolean)
            .Add(visit.Facts?.ETag, NpgsqlDbType.Text)
            .Add(visit.Facts?.LastModified, NpgsqlDbType.Text)
            .Add(visit.Facts?.BodyHash, NpgsqlDbType.Uuid)
            .Add(visit.Facts?.Title, NpgsqlDbType.Text)
            .Add(visit.Facts?.SiteUrl, NpgsqlDbType.Text)
            .Add(visit.Facts?.Language, NpgsqlDbType.Text)
            .Add(visit.Plan.History.Asked.Interval, NpgsqlDbType.Interval)
            .Add(Smallints(visit.Plan.History.Asked.SkipHours), NpgsqlDbType.Array | NpgsqlDbType.Smallint)
            .Add(Smallints(visit.Plan.History.Asked.SkipDays.Select(static day => (int)day)), NpgsqlDbType.Array | NpgsqlDbType.Smallint)
            .Add(visit.Source.Url.OriginalString, NpgsqlDbType.Text)
            .Add(visit.Source.Url.AbsoluteUri, NpgsqlDbType.Text)
            .Add(visit.Facts?.ValidatorsUrl?.AbsoluteUri, NpgsqlDbType.Text);
    }

    private static short[]? Smallints(IEnumerable<int> numbers) => numbers.Select(static number => (short)number).ToArray() is { Length: > 0 } array ? array : null;

    /// <summary>Adds one line to the ledger.</summary>
    public static NpgsqlBatchCommand Ledger(FetchEntry fetch, int? sourceId) => AddLedger(new NpgsqlBatchCommand(LedgerText(0)), fetch, sourceId);

    private static string LedgerText(int after) => $"""
        insert into ingest.fetches (id, source_id, url, kind, started_at, duration_ms, status, outcome, failure, bytes, attempts, conditional, final_url,
                                    entries_new, entries_changed, entries_known, entries_rejected, node, cause)
        values ({string.Join(", ", Enumerable.Range(after + 1, 19).Select(static n => string.Create(CultureInfo.InvariantCulture, $"${n}")))})
        on conflict (id) do nothing
        """;

    private static NpgsqlBatchCommand AddLedger(NpgsqlBatchCommand command, FetchEntry fetch, int? sourceId) => command
            .Add(fetch.Id, NpgsqlDbType.Uuid)
            .Add(sourceId, NpgsqlDbType.Integer)
            .Add(fetch.Url.AbsoluteUri, NpgsqlDbType.Text)
            .Add(fetch.Kind, NpgsqlDbType.Text)
            .Add(fetch.StartedAt.ToUniversalTime(), NpgsqlDbType.TimestampTz)
            .Add((int)fetch.Duration.TotalMilliseconds, NpgsqlDbType.Integer)
            .Add(fetch.Status, NpgsqlDbType.Integer)
            .Add(fetch.Outcome, NpgsqlDbType.Text)
            .Add(fetch.Failure, NpgsqlDbType.Text)
            .Add(fetch.Bytes, NpgsqlDbType.Bigint)
            .Add(fetch.Attempts, NpgsqlDbType.Integer)
            .Add(fetch.Conditional, NpgsqlDbType.Boolean)
            .Add(fetch.FinalUrl is { } final && final != fetch.Url ? final.AbsoluteUri : null, NpgsqlDbType.Text)
            .Add(fetch.Entries.New, NpgsqlDbType.Integer)
            .Add(fetch.Entries.Changed, NpgsqlDbType.Integer)
            .Add(fetch.Entries.Known, NpgsqlDbType.Integer)
            .Add(fetch.Entries.Rejected, NpgsqlDbType.Integer)
            .Add(fetch.Node, NpgsqlDbType.Text)
            .Add(fetch.Cause, NpgsqlDbType.Text);
}

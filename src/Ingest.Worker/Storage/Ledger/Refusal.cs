using System.Reflection;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Ledger;

/// <summary>What was skipped, so that its neighbours need not wait.</summary>
/// <param name="Subject">What it is about: the key of the article, or a hash of the row's name.</param>
/// <param name="Kind">The kind of row.</param>
/// <param name="Url">Of the article, or the name of the row.</param>
/// <param name="SourceId">The source through which it came; null for none.</param>
/// <param name="Error">Why.</param>
internal sealed record Refusal(Guid Subject, string Kind, string Url, int? SourceId, Exception Error)
{
    private const int MostReason = 1_000;

    /// <summary>What is refused now may be taken by another version.</summary>
    public static string Version { get; } = typeof(Refusal).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>In words, for logs and the ledger.</summary>
    public string Words => $"{Kind} {(Url.Length <= 200 ? Url : Url[..200] + "…")} ({Reason(Error, 300)})";

    /// <summary>Notes refusals; what was refused before counts once more.</summary>
    public static NpgsqlBatchCommand Note(string work, IReadOnlyList<Refusal> refusals, DateTimeOffset now) =>
        new NpgsqlBatchCommand("""
            insert into ingest.refusals as r (work, subject, kind, url, source_id, article_id, sql_state, reason, version, first_at, last_at)
            select $7, x.subject, x.kind, x.url, x.source_id,
              (select a.id from ingest.articles a where a.article_key = x.subject), x.sql_state, x.reason, $8, $9, $9
            from unnest($1, $2, $3, $4, $5, $6) as x(subject, kind, url, source_id, sql_state, reason)
            on conflict (work, subject) do update set kind = excluded.kind, url = excluded.url, source_id = excluded.source_id,
              article_id = excluded.article_id,
              sql_state = excluded.sql_state, reason = excluded.reason, version = excluded.version, times = r.times + 1, last_at = excluded.last_at
            """)
            .Add(refusals, NpgsqlDbType.Uuid, static row => row.Subject)
            .AddText(refusals, static row => row.Kind)
            .AddText(refusals, static row => row.Url)
            .Add(refusals, NpgsqlDbType.Integer, static row => row.SourceId)
            .AddText(refusals, static row => DataFault.State(row.Error))
            .AddText(refusals, static row => Reason(row.Error, MostReason))
            .Add(work, NpgsqlDbType.Text)
            .Add(Version, NpgsqlDbType.Text)
            .Add(now, NpgsqlDbType.TimestampTz);

    private static string Reason(Exception error, int most) => DataFault.Say(error) is var said && said.Length <= most ? said : said[..most] + "…";
}

using System.Threading.Tasks;
using Ingest.Text;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Due;

/// <summary>An address at which a feed was looked for.</summary>
/// <param name="Url">The address.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Status">HTTP status of the answer; 0 for none.</param>
/// <param name="Outcome">What came of it.</param>
internal sealed record Guess(Uri Url, DateTimeOffset AskedAt, int Status, GuessOutcome Outcome)
{
    /// <summary>The addresses at which it is looked for now: what is known of others is forgotten.</summary>
    public IReadOnlyList<Uri> Among { get; init; } = [];
}

/// <summary>What came of a guess.</summary>
internal enum GuessOutcome
{
    /// <summary>It is a feed.</summary>
    [Word("feed")]
    Feed,

    /// <summary>There is no feed.</summary>
    [Word("none")]
    None,

    /// <summary>No answer that tells.</summary>
    [Word("failed")]
    Failed,
}

/// <summary>Which addresses were guessed for sources that are pages without a feed.</summary>
internal sealed class Guesses(Database database)
{
    /// <summary>Those of a source.</summary>
    public async Task<IReadOnlyList<Guess>> LoadAsync(int sourceId, CancellationToken ct) =>
        [.. (await database.LoadAsync(
            () => new NpgsqlBatchCommand("select url, asked_at, status, outcome from ingest.guesses where source_id = $1").Add(sourceId, NpgsqlDbType.Integer),
            Read,
            ct)).OfType<Guess>()];

    /// <summary>
    /// The statement that keeps a guess, and forgets those of addresses that are not guessed any more: a source has as many rows as there are places to look.
    /// </summary>
    public static NpgsqlBatchCommand Save(int sourceId, Guess guess) =>
        new NpgsqlBatchCommand("""
            with forgotten as (delete from ingest.guesses where source_id = $1 and url <> $2 and url <> all($6))
            insert into ingest.guesses as g (source_id, url, asked_at, status, outcome) values ($1, $2, $3, $4, $5)
            on conflict (source_id, url) do update set asked_at = excluded.asked_at, status = excluded.status, outcome = excluded.outcome
            """)
            .Add(sourceId, NpgsqlDbType.Integer)
            .Add(guess.Url.AbsoluteUri, NpgsqlDbType.Text)
            .Add(guess.AskedAt.ToUniversalTime(), NpgsqlDbType.TimestampTz)
            .Add(guess.Status, NpgsqlDbType.Integer)
            .Add(Words<GuessOutcome>.Of(guess.Outcome), NpgsqlDbType.Text)
            .AddText(guess.Among, static url => url.AbsoluteUri);

    // Somebody wrote by hand an address that is none.
    private static Guess? Read(NpgsqlDataReader reader) => Uri.TryCreate(reader.GetString(0), UriKind.Absolute, out var url)
        ? new Guess(url, reader.GetFieldValue<DateTimeOffset>(1), reader.GetInt32(2), Words<GuessOutcome>.Read(reader.GetString(3)))
        : null;
}

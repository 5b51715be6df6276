using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Ingest.Text.Dated;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Tables;
using Ingest.Worker.Storage.Values;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Articles;

/// <summary>Which articles an export holds; a null bounds nothing.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Source">Name of the source that showed the article first, or through which the one that did was found.</param>
/// <param name="Language">Language tag; "en" holds "en-GB" too.</param>
/// <param name="ChangedSince">The earliest moment at which the row last changed.</param>
internal sealed record ExportFilter(
    DateOnly? From = null, DateOnly? To = null, string? Source = null, string? Language = null, DateTimeOffset? ChangedSince = null)
{
    /// <summary>Whether another index than that of the days knows the articles.</summary>
    public bool IsPicked => Source is not null || ChangedSince is not null;
}

/// <summary>An article as it is stored.</summary>
/// <param name="Row">Its columns that are read; a mark's reason where there is the mark.</param>
/// <param name="Source">Name of the source that showed it first; null for an imported article.</param>
internal sealed record ExportedArticle(ArticleRow Row, string? Source)
{
    /// <summary>Reads the columns of <c>exported_articles.sql</c> from <paramref name="at"/> on.</summary>
    /// <exception cref="UriFormatException">Somebody wrote an address that is none.</exception>
    public static ExportedArticle Read(NpgsqlDataReader reader, int at)
    {
        var row = ArticleTable.Own.Read(reader, at + 1);
        _ = new Uri(row.Url!);
        if (row.RetractedAt is null) row.Retraction = null;
        if (row.GoneAt is null) row.GoneReason = null;
        return new ExportedArticle(row, reader.IsDBNull(at) ? null : reader.GetString(at));
    }
}

/// <summary>Reads stored articles in the order of their day and number, row by row: memory does not grow with their number.</summary>
internal sealed partial class ArticleExport(Database database)
{
    private static readonly string ArticlesText = SqlFile.Read("statements/exported_articles.sql", ArticleTable.Own);
    private static readonly string TextsText = SqlFile.Read("statements/exported_texts.sql");
    private static readonly string PickedArticlesText = SqlFile.Read("statements/picked_articles.sql", ArticleTable.Own);
    private static readonly string PickedTextsText = SqlFile.Read("statements/picked_texts.sql");
    private static readonly string DaysText = SqlFile.Read("statements/exported_days.sql");
    private static readonly string CountText = SqlFile.Read("statements/exported_count.sql");

    private long read;

    /// <summary>How many rows have been read since this was made.</summary>
    public long Read => Interlocked.Read(ref read);

    /// <summary>The parts that dated-article text has.</summary>
    public IAsyncEnumerable<DatedText> ReadTextAsync(ExportFilter filter, CancellationToken ct) => StreamAsync(
        filter.IsPicked ? PickedTextsText : TextsText,
        filter,
        static row => new DatedText(row.GetFieldValue<DateOnly>(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)),
        ct);

    /// <summary>Everything that is known of the articles.</summary>
    public IAsyncEnumerable<ExportedArticle> ReadAsync(ExportFilter filter, CancellationToken ct) =>
        StreamAsync(filter.IsPicked ? PickedArticlesText : ArticlesText, filter, static row => ExportedArticle.Read(row, 0), ct);

    /// <summary>True when there is, or was, a source of this name.</summary>
    public Task<bool> HasSourceAsync(string name, CancellationToken ct) =>
        database.ReadAsync(
            async (connection, ct) =>
            {
                await using var command = new NpgsqlCommand("select exists (select from ingest.sources where name = $1)", connection)
                {
                    Parameters = { new() { Value = Storable.Text(name) } },
                };
                return (bool)(await command.ExecuteScalarAsync(ct))!;
            },
            ct);

    /// <summary>How many articles the filter lets through.</summary>
    public Task<long> CountAsync(ExportFilter filter, CancellationToken ct) =>
        database.ReadAsync(
            async (connection, ct) =>
            {
                await using var command = Command(CountText, filter, connection);
                return (long)(await command.ExecuteScalarAsync(ct))!;
            },
            ct);

    /// <summary>The days that have articles, in order.</summary>
    public Task<IReadOnlyList<DateOnly>> LoadDaysAsync(ExportFilter filter, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<DateOnly>>(
            async (connection, ct) =>
            {
                await using var command = Command(DaysText, filter, connection);
                await using var reader = await command.ExecuteReaderAsync(ct);
                var days = new List<DateOnly>();
                while (await reader.ReadAsync(ct)) days.Add(reader.GetFieldValue<DateOnly>(0));
                return days;
            },
            ct);

    // One statement sees one snapshot, and its rows come as fast as they are taken. It is not tried again: some rows are gone already.
    private async IAsyncEnumerable<T> StreamAsync<T>(
        string text, ExportFilter filter, Func<NpgsqlDataReader, T> read, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);

        // An index has the rows in this order: sorting millions of them would fill the server's disk before the first one came. What is picked is sorted by its
        // numbers alone.
        var plan = filter.IsPicked
            ? "set local plan_cache_mode = force_custom_plan; set local jit = off"
            : "set local enable_sort = off; set local enable_seqscan = off; set local enable_bitmapscan = off; set local jit = off";
        await using (var settings = new NpgsqlCommand(plan, connection)) await settings.ExecuteNonQueryAsync(ct);
        await using var command = Command(text, filter, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            Interlocked.Increment(ref this.read);
            if (Readable(reader, read, out var row)) yield return row;
        }
    }

    private bool Readable<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, [MaybeNullWhen(false)] out T row)
    {
        try
        {
            row = read(reader);
            return true;
        }
        catch (Exception error) when (ArticleRows.IsUnreadable(error))
        {
            LogUnreadable(database.Log, error.Message);
            row = default;
            return false;
        }
    }

    private static NpgsqlCommand Command(string text, ExportFilter filter, NpgsqlConnection connection) => new(text, connection)
    {
        CommandTimeout = 0,
        Parameters =
        {
            new() { Value = (object?)filter.From ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Date },
            new() { Value = (object?)filter.To ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Date },
            new() { Value = (object?)filter.Source ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = (object?)filter.Language ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = (object?)filter.ChangedSince?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        },
    };

    [LoggerMessage(523, LogLevel.Error, "An article cannot be read and is not exported: {Error}")]
    private static partial void LogUnreadable(ILogger logger, string error);
}

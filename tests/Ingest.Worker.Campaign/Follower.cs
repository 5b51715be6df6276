using System.Globalization;

namespace Ingest.Worker.Campaign;

/// <summary>
/// Follows <c>changes_since</c> as a reader would, through whatever happens to the server, and counts how often each article was told as added.
/// </summary>
internal sealed class Follower(TrialServer server)
{
    private const int Rows = 1000;

    private readonly Dictionary<long, int> added = [];
    private string cursor = "";

    /// <summary>How often each article was told.</summary>
    public IReadOnlyDictionary<long, int> Added => added;

    /// <summary>Follows until it is told to stop.</summary>
    public async Task FollowAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (await ReadAsync(ct) < Rows) await Task.Delay(500, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Reads what is left.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        while (await ReadAsync(ct) == Rows)
        {
        }
    }

    private async Task<int> ReadAsync(CancellationToken ct)
    {
        var rows = await server.TryAskAsync(
            string.Create(CultureInfo.InvariantCulture, $"select next_cursor, kind, article_id from ingest.changes_since('{cursor}', {Rows})"), ct);
        foreach (var row in rows ?? [])
        {
            cursor = row[0];
            if (row[1] != "added") continue;
            var article = long.Parse(row[2], CultureInfo.InvariantCulture);
            added[article] = added.GetValueOrDefault(article) + 1;
        }

        return rows?.Count ?? 0;
    }
}

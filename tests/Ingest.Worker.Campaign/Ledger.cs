using System.Globalization;

namespace Ingest.Worker.Campaign;

/// <summary>Compares what the site showed with what is stored and what was told.</summary>
internal sealed class Ledger(GrowingSite site, TrialServer server, Follower follower)
{
    private const string OurHosts = "'http://127.40.%'";

    private sealed record Row(long Id, string Title, string Body, DateTimeOffset Stored);

    /// <summary>Completes a verdict.</summary>
    public async Task<Verdict> CompareAsync(Verdict verdict, CancellationToken ct)
    {
        var rows = await RowsAsync(ct);
        List<string> faults = [.. verdict.Faults];
        int shown = 0, lost = 0, doubled = 0;
        List<TimeSpan> delays = [];
        foreach (var item in site.Shown)
        {
            shown++;
            var found = rows[item.Url].ToList();
            if (found.Count != 1) faults.Add($"{item.Url}: {found.Count} rows");
            if (found.Count == 0) lost++;
            if (found.Count > 1) doubled++;
            if (found.Count == 0) continue;
            faults.AddRange(Told(item, found[0]));
            if (item.BornAt is { } born) delays.Add(found[0].Stored - born);
        }

        var known = site.Shown.Select(static item => item.Url).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(rows.Where(group => !known.Contains(group.Key)).Select(static group => $"{group.Key} was never shown"));
        faults.AddRange(await CountsAsync(ct));
        return verdict with { Shown = shown, Lost = lost, Doubled = doubled, Beside = Delay.Of(delays), Faults = faults };
    }

    /// <summary>How late the items that were born in a time were stored.</summary>
    public async Task<Delay?> DelayAsync(DateTimeOffset begin, DateTimeOffset end, CancellationToken ct)
    {
        var rows = await RowsAsync(ct);
        return Delay.Of(
            from item in site.Shown
            where item.BornAt >= begin && item.BornAt < end
            from row in rows[item.Url].Take(1)
            select row.Stored - item.BornAt!.Value);
    }

    private IEnumerable<string> Told(Item item, Row row)
    {
        if (row.Title != item.Title) yield return $"{item.Url}: its title is \"{row.Title}\"";
        if (!row.Body.Contains(item.Token, StringComparison.OrdinalIgnoreCase)) yield return $"{item.Url}: its text lacks {item.Token}";
        if (follower.Added.GetValueOrDefault(row.Id) is var times && times != 1) yield return $"{item.Url}: changes_since told of it {times} times";
    }

    private async Task<ILookup<string, Row>> RowsAsync(CancellationToken ct)
    {
        var rows = await server.AskAsync(
            $"select url, id, title, coalesce(body, ''), extract(epoch from first_seen_at) from ingest.articles where url like {OurHosts}", ct);
        return rows.ToLookup(
            static row => row[0],
            static row => new Row(
                long.Parse(row[1], CultureInfo.InvariantCulture), row[2], row[3],
                DateTimeOffset.UnixEpoch.AddSeconds(double.Parse(row[4], CultureInfo.InvariantCulture))),
            StringComparer.Ordinal);
    }

    private async Task<IEnumerable<string>> CountsAsync(CancellationToken ct)
    {
        const string Ours = $"select id from ingest.articles where url like {OurHosts}";
        (string What, string Sql)[] none =
        [
            ("sightings twice", "select count(*) from (select 1 from ingest.article_sightings group by source_id, article_key having count(*) > 1) twice"),
            ("versions of texts that never changed", $"select count(*) from ingest.article_revisions where article_id in ({Ours})"),
            ("changes told that never were", $"select count(*) from ingest.article_changes where kind in ('revised', 'removed') and article_id in ({Ours})"),
            ("pages given up", $"select count(*) from ingest.page_queue where url like {OurHosts}"),
            ("articles that search does not know", $"select count(*) from ({Ours} except select article_id from ingest.article_search) missing"),
        ];
        List<string> faults = [];
        foreach (var (what, sql) in none)
        {
            if ((await server.AskAsync(sql, ct))[0][0] is var count && count != "0") faults.Add($"{count} {what}");
        }

        return faults;
    }
}

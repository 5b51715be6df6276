using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Tasks;

namespace Ingest.Worker.Fetching.Robots;

/// <summary>A rule of a tdmrep.json that reserves rights to text and data mining.</summary>
/// <param name="Pattern">Normalised path pattern.</param>
/// <param name="Reserves">False for a location that is left free.</param>
/// <param name="Policy">The licence it points to, as stated; null when none.</param>
internal sealed record TdmRule(string Pattern, bool Reserves, string? Policy);

/// <summary>Keeps each site's tdmrep.json (TDM Reservation Protocol) for a day and says what it reserves. A site without one reserves nothing there.</summary>
internal sealed class TdmGate(TimeProvider time)
{
    public const string Path = "/.well-known/tdmrep.json";

    private static readonly TimeSpan Use = TimeSpan.FromDays(1);
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromHours(1);
    private const int MostRules = 1000;
    private const int SweepAbove = 16_384;

    private readonly ConcurrentDictionary<string, Site> sites = new(StringComparer.Ordinal);
    private readonly long origin = time.GetTimestamp();

    // By a clock that does not jump.
    private TimeSpan Now => time.GetElapsedTime(origin);

    /// <summary>The first rule for the URL, when it reserves; null when nothing is reserved.</summary>
    /// <param name="url">What is to be fetched.</param>
    /// <param name="fetch">Fetches a tdmrep.json.</param>
    /// <param name="ct">Ends the fetch.</param>
    public async Task<TdmRule?> FindAsync(Uri url, Func<Uri, CancellationToken, Task<FetchResult>> fetch, CancellationToken ct)
    {
        var authority = url.GetLeftPart(UriPartial.Authority);
        if (sites.Count > SweepAbove)
            Sweep();
        var site = sites.GetOrAdd(authority, static _ => new Site());
        await site.Gate.WaitAsync(ct);
        try
        {
            if (Now >= site.UseUntil)
                Learn(site, await fetch(new Uri(authority + Path), ct));
        }
        finally
        {
            site.Gate.Release();
        }

        var path = RobotsPattern.NormalizePath(url.PathAndQuery);
        return site.Rules.FirstOrDefault(rule => RobotsPattern.Matches(rule.Pattern, path)) is { Reserves: true } reserved ? reserved : null;
    }

    /// <summary>Reads the rules in order; what is no rule is skipped, what is no JSON has none.</summary>
    public static IReadOnlyList<TdmRule> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(
                body, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 16 });
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                return [];
            return [.. document.RootElement.EnumerateArray().Take(MostRules).Select(ReadRule).OfType<TdmRule>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static TdmRule? ReadRule(JsonElement rule)
    {
        if (rule.ValueKind != JsonValueKind.Object || Text(rule, "location") is not { Length: > 0 } location
            || !rule.TryGetProperty("tdm-reservation", out var reservation))
            return null;
        var reserves = reservation.ValueKind switch
        {
            JsonValueKind.Number => reservation.TryGetInt32(out var number) && number == 1,
            JsonValueKind.String => reservation.ValueEquals("1"),
            _ => false,
        };
        return new TdmRule(RobotsPattern.NormalizePattern(location), reserves, Text(rule, "tdm-policy"));
    }

    private static string? Text(JsonElement rule, string name) =>
        rule.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private void Learn(Site site, FetchResult result)
    {
        var now = Now;
        switch (result)
        {
            case FetchResult.Fetched fetched:
                (site.Rules, site.UseUntil) = (Read(fetched.Body), now + Use);
                break;
            case FetchResult.Failed { Kind: FailureKind.Permanent or FailureKind.Gone }:
                (site.Rules, site.UseUntil) = ([], now + Use);
                break;
            case FetchResult.Failed { SparesSource: true } wait:
                site.UseUntil = now + ((wait.NotBefore - time.GetUtcNow()) ?? TimeSpan.Zero);
                break;
            default:
                // What was known still holds.
                site.UseUntil = now + RetryAfterFailure;
                break;
        }
    }

    private void Sweep()
    {
        var now = Now;
        foreach (var (authority, site) in sites)
        {
            if (site.Gate.CurrentCount == 1 && site.UseUntil < now)
                sites.TryRemove(authority, out _);
        }
    }

    private sealed class Site
    {
        // Never disposed: without a wait handle it holds nothing to release.
        public SemaphoreSlim Gate { get; } = new(1);

        public IReadOnlyList<TdmRule> Rules { get; set; } = [];

        public TimeSpan UseUntil { get; set; }
    }
}

namespace Ingest.Worker.Sources.Plans;

/// <summary>How the first polls of sources that are new together are spread, so that a first start is no storm.</summary>
internal static class FirstPolls
{
    /// <summary>Gives each its place: so many in each second, and the sources of one host as far apart as the others allow.</summary>
    public static IEnumerable<(T Source, TimeSpan After)> Spread<T, THost>(IReadOnlyCollection<T> sources, Func<T, THost> host, FirstPollPace pace) => sources
        .GroupBy(host)
        .SelectMany(static group => group.Select(static (source, turn) => (Source: source, Turn: turn)))
        .OrderBy(static place => place.Turn)
        .Select((place, i) => (place.Source, TimeSpan.FromSeconds(i / pace.For(sources.Count))));

}

/// <summary>How fast new sources are asked for the first time.</summary>
/// <param name="PerSecond">So many a second.</param>
/// <param name="Within">Or faster, so that all of them are asked within this time.</param>
internal sealed record FirstPollPace(int PerSecond, TimeSpan Within)
{
    /// <summary>How many of so many are asked each second.</summary>
    public int For(int sources) => Math.Max(PerSecond, (int)Math.Ceiling(sources / Within.TotalSeconds));

    /// <summary>The time that so many take.</summary>
    public TimeSpan Window(int sources) => TimeSpan.FromSeconds(Math.Max(0, sources - 1) / For(sources));
}

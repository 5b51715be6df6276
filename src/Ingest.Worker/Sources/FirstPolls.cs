namespace Ingest.Worker.Sources;

/// <summary>How the first polls of sources that are new together are spread, so that a first start is no storm.</summary>
internal static class FirstPolls
{
    /// <summary>Gives each its place: so many in each second, and the sources of one host as far apart as the others allow.</summary>
    public static IEnumerable<(T Source, TimeSpan After)> Spread<T, THost>(IEnumerable<T> sources, Func<T, THost> host, int perSecond) => sources
        .GroupBy(host)
        .SelectMany(static group => group.Select(static (source, turn) => (Source: source, Turn: turn)))
        .OrderBy(static place => place.Turn)
        .Select((place, i) => (place.Source, TimeSpan.FromSeconds(i / perSecond)));

    /// <summary>The time that so many take.</summary>
    public static TimeSpan Window(int sources, int perSecond) => TimeSpan.FromSeconds(Math.Max(0, sources - 1) / perSecond);
}

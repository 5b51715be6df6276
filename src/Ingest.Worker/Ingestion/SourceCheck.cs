using System.Threading.Tasks;
using Ingest.Identity;
using Ingest.Text.Secrets;
using Ingest.Worker.Fetching.Hosts;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Ingestion.Visits;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage.Hosts;
using Ingest.Worker.Storage.Sources;
using Ingest.Worker.Storage.Words;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Ingestion;

/// <summary>What is to be checked, and what of what was asked for cannot be.</summary>
/// <param name="Sources">The sources as configured now, whether or not they are in the database yet.</param>
/// <param name="Faults">One sentence a fault.</param>
internal sealed record CheckPlan(IReadOnlyList<PlannedSource> Sources, IReadOnlyList<string> Faults)
{
    /// <summary>What was asked for and is neither a source nor a URL.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>The names that there are, where something is unknown.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}

/// <summary>Visits of sources up to the saving, which is left out.</summary>
internal sealed class SourceCheck(IConfiguration configuration, SourceStore sources, HostControl hosts, HostThrottle pace, SourceVisit visit, TimeProvider time)
{
    /// <summary>Finds what is to be checked.</summary>
    /// <param name="wanted">Names of sources, in whatever state, or URLs, configured or not; none: every active source.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<CheckPlan> PlanAsync(IReadOnlyList<string> wanted, CancellationToken ct)
    {
        var list = SourceList.Read(configuration);
        var planned = await sources.PreviewAsync(list.Sources, time.GetUtcNow(), ct);
        if (wanted.Count == 0) return new CheckPlan([.. planned.Where(static source => source.State == SourceState.Active)], list.Faults);
        var chosen = new List<PlannedSource>();
        var faults = list.Faults
            .Where(
                fault => wanted.Any(
                    name =>
                        fault.StartsWith($"{SourceList.Section}:{name}:", StringComparison.OrdinalIgnoreCase)
                            || fault.StartsWith($"{SourceList.Section}:{name} ", StringComparison.OrdinalIgnoreCase)))
            .ToList();
        var unknown = new List<string>();
        foreach (var name in wanted)
        {
            var url = CanonicalUrl.Parse(name) is null ? null : new Uri(name.Trim());
            var shown = url is null ? null : UrlSecrets.Without(url);
            if (planned.FirstOrDefault(source => source.Source.Name == name || source.Source.Url == shown) is { } known) chosen.Add(known);
            else if (url is not null) chosen.Add(new PlannedSource(new Source { Id = 0, Name = shown!.OriginalString, Url = url }, SourceState.Active));
            else if (!list.Faulty.Contains(name, StringComparer.OrdinalIgnoreCase))
                unknown.Add(name);
        }

        return new CheckPlan(chosen, faults)
        {
            Unknown = unknown,
            Names = unknown.Count == 0 ? [] : [.. planned.Select(static source => source.Source.Name)],
        };
    }

    /// <summary>Takes up the holds that stand, of whatever sites: those to which redirects lead are left alone as well.</summary>
    public async Task<IReadOnlyList<HoldView>> HoldBackAsync(CancellationToken ct)
    {
        var holds = await hosts.ListAsync(time.GetUtcNow(), ct);
        foreach (var hold in holds)
        {
            if (hold.Url is { } url) pace.HoldUntil(url, hold.NotBefore);
        }

        return holds;
    }

    /// <summary>Visits without saving.</summary>
    /// <param name="source">The source.</param>
    /// <param name="whole">Sends no validators and looks at the body even when it is the last one.</param>
    /// <param name="ct">Gives up.</param>
    public Task<VisitOutcome> RunAsync(Source source, bool whole, CancellationToken ct) =>
        visit.PrepareAsync(whole ? source with { ETag = null, LastModified = null, BodyHash = null } : source, ct);
}

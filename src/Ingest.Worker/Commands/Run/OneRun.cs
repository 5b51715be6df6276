using System.Threading.Tasks;
using Ingest.Text;
using Ingest.Worker.Commands.Names;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Ingestion;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Scheduling;
using Ingest.Worker.Storage.Search;
using Ingest.Worker.Storage.Sources;
using Ingest.Worker.Storage.Words;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Commands.Run;

/// <summary>How the table of a run is printed.</summary>
/// <param name="Format">See <see cref="OutputFormat"/>.</param>
/// <param name="IsVerbose">Lists all sources.</param>
internal sealed record RunOutput(string Format, bool IsVerbose);

/// <summary><c>run --once</c>: one visit of everything, and what came of it.</summary>
internal static class OneRun
{
    public static async Task<int> RunAsync(string? config, string[] names, RunOutput output, CancellationToken ct)
    {
        if (!await FileLimit.SufficesAsync(FileLimit.OfVisits, Console.Error)) return ExitCode.Failed;
        await using var session = await WorkerSession.OpenAsync(config, isService: false, ct);
        if (session is null) return ExitCode.Failed;
        await RunCommand.MustSignAsync(session, ct);
        var scheduling = session.Services.GetRequiredService<IOptions<SchedulingOptions>>().Value;
        using var drained = new CancellationTokenSource();
        await using var stopping = ct.UnsafeRegister(_ => Drain(drained, scheduling.DrainTimeout), null);
        await session.Services.GetRequiredService<SourceSync>().RunAsync(ct);
        var summary = await VisitAsync(session.Services, names, scheduling.Concurrency, ct, drained.Token);
        if (ct.IsCancellationRequested)
        {
            RunSummaryOutput.Write(summary, output.Format, output.IsVerbose);
            await Console.Error.WriteLineAsync("Interrupted: the table tells what was visited, and all of that is saved.");
            return ExitCode.Interrupted;
        }

        var list = SourceList.Read(session.Services.GetRequiredService<IConfiguration>());
        var isFaulty = list.Faulty.Any(name => names.Length == 0 || names.Contains(name, StringComparer.Ordinal));
        var missing = names.Except(summary.Visits.Select(static visit => visit.Source.Name), StringComparer.Ordinal).ToList();
        await SayMissingAsync(session.Services, missing, ct);
        if (summary.Visits.Count == 0)
        {
            if (names.Length == 0) await Console.Error.WriteLineAsync("No source is active: list some under Ingest:Sources.");
            return isFaulty || missing.Count > 0 ? ExitCode.Failed : ExitCode.Ok;
        }

        RunSummaryOutput.Write(summary, output.Format, output.IsVerbose);
        if (summary.Refused is { } reason)
        {
            await Console.Error.WriteLineAsync(
                $"The run ended early: PostgreSQL takes no writes, {reason}. What could not be saved will be visited by the next one.");
            return ExitCode.Failed;
        }

        return isFaulty || missing.Count > 0 || summary.Visits.All(static visit => visit.Failure is not null) ? ExitCode.Failed : ExitCode.Ok;
    }

    private static async Task<RunSummary> VisitAsync(
        IServiceProvider services, string[] names, int concurrency, CancellationToken stopping, CancellationToken ct)
    {
        var (run, index) = (services.GetRequiredService<RunOnce>(), services.GetRequiredService<SearchIndex>());
        await using var progress = Progress.Begin(() => index.Taken > 0 ? new Measure("changes indexed", index.Taken, null)
            : run.Progress is ({ } what, var done, var all) ? new Measure(what, done, all)
            : null);
        var summary = await run.RunAsync(names, concurrency, stopping, ct);
        if (summary.Refused is null) await RunIndexing.CatchUpAsync(services, stopping);
        return summary;
    }

    private static async Task SayMissingAsync(IServiceProvider services, List<string> missing, CancellationToken ct)
    {
        if (missing.Count == 0) return;
        var all = (await services.GetRequiredService<SourceControl>().ListAsync(count: false, ct)).ToDictionary(
            static source => source.Name, static source => source.State, StringComparer.Ordinal);
        foreach (var name in missing)
            await Console.Error.WriteLineAsync(
                all.TryGetValue(name, out var state) ? $"The source '{name}' is not active: it is {Words<SourceState>.Of(state)}."
                    : $"There is no active source '{name}': {UnknownName.Nearest(name, all.Keys)}");
    }

    private static void Drain(CancellationTokenSource drained, TimeSpan timeout)
    {
        Console.Error.WriteLine("Stopping: visits under way are finished and saved; a second Ctrl-C ends at once.");
        drained.CancelAfter(timeout);
    }
}

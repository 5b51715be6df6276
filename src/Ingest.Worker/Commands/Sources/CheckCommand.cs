using System.CommandLine;
using System.Globalization;
using System.Threading.Tasks;
using Ingest.Worker.Commands.Names;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Ingestion;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Scheduling;
using Ingest.Worker.Storage.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Commands.Sources;

/// <summary><c>check [SOURCE…]</c>: visits without saving.</summary>
internal static class CheckCommand
{
    public static Command Create(Option<string?> config)
    {
        var names = ConfiguredNames.Argument(
            config, "sources", "Names of sources, or URLs, configured or not. None: every active source.", ArgumentArity.ZeroOrMore);
        var verbose = new Option<bool>("--verbose", "-v") { Description = "List the entries: what would become of each, and why." };
        var whole = new Option<bool>("--whole") { Description = "Ask without validators, so that the entries are read although nothing changed." };
        var insist = new Option<bool>("--now") { Description = "Ask sites as well that asked to be left alone (429, 503, Retry-After)." };
        var format = OutputFormat.Option();
        var command = new Command(
            "check",
            "Dry run: fetch and read sources, and say what a visit would save and when the next one would be. No article, queue, "
                + "validator or schedule is written. A site that asked to be left alone is not asked. Exits with 1 when a source failed or was not asked.")
        { names, verbose, whole, insist, format };
        command.SetAction((parsed, ct) => RunAsync(
            parsed.GetValue(config), parsed.GetValue(names) ?? [], parsed.GetValue(whole), parsed.GetValue(insist), parsed.GetValue(verbose),
            parsed.GetValue(format)!, ct));
        return command;
    }

    private static async Task<int> RunAsync(string? config, string[] names, bool whole, bool insist, bool verbose, string format, CancellationToken ct)
    {
        await using var session = await WorkerSession.OpenAsync(config, isService: false, ct);
        if (session is null) return ExitCode.Failed;
        var check = session.Services.GetRequiredService<SourceCheck>();
        var plan = await check.PlanAsync(names, ct);
        foreach (var fault in plan.Faults) await Console.Error.WriteLineAsync(fault);
        foreach (var name in plan.Unknown)
            await Console.Error.WriteLineAsync(
                $"There is no source '{name}' under {SourceList.Section}, and it is not an http(s) URL: {UnknownName.Nearest(name, plan.Names)}");
        var faults = plan.Faults.Count + plan.Unknown.Count;
        if (plan.Sources.Count == 0 && faults == 0)
            await Console.Error.WriteLineAsync($"No source is active: list some under {SourceList.Section}.");

        var holds = insist ? [] : await check.HoldBackAsync(ct);
        var output = new CheckOutput(format, verbose);
        var concurrency = session.Services.GetRequiredService<IOptions<SchedulingOptions>>().Value.Concurrency;
        try
        {
            await VisitRounds.ByHostAsync(
                plan.Sources,
                static planned => planned.Source.Url,
                concurrency,
                ct,
                async (planned, ct) => output.Add(
                    planned,
                    holds.FirstOrDefault(hold => hold.Binds(planned.Source.Url)) is { } hold
                        ? new CheckOutcome(null, null) { Hold = hold }
                        : await GuardAsync(check, planned, whole, ct)),
                ct);
        }
        finally
        {
            output.End();
        }

        if (output.Count > 1)
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{output.Count} sources checked, {output.Failed} failed{(output.Held > 0 ? $" ({output.Held} of them not asked)" : "")}; nothing was saved."));
        return output.Failed + faults > 0 ? ExitCode.Failed : ExitCode.Ok;
    }

    private static async Task<CheckOutcome> GuardAsync(SourceCheck check, PlannedSource planned, bool whole, CancellationToken ct)
    {
        try
        {
            return new CheckOutcome(await check.RunAsync(planned.Source, whole, ct), null);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            return new CheckOutcome(null, $"unexpected: {error.GetType().Name}: {error.Message}");
        }
    }
}

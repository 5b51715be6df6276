using System.CommandLine;
using System.Threading.Tasks;
using Ingest.Worker.Ingestion;
using Ingest.Worker.Scheduling;
using Ingest.Worker.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Commands;

/// <summary><c>run</c>: the service; with <c>--once</c>, one visit of everything.</summary>
internal static class RunCommand
{
    public static Command Create(Option<string?> config)
    {
        var once = new Option<bool>("--once") { Description = "Visit every active source now, fetch the pages of their entries, print a summary and exit." };
        var names = new Argument<string[]>("sources") { Description = "With --once: visit only these sources.", Arity = ArgumentArity.ZeroOrMore };
        var format = OutputFormat.Option();
        var command = new Command("run", "Run the service (the default).") { names, once, format };
        command.Validators.Add(result =>
        {
            if (result.GetValue(names) is { Length: > 0 } && !result.GetValue(once)) result.AddError("Sources can be named with --once only.");
        });
        command.SetAction((parsed, ct) => parsed.GetValue(once)
            ? RunOnceAsync(parsed.GetValue(config), parsed.GetValue(names) ?? [], parsed.GetValue(format)!, ct)
            : ServeAsync(parsed.GetValue(config), ct));
        return command;
    }

    /// <summary>Runs the service until it is told to stop.</summary>
    public static async Task<int> ServeAsync(string? config, CancellationToken ct)
    {
        if (!await FileLimit.SufficesAsync(FileLimit.OfVisits, Console.Error)) return ExitCode.Failed;
        await using var session = await WorkerSession.OpenAsync(config, isService: true, ct);
        if (session is null) return ExitCode.Failed;
        if (!await StartAsync(session, ct)) return ExitCode.Failed;
        var lifetime = session.Services.GetRequiredService<IHostApplicationLifetime>();
        await using var cancel = ct.UnsafeRegister(static state => ((IHostApplicationLifetime)state!).StopApplication(), lifetime);
        var stopped = session.Host.WaitForShutdownAsync(CancellationToken.None);
        if (await Task.WhenAny(stopped, session.DatabaseExited) == stopped) return ExitCode.Ok;
        await Console.Error.WriteLineAsync("The embedded PostgreSQL ended by itself; the worker stops. Its log says why.");
        lifetime.StopApplication();
        await stopped;
        return ExitCode.Failed;
    }

    private static async Task<bool> StartAsync(WorkerSession session, CancellationToken ct)
    {
        try
        {
            await session.Host.StartAsync(ct);
            return true;
        }
        catch (Quartz.SchedulerException error)
        {
            await Console.Error.WriteLineAsync($"The schedule cannot start: {error.Message}");
            return false;
        }
    }

    private static async Task<int> RunOnceAsync(string? config, string[] names, string format, CancellationToken ct)
    {
        if (!await FileLimit.SufficesAsync(FileLimit.OfVisits, Console.Error)) return ExitCode.Failed;
        await using var session = await WorkerSession.OpenAsync(config, isService: false, ct);
        if (session is null) return ExitCode.Failed;
        await session.Services.GetRequiredService<SourceSync>().RunAsync(ct);
        var concurrency = session.Services.GetRequiredService<IOptions<SchedulingOptions>>().Value.Concurrency;
        var summary = await session.Services.GetRequiredService<RunOnce>().RunAsync(names, concurrency, ct);
        await session.Services.GetRequiredService<SearchIndex>().CatchUpAsync(session.Services.GetRequiredService<IOptions<SearchOptions>>().Value.Scope, ct);
        if (summary.Visits.Count == 0)
        {
            await Console.Error.WriteLineAsync(names.Length == 0 ? "No source is active: list some under Ingest:Sources." : "None of these sources is active.");
            return names.Length == 0 ? ExitCode.Ok : ExitCode.Failed;
        }

        RunSummaryOutput.Write(summary, format);
        return summary.Visits.All(static visit => visit.Failure is not null) ? ExitCode.Failed : ExitCode.Ok;
    }
}

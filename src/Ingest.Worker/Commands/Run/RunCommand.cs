using System.CommandLine;
using System.Threading.Tasks;
using Ingest.Worker.Commands.Names;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Fetching.Signing;
using Ingest.Worker.Scheduling;
using Ingest.Worker.Scheduling.Cluster;
using Ingest.Worker.Storage.Cluster;
using Ingest.Worker.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Commands.Run;

/// <summary><c>run</c>: the service; with <c>--once</c>, one visit of everything.</summary>
internal static class RunCommand
{
    public static Command Create(Option<string?> config)
    {
        var once = new Option<bool>("--once") { Description = "Visit every active source now, fetch the pages of their entries, print a summary and exit." };
        var names = ConfiguredNames.Argument(config, "sources", "With --once: visit only these sources.", ArgumentArity.ZeroOrMore);
        var verbose = new Option<bool>("--verbose", "-v") { Description = "With --once: list sources without a failure too, however many there are." };
        var format = OutputFormat.Option();
        var command = new Command("run", "Run the service (the default).") { names, once, verbose, format };
        command.Validators.Add(result =>
        {
            if (result.GetValue(names) is { Length: > 0 } && !result.GetValue(once)) result.AddError("Sources can be named with --once only.");
        });
        command.SetAction((parsed, ct) => parsed.GetValue(once)
            ? OneRun.RunAsync(parsed.GetValue(config), parsed.GetValue(names) ?? [], new RunOutput(parsed.GetValue(format)!, parsed.GetValue(verbose)), ct)
            : ServeAsync(parsed.GetValue(config), ct));
        return command;
    }

    /// <summary>Runs the service until it is told to stop, which it may be at any moment of its start.</summary>
    public static async Task<int> ServeAsync(string? config, CancellationToken ct)
    {
        if (!await FileLimit.SufficesAsync(FileLimit.OfVisits, Console.Error)) return ExitCode.Failed;
        try
        {
            await using var session = await WorkerSession.OpenAsync(config, isService: true, ct);
            if (session is not null) await MustSignAsync(session, ct);
            var isReady = session is not null && await TakeLockAsync(session, ct) && await StartAsync(session, ct);
            return isReady ? await ServeAsync(session!, ct) : ct.IsCancellationRequested ? ExitCode.Ok : ExitCode.Failed;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }
    }

    private static async Task<int> ServeAsync(WorkerSession session, CancellationToken ct)
    {
        var lifetime = session.Services.GetRequiredService<IHostApplicationLifetime>();
        await using var cancel = ct.UnsafeRegister(static state => ((IHostApplicationLifetime)state!).StopApplication(), lifetime);
        var stopped = session.Host.WaitForShutdownAsync(CancellationToken.None);
        var overdue = OverdueAsync(session, lifetime);
        var first = await Task.WhenAny(stopped, session.DatabaseExited, overdue);
        if (first == stopped) return await EndedAsync(session, ct);
        if (first == session.DatabaseExited)
        {
            await Console.Error.WriteLineAsync("The embedded PostgreSQL exited unexpectedly; the worker stops. Its log says why.");
            lifetime.StopApplication();
            if (await Task.WhenAny(stopped, overdue) == stopped) return ExitCode.Failed;
        }

        await Console.Error.WriteLineAsync(
            "The schedule does not stop, which happens when its database does not answer; the process exits without it. What was not saved is visited again.");
        await session.StopDatabaseAsync();
        Environment.Exit(first == overdue ? ExitCode.Ok : ExitCode.Failed);
        return ExitCode.Ok;
    }

    // A clustered schedule tells its database of the jobs that have ended again and again, however long that does not answer.
    private static async Task OverdueAsync(WorkerSession session, IHostApplicationLifetime lifetime)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stopping = lifetime.ApplicationStopping.UnsafeRegister(static asked => ((TaskCompletionSource)asked!).TrySetResult(), asked);
        await asked.Task;
        await Task.Delay(
            session.Services.GetRequiredService<IOptions<SchedulingOptions>>().Value.DrainTimeout + WorkerSession.StopGrace + WorkerSession.StopGrace,
            TimeProvider.System,
            CancellationToken.None);
    }

    // While it runs, visits are put off instead: the key may be back in a moment.
    public static async Task MustSignAsync(WorkerSession session, CancellationToken ct)
    {
        if (await session.Services.GetRequiredService<RequestSigner>().FaultAsync(ct) is { } fault) throw new WordedException(fault, ExitCode.Usage);
    }

    private static async Task<bool> TakeLockAsync(WorkerSession session, CancellationToken ct)
    {
        var isClustered = session.Services.GetRequiredService<IOptions<SchedulingOptions>>().Value.Clustered;
        var database = session.Services.GetRequiredService<Database>().Name;
        try
        {
            if (await session.Services.GetRequiredService<ServiceLock>().TakeAsync(isClustered, ct) is not ServiceHold.Refused refused) return true;
            await Console.Error.WriteLineAsync(
                $"The service {refused.By} works with {database} already. Stop it first, or let all services of this database share their schedule "
                    + $"({SchedulingOptions.Section}:{nameof(SchedulingOptions.Clustered)} in each).");
        }
        catch (Npgsql.NpgsqlException error)
        {
            await Console.Error.WriteLineAsync($"{database} cannot be used: {error.Message} (ConnectionStrings:Ingest)");
        }

        return false;
    }

    // What was started when the start fails, or is given up, is stopped in the same order as at any other time.
    private static async Task<bool> StartAsync(WorkerSession session, CancellationToken ct)
    {
        try
        {
            await session.Host.StartAsync(ct);
            StartWords.Say(session.Services);
            return true;
        }
        catch (Exception error) when (error is Quartz.SchedulerException or System.IO.IOException || ct.IsCancellationRequested)
        {
            if (!ct.IsCancellationRequested)
                await Console.Error.WriteLineAsync(error is Quartz.SchedulerException ? $"The schedule cannot start: {error.Message}" : error.Message);
            await session.Host.StopAsync(CancellationToken.None);
            return false;
        }
    }

    // A part of the service that failed has stopped all of it.
    private static async Task<int> EndedAsync(WorkerSession session, CancellationToken ct)
    {
        var failed = session.Services.GetServices<IHostedService>().OfType<BackgroundService>()
            .Select(static service => service.ExecuteTask)
            .FirstOrDefault(static task => task is { IsFaulted: true });
        if (failed is not null && !ct.IsCancellationRequested) await failed;
        return session.Services.GetRequiredService<ServiceWatch>().IsLost ? ExitCode.Failed : ExitCode.Ok;
    }
}

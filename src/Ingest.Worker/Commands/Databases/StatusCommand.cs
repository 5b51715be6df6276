using System.CommandLine;
using System.Threading.Tasks;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Operations;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Ingest.Worker.Commands.Databases;

/// <summary><c>status</c>: sources, lag, failures and throughput at a glance; with <c>--health</c>, whether the service lives.</summary>
internal static class StatusCommand
{
    public static Command Create(Option<string?> config)
    {
        var health = new Option<bool>("--health") { Description = "Say only whether the service on this machine lives (exit 0) or not (exit 1)." };
        var format = OutputFormat.Option();
        var command = new Command("status", "Sources, lag, failures and throughput at a glance.") { health, format };
        command.SetAction((parsed, ct) => parsed.GetValue(health)
            ? Task.FromResult(CheckHealth(parsed.GetValue(config)))
            : ShowAsync(parsed.GetValue(config), parsed.GetValue(format)!, ct));
        return command;
    }

    private static int CheckHealth(string? config)
    {
        var file = Settings.FileFor(config);
        var configuration = new ConfigurationBuilder().Add(new SettingsFile(file)).AddEnvironmentVariables().Build();
        var options = configuration.GetSection(OperationsOptions.Section).Get<OperationsOptions>() ?? new OperationsOptions();
        if (Heartbeat.Fault(options, file, TimeProvider.System) is not { } fault) return ExitCode.Ok;
        Console.Error.WriteLine(fault);
        return ExitCode.Failed;
    }

    private static async Task<int> ShowAsync(string? config, string format, CancellationToken ct)
    {
        await using var session = await WorkerSession.OpenAsync(config, isService: false, ct);
        if (session is null) return ExitCode.Failed;
        var facts = await session.Services.GetRequiredService<StatusStore>().LoadAsync(TimeProvider.System.GetUtcNow(), ct);
        facts = [.. facts, .. await ReplicaLag.FactsAsync(session.Services.GetRequiredService<ReadingDatabase>(), ct)];
        ListOutput.WriteFacts([.. facts.Select(static fact => (fact.Name, fact.Value))], format);
        return ExitCode.Ok;
    }
}

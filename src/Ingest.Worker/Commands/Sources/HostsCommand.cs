using System.CommandLine;
using Ingest.Worker.Commands.Names;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Storage.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace Ingest.Worker.Commands.Sources;

/// <summary><c>hosts list|release</c>: who asked to be left alone, and until when.</summary>
internal static class HostsCommand
{
    private static readonly IReadOnlyList<ListColumn<HoldView>> Columns =
    [
        new("host", static hold => hold.Host),
        new("until", static hold => hold.NotBefore),
        new("status", static hold => hold.Status),
        new("since", static hold => hold.SetAt),
    ];

    public static Command Create(Option<string?> config) =>
        new("hosts", "Look at the hosts that asked to be left alone (429, 503, Retry-After), and release them.") { List(config), Release(config) };

    private static Command List(Option<string?> config)
    {
        var format = OutputFormat.Option();
        var command = new Command("list", "All holds that stand, the longest first. A hold binds a registered domain with all its hosts.") { format };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = await WorkerSession.OpenAsync(parsed.GetValue(config), isService: false, ct);
            if (session is null) return ExitCode.Failed;
            var holds = await session.Services.GetRequiredService<HostControl>().ListAsync(TimeProvider.System.GetUtcNow(), ct);
            ListOutput.Write(holds, parsed.GetValue(format)!, Columns);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Release(Option<string?> config)
    {
        var hosts = new Argument<string[]>("hosts") { Description = "Hosts or URLs; each stands for its whole site.", Arity = ArgumentArity.OneOrMore };
        var command =
            new Command("release", "End holds before their time, and make due what they put off; a running service goes on at its next turn.") { hosts };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = await WorkerSession.OpenAsync(parsed.GetValue(config), isService: false, ct);
            if (session is null) return ExitCode.Failed;
            var control = session.Services.GetRequiredService<HostControl>();
            var held = (await control.ListAsync(TimeProvider.System.GetUtcNow(), ct)).Select(static hold => hold.Host).ToList();
            var failed = 0;
            foreach (var name in parsed.GetValue(hosts)!)
            {
                var released = UrlOf(name) is { } url ? await control.ReleaseAsync(url, TimeProvider.System.GetUtcNow(), ct) : [];
                foreach (var hold in released) await Console.Out.WriteLineAsync($"{hold.Host} released");
                if (released.Count > 0) continue;
                failed++;
                await Console.Error.WriteLineAsync(
                    held.Count == 0 ? $"There is no hold on '{name}', nor on any host." : $"There is no hold on '{name}': {UnknownName.Nearest(name, held)}");
            }

            return failed == 0 ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    private static Uri? UrlOf(string name) =>
        Uri.TryCreate(name.Contains("://", StringComparison.Ordinal) ? name : $"http://{name}", UriKind.Absolute, out var url) && url.IdnHost.Length > 0
            ? url
            : null;
}

using System.CommandLine;
using System.Globalization;
using System.Threading.Tasks;
using Ingest.Text;
using Ingest.Text.Secrets;
using Ingest.Worker.Commands.Names;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Commands.Read;
using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Commands.SourceLists;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Storage.Sources;
using Ingest.Worker.Storage.Words;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Ingest.Worker.Commands.Sources;

/// <summary><c>sources list|add|remove|import|export|pause|resume|poll</c>.</summary>
internal static class SourcesCommand
{
    private const int MostNames = 10;

    private delegate Task<IReadOnlyDictionary<string, SourceState>> Change(
        SourceControl control, IReadOnlyList<string> names, DateTimeOffset now, CancellationToken ct);

    public static Command Create(Option<string?> config) =>
        new("sources", "Look at the sources, add and remove them, pause and resume them, make them due; OPML in and out.")
        {
            List(config),
            AddSourceCommand.Create(config, ReadingWeb.Open),
            RemoveSourceCommand.Create(config),
            ImportSourcesCommand.Create(config),
            ExportSourcesCommand.Create(config),
            Act(config, "pause",
            "Take sources out of the schedule, those found through them included, until they are resumed; "
                + "restarts and changes of the settings leave them paused.",
                static (control, names, now, ct) => control.PauseAsync(names, now, ct),
                static state => state switch
                {
                    SourceState.Active => (true, "paused"),
                    SourceState.Paused => (true, "was paused already"),
                    _ => (false, $"is {Words<SourceState>.Of(state)}, and not polled anyway"),
                }),
            Act(config, "resume", "Make paused sources, and those that answered 410 Gone, active again and due now.",
                static (control, names, now, ct) => control.ResumeAsync(names, now, ct),
                static state => state switch
                {
                    SourceState.Paused or SourceState.Gone => (true, "resumed"),
                    SourceState.Active => (true, "is active already"),
                    _ => (false, "is not configured any more: list it under Ingest:Sources"),
                }),
            Act(config, "poll", "Make active sources due now; the service visits them at its next turn.",
                static (control, names, now, ct) => control.PollAsync(names, now, ct),
                static state => state switch
                {
                    SourceState.Active => (true, "due now"),
                    _ => (false, $"is {Words<SourceState>.Of(state)}: resume it first"),
                }),
        };

    private static Command List(Option<string?> config)
    {
        var count = new Option<bool>("--counts") { Description = "Count entries and articles too, which takes a while on a large database." };
        var format = OutputFormat.Option();
        var command = new Command("list", "All sources: state, last poll, and when and why the next one is.") { count, format };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = await WorkerSession.OpenAsync(parsed.GetValue(config), isService: false, ct);
            if (session is null) return ExitCode.Failed;
            var sources = await session.Services.GetRequiredService<SourceControl>().ListAsync(parsed.GetValue(count), ct);
            ListOutput.Write(sources, parsed.GetValue(format)!, Columns(parsed.GetValue(count)));
            var list = SourceList.Read(session.Services.GetRequiredService<IConfiguration>());
            foreach (var fault in list.Faults) await Console.Error.WriteLineAsync(fault);
            var waiting = list.Sources
                .Select(static source => source.Name)
                .Except(sources.Select(static source => source.Name), StringComparer.Ordinal).ToList();
            if (waiting.Count > 0)
                await Console.Error.WriteLineAsync($"Configured, and not in the database until the worker runs: {Few(waiting)}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static string Few(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames))
            + (names.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MostNames} more") : "");

    private static List<ListColumn<SourceView>> Columns(bool counts)
    {
        List<ListColumn<SourceView>> columns =
        [
            new("name", static source => source.Name),
            new("url", static source => source.Url) { Spare = 9 },
            new("state", static source => Words<SourceState>.Of(source.State)),
            new("last poll", static source => source.LastPolledAt) { Spare = 4 },
            new("status", static source => source.LastStatus),
            new("error", static source => source.LastError) { IsWords = true },
            new("next poll", static source => source.State is SourceState.Active or SourceState.Gone ? source.NextPollAt : null),
            new("why", static source => source.State is SourceState.Active or SourceState.Gone ? source.NextPollReason : null) { Spare = 5 },
            new("failures", static source => source.FailureWeight) { Spare = 6 },
            new("bytes per news", static source => source.BytesPerNews) { Spare = 7 },
            new("tags", static source => source.Tags) { Spare = 8 },
        ];
        if (counts)
            columns.AddRange([new("entries", static source => source.Entries) { Spare = 2 }, new("articles", static source => source.Articles) { Spare = 3 }]);
        return columns;
    }

    /// <summary>A verb that changes sources by name.</summary>
    /// <param name="config">The settings file.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="description">What it does.</param>
    /// <param name="change">Does it; gives the states before.</param>
    /// <param name="say">Whether a source in that state was fit for it, and what to say.</param>
    private static Command Act(Option<string?> config, string verb, string description, Change change, Func<SourceState, (bool Done, string Words)> say)
    {
        var names = ConfiguredNames.Argument(config, "names", "Names of sources.", ArgumentArity.OneOrMore);
        var command = new Command(verb, description) { names };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = await WorkerSession.OpenAsync(parsed.GetValue(config), isService: false, ct);
            if (session is null) return ExitCode.Failed;
            var control = session.Services.GetRequiredService<SourceControl>();
            var wanted = parsed.GetValue(names)!;
            var before = new Dictionary<string, SourceState>(await change(control, wanted, TimeProvider.System.GetUtcNow(), ct), StringComparer.Ordinal);
            var missing = wanted.Where(name => !before.ContainsKey(name)).ToList();
            var existing = missing.Count == 0 ? [] : (await control.ListAsync(count: false, ct)).Select(static source => source.Name).ToList();

            // A service that has just started took them up meanwhile.
            if (missing.Intersect(existing, StringComparer.Ordinal).ToList() is { Count: > 0 } late)
                foreach (var (name, state) in await change(control, late, TimeProvider.System.GetUtcNow(), ct)) before[name] = state;
            var configuration = session.Services.GetRequiredService<IConfiguration>();
            var unknown = missing.Where(name => !before.ContainsKey(name)).ToList();
            foreach (var name in unknown) await Console.Error.WriteLineAsync(UnknownName.OfSource(name, existing, configuration));
            var failed = unknown.Count;
            foreach (var (name, state) in before)
            {
                var (done, words) = say(state);
                await (done ? Console.Out : Console.Error).WriteLineAsync(SafeLine.Of($"{name} {words}"));
                if (!done) failed++;
            }

            return failed == 0 ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }
}

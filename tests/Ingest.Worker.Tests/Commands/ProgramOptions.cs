using System.CommandLine;
using Ingest.Worker.Commands;

namespace Ingest.Worker.Tests.Commands;

/// <summary>
/// Command lines of the program, words separated by blanks. Whoever adds a verb, an option or an argument adds it to a line of <see cref="Right"/> and to one
/// of
/// <see cref="Wrong"/>. Words in braces stand for files that the test makes.
/// </summary>
internal static class ProgramOptions
{
    /// <summary>A line that works, run in this order on one database, and what its output then holds, or its messages.</summary>
    internal sealed record RightLine(string Words, string Shows, int Exit = 0);

    /// <summary>A line that does not, the options and arguments that are wrong in it, and what the messages say of each.</summary>
    internal sealed record WrongLine(string Words, int Exit, params (string Symbol, string Says)[] Faults);

    public static IReadOnlyList<RightLine> Right { get; } =
    [
        new("run a --once --verbose --format jsonl {config}", "\"source\":\"a\",\"status\":\"200\",\"entries\":1,\"new\":1"),
        new("check a --now --verbose --whole --format jsonl {config}", "\"fate\":\"known\""),
        new("read feed {feed} --charset windows-1252 --url http://base.example/ --format jsonl {config}", "\"link\":\"http://base.example/1\""),
        new("read feed --manifest {feeds} --format table", "Feed A"),
        new("read page {page} --url http://site.example/given --format jsonl --explain {config}", "\"explanation\":["),
        new("read page --manifest {pages} --format dated", " date 2024-05-06 https://news.example/2024/05/06/story"),
        new("import {archive} --format jsonl {config}", "\"added\":1"),
        new(
            "export --from 2024-05-01 --to 2024-05-31 --language en --changed-since 2020-01-01 --daily --compression gzip --out {daily} {config}",
            "1 article written to 1 file in"),
        new("export --source a --format jsonl --out {feed} --force {config}", "1 article written to"),
        new("export --format csv {config}", "url,date,published_at,"),
        new("sources list --counts --format jsonl {config}", "\"articles\":1"),
        new("sources export --with-secrets --out {out} {config}", ""),
        new("sources export --out {out} --force {config}", ""),
        new("sources import {opml} --into {into} {config}", "1 feed in list.opml: 1 source added"),
        new("sources add {other} --name b --tag x --tag y {config}", "holds     1 entry"),
        new("sources remove b {config}", "b removed from"),
        new("search title --from 2024-05-01 --to 2024-05-31 --language en --limit 5 --format jsonl {config}", "title"),
        new("show https://news.example/b --format dated {config}", " date 2024-05-06 https://news.example/b"),
        new("sql select/**/title/**/from/**/articles/**/order/**/by/**/1 --format csv {config}", "title\nA title\nOne\n"),
        new("completion zsh", "#compdef ingest-worker"),
        new("sources pause a {config}", "a paused"),
        new("sources resume a {config}", "a resumed"),
        new("sources poll a {config}", "a due now"),
        new("hosts list --format jsonl {config}", "\"host\":\"held.example\""),
        new("hosts release http://www.held.example/feed {config}", "held.example released"),
        new("signing new-key --out {key}", "is the new key, whose name (keyid) is above"),
        new("signing directory --key file:{key} --agent https://bot.example --days 7 --headers {none} --out {out}", ""),
        new("signing directory --key file:{key} {config}", "give --agent", Exit: 1),
        new("status --format json {config}", "\"active_sources\": 1,"),
        new("status --health {config}", "", Exit: 1),
        new("database migrate {config}", "is current"),
        new("database info --format jsonl {config}", "{\"fact\":\"database\""),
        new("database index {config}", "up to date"),
        new("database reference {config}", "articles"),
    ];

    public static IReadOnlyList<WrongLine> Wrong { get; } =
    [
        new("run a", 2, ("sources", "--once")),
        new("run --format yaml", 2, ("--format", "'yaml'")),
        new("run --once=maybe --verbose=perhaps {config}", 1, ("--once", "'maybe'"), ("--verbose", "'perhaps'")),
        new("check --format yaml", 2, ("--format", "'yaml'")),
        new("check --verbose=maybe --whole=perhaps --now=never {config}", 1, ("--verbose", "'maybe'"), ("--whole", "'perhaps'"), ("--now", "'never'")),
        new("check nobody {config}", 1, ("sources", "nobody")),
        new("read feed {feed} --charset klingon --url nowhere --format yaml", 2, ("--charset", "klingon"), ("--url", "nowhere"), ("--format", "'yaml'")),
        new("read feed {none}", 1, ("inputs", "1 of 1 could not be read")),
        new("read feed --manifest {none}", 2, ("--manifest", "does not exist")),
        new("read page {page} --url nowhere --format yaml", 2, ("--url", "nowhere"), ("--format", "'yaml'")),
        new("read page {page} --explain=maybe", 1, ("--explain", "maybe")),
        new("read page {none}", 1, ("pages", "Could not find")),
        new("read page --manifest {none}", 1, ("--manifest", "Could not find")),
        new("import {none} {config}", 1, ("paths", "Could not find")),
        new("import {archive} --format yaml", 2, ("--format", "'yaml'")),
        new("export --from monday --to 2024-02-30 --changed-since later --format yaml --compression lz4", 2,
            ("--from", "monday"), ("--to", "2024-02-30"), ("--changed-since", "later"), ("--format", "'yaml'"), ("--compression", "'lz4'")),
        new("export --daily=maybe --force=perhaps", 2, ("--daily", "'maybe'"), ("--force", "'perhaps'")),
        new("export --language ?", 2, ("--language", "?")),
        new("export --source nobody {config}", 1, ("--source", "nobody")),
        new("export --out {none}/x {config}", 1, ("--out", "Could not find")),
        new("sources list --counts=maybe", 2, ("--counts", "'maybe'")),
        new("sources list --format yaml", 2, ("--format", "'yaml'")),
        new("sources export --out {none}/x {config}", 1, ("--out", "Could not find")),
        new("sources import {none}", 1, ("file", "Could not find")),
        new("sources import {opml} --into {page}", 1, ("--into", "cannot be read: line 1, column 1")),
        new("sources add nowhere --name a:b --tag \u0001", 2, ("url", "'nowhere' is not a URL"), ("--name", "'a:b'"), ("--tag", "or has control characters")),
        new("sources remove nobody {config}", 1, ("names", "There is no source 'nobody' in")),
        new("search ?! --from monday --to never --language ? --limit 0 --format yaml", 2, ("words", "'?!' has no word"),
            ("--from", "monday"), ("--to", "never"), ("--language", "?"), ("--limit", "--limit 0"), ("--format", "'yaml'")),
        new("show nothing --format yaml", 2, ("article", "'nothing' is neither"), ("--format", "'yaml'")),
        new("sql frobnicate {config}", 1, ("query", "ERROR: syntax error at or near \"frobnicate\" (line 1, column 1)")),
        new("sql --format yaml", 2, ("--format", "'yaml'")),
        new("completion tcsh", 2, ("shell", "'tcsh'")),
        new("sources pause nobody {config}", 1, ("names", "nobody")),
        new("sources resume nobody {config}", 1, ("names", "nobody")),
        new("sources poll nobody {config}", 1, ("names", "nobody")),
        new("sources export --with-secrets=maybe --force=perhaps", 2, ("--with-secrets", "'maybe'"), ("--force", "'perhaps'")),
        new("hosts list --format yaml", 2, ("--format", "'yaml'")),
        new("hosts release nobody.example {config}", 1, ("hosts", "There is no hold on 'nobody.example'")),
        new("signing new-key --out {none}/x", 1, ("--out", "Could not find")),
        new("signing directory --key secret --agent http://bot.example --days 0", 2, ("--key", "secret"), ("--agent", "http://bot.example"), ("--days", "0")),
        new("signing directory --key file:{none} --agent https://bot.example", 1, ("--key", "is not there")),
        new("signing directory --key file:{pem} --agent https://bot.example --out {none}/x", 1, ("--out", "Could not find")),
        new("signing directory --key file:{pem} --agent https://bot.example --headers {none}/x", 1, ("--headers", "Could not find")),
        new("status --health=maybe", 2, ("--health", "'maybe'")),
        new("status --format yaml", 2, ("--format", "'yaml'")),
        new("database info --format yaml", 2, ("--format", "'yaml'")),
    ];

    /// <summary>The verbs that do something, by their words.</summary>
    public static IEnumerable<(string Verb, Command Command)> Verbs(Command command, string path = "")
    {
        // What only shells ask.
        if (command.Hidden) yield break;
        if (command.Action is not null && path.Length > 0) yield return (path, command);
        foreach (var inner in command.Subcommands)
            foreach (var verb in Verbs(inner, $"{path} {inner.Name}".Trim())) yield return verb;
    }

    /// <summary>The options and arguments of a verb that a line names, each as <c>verb symbol</c>.</summary>
    public static IEnumerable<string> Named(string words)
    {
        var parsed = IngestCommandLine.Create().Parse(words.Replace("{config}", "--config x", StringComparison.Ordinal).Split(' '));
        var (verb, command) = Verbs(parsed.RootCommandResult.Command).Single(verb => verb.Command == parsed.CommandResult.Command);
        return command.Options.Where(option => parsed.GetResult(option) is { Implicit: false }).Select(static option => option.Name)
            .Concat(command.Arguments.Where(argument => parsed.GetResult(argument) is { Tokens.Count: > 0 }).Select(static argument => argument.Name))
            .Select(symbol => $"{verb} {symbol}");
    }
}

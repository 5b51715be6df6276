using System.Text.Json;
using Ingest.Worker.Commands;
using Ingest.Worker.Origin;
using Ingest.Worker.Tests.Configuration;

namespace Ingest.Worker.Tests.Commands;

/// <summary>Every option and argument of every verb, given to the program, right and wrong.</summary>
public sealed class ProgramOptionTests(PostgresFixture postgres) : IDisposable
{
    private const string Feed =
        """<rss version="2.0"><channel><title>Feed A</title><item><title>One</title><link>/1</link><guid isPermaLink="false">g1</guid></item></channel></rss>""";
    private const string Page =
        """
        <html lang="en"><head><title>A story</title><link rel="canonical" href="https://news.example/2024/05/06/story"><meta property="article:published_time" content="2024-05-06T10:00:00Z"></head>
        <body><article><h1>A story</h1><p>The river rose by two metres overnight, and the council closed both bridges before dawn.</p><p>Nobody was hurt, said the mayor, who had been up all night herself.</p></article></body></html>
        """;
    private const string Archive =
        """{"url":"https://news.example/b","date":"2024-05-06","title":"A title","language":"en","body":"The river rose by two metres overnight."}""";
    private const string Opml = """<opml version="2.0"><body><outline text="B" xmlUrl="http://site.example/b"/></body></opml>""";

    private static readonly string[] WithoutDatabase = ["sources import", "sources add", "sources remove"];

    private readonly string folder = Directory.CreateTempSubdirectory("ingest-options-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_option_and_argument_has_a_right_and_a_wrong_line()
    {
        var all = ProgramOptions.Verbs(IngestCommandLine.Create())
            .SelectMany(
                static verb =>
                    verb.Command.Options
                        .Select(static option => option.Name)
                        .Concat(verb.Command.Arguments.Select(static argument => argument.Name))
                        .Select(symbol => $"{verb.Verb} {symbol}"))
            .ToList();
        all.Except(ProgramOptions.Right.SelectMany(static line => ProgramOptions.Named(line.Words))).ShouldBeEmpty("No right line");
        foreach (var line in ProgramOptions.Wrong)
            line.Faults.Select(fault => ProgramOptions.Named(line.Words).Single(named => named.EndsWith(" " + fault.Symbol, StringComparison.Ordinal))).Count()
                .ShouldBePositive();
        var wrong = ProgramOptions.Wrong.SelectMany(
            static line =>
                ProgramOptions.Named(line.Words).Where(named => line.Faults.Any(fault => named.EndsWith(" " + fault.Symbol, StringComparison.Ordinal))));
        all.Except(wrong).ShouldBeEmpty("No wrong line");
    }

    [Fact]
    public async Task Right_options_do_what_they_say()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/a", Reply.Feed(Feed)).Serve("/b", Reply.Feed(Feed));
        await PostgresFixture.ExecuteAsync(
            table.ConnectionString,
            "insert into ingest.host_holds (host, not_before, status, set_at) values ('held.example', now() + interval '1 hour', 429, now())",
            TestContext.Current.CancellationToken);
        var files = await FilesAsync(table.ConnectionString, origin.Url("/a"));
        foreach (var line in ProgramOptions.Right)
        {
            var run = await WorkerProgram.RunAsync(Words(line.Words, files));
            run.Exit.ShouldBe(line.Exit, $"{line.Words}: {run.Error}");
            (run.Out + run.Error).ShouldContain(line.Shows, customMessage: line.Words);
            if (line.Exit != 0) run.Error.ShouldNotBeEmpty(line.Words);
        }
    }

    [Fact]
    public async Task Wrong_options_are_told_on_stderr()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        var files = await FilesAsync(table.ConnectionString, new Uri("http://127.0.0.1:1/a"));
        await InTurnsAsync(ProgramOptions.Wrong, async line =>
        {
            var run = await WorkerProgram.RunAsync(Words(line.Words, files));
            run.Exit.ShouldBe(line.Exit, $"{line.Words}: {run.Error}");
            foreach (var (_, says) in line.Faults) run.Error.ShouldContain(says, customMessage: line.Words);
            run.Error.ShouldNotContain("   at ");
        });
    }

    [Fact]
    public async Task A_settings_file_that_is_missing_or_a_database_that_is_down_is_one_sentence_whatever_the_verb()
    {
        var files = await FilesAsync("Host=127.0.0.1;Port=1;Database=ingest;Username=ingest;Password=S3cretDbPass", new Uri("http://127.0.0.1:1/a"));
        await InTurnsAsync(ProgramOptions.Right.Where(static line => line.Words.Contains("{config}", StringComparison.Ordinal)), async line =>
        {
            var isAlone = line.Words.StartsWith("read", StringComparison.Ordinal) || line.Words.Contains("--health", StringComparison.Ordinal)
                || WithoutDatabase.Any(verb => line.Words.StartsWith(verb, StringComparison.Ordinal))
                || line.Words.StartsWith("signing", StringComparison.Ordinal);
            var down = await WorkerProgram.RunAsync(Words(line.Words, files));
            if (!isAlone)
                down.ShouldSatisfyAllConditions(
                    line.Words, () => down.Exit.ShouldBe(1), () => down.Error.ShouldContain("cannot be reached"), () => Sentences(down.Error).ShouldBe(1));
            (down.Out + down.Error).ShouldNotContain("S3cretDbPass");

            if (isAlone && !line.Words.StartsWith("read", StringComparison.Ordinal)) return;
            var missing = await WorkerProgram.RunAsync(Words(line.Words, [.. files, KeyValuePair.Create("{config}", "--config /nonexistent/none.json")]));
            missing.ShouldSatisfyAllConditions(
                line.Words,
                () => missing.Exit.ShouldBe(2),
                () => missing.Error.ShouldContain("There is no settings file"),
                () => Sentences(missing.Error).ShouldBe(1));
        });
    }

    private static int Sentences(string error) => error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    private static Task InTurnsAsync<T>(IEnumerable<T> items, Func<T, Task> work) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = 3, CancellationToken = TestContext.Current.CancellationToken },
            async (item, _) => await work(item));

    private static string[] Words(string line, IEnumerable<KeyValuePair<string, string>> files)
    {
        foreach (var (word, file) in files.Reverse()) line = line.Replace(word, file, StringComparison.Ordinal);
        return line.Split(' ');
    }

    private async Task<List<KeyValuePair<string, string>>> FilesAsync(string connection, Uri source)
    {
        var config = await WriteAsync("settings.json",
            $$"""
            { "ConnectionStrings": { "Ingest": {{JsonSerializer.Serialize(connection)}} },
              "Ingest": { "Sources": { "a": { "Url": "{{source}}", "FullText": "Never" } }, "Fetching": { "AllowedNetworks": ["127.0.0.0/8"], "MinimumHostDelay": "00:00:00", "Retries": 0 },
                "Storage": { "Retries": 0 }, "Operations": { "HeartbeatFile": {{JsonSerializer.Serialize(Path.Combine(folder, "alive"))}} } },
              "Logging": { "LogLevel": { "Default": "Warning" } } }
            """);
        return
        [
            new("{config}", "--config " + config), new("{feed}", await WriteAsync("feed.xml", Feed)), new("{page}", await WriteAsync("page.html", Page)),
            new("{feeds}", await WriteAsync("feeds.jsonl", """{"file":"feed.xml"}""")),
            new("{pages}", await WriteAsync("pages.jsonl", """{"file":"page.html"}""")),
            new("{other}", new Uri(source, "/b").AbsoluteUri), new("{archive}", await WriteAsync("archive.jsonl", Archive)),
            new("{opml}", await WriteAsync("list.opml", Opml)),
            new("{into}", Path.Combine(folder, "into.json")), new("{daily}", Path.Combine(folder, "daily")), new("{out}", Path.Combine(folder, "out.opml")),
            new("{key}", Path.Combine(folder, "key.pem")), new("{pem}", await WriteAsync("rfc.pem", Fetching.Signing.SigningKeys.Rfc9421)),
            new("{none}", Path.Combine(folder, "none")),
        ];
    }

    private async Task<string> WriteAsync(string name, string text)
    {
        var file = Path.Combine(folder, name);
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        return file;
    }
}

using System.Text.Json;
using Ingest.Worker.Origin;
using Ingest.Worker.Tests.Configuration;
using static Ingest.Worker.Tests.Commands.CommandFolder;

namespace Ingest.Worker.Tests.Commands;

/// <summary>What the verbs do with sources and their settings.</summary>
public sealed class VerbTests(PostgresFixture postgres) : IDisposable
{
    private const string Feed =
        """
        <rss version="2.0"><channel><title>Feed A</title><link>http://site.example/</link>
        <item><title>One</title><link>http://site.example/1</link><guid isPermaLink="false">g1</guid></item>
        <item><title>Nothing</title></item></channel></rss>
        """;

    private readonly CommandFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Check_asks_nothing_within_a_hold_and_says_until_when_unless_it_is_told_to_insist()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var other = await ScriptedOrigin.StartAsync();
        origin.Serve("/a", Reply.Feed(Feed));
        other.Serve("/moved", Reply.Redirect(302, origin.Url("/a").AbsoluteUri)).Serve("/b", Reply.Feed(Feed));
        var file = folder.Settings(
            table, $$"""{ "a": { "Url": "{{origin.Url("/a")}}" }, "b": { "Url": "{{other.Url("/b")}}" }, "moved": { "Url": "{{other.Url("/moved")}}" } }""");
        await table.ReadAsync(
            "insert into ingest.host_holds (host, not_before, status, set_at) "
                + $"values ('127.0.0.1:{origin.BaseUrl.Port}', '2100-01-02 03:04:05Z', 429, '2026-01-01 00:00:00Z')");

        (await RunAsync("check", "a", "--config", file)).ShouldSatisfyAllConditions(
            run => run.Exit.ShouldBe(1),
            run =>
                run.Out
                    .ShouldContain(
                        $"held      127.0.0.1:{origin.BaseUrl.Port} is to be left alone until 2100-01-02 03:04:05Z: it answered 429 at 2026-01-01 00:00:00Z. "
                            + "Nothing was asked; --now insists."));
        (await RunAsync("check", "--config", file)).ShouldSatisfyAllConditions(
            run => run.Error.ShouldContain("3 sources checked, 2 failed (1 of them not asked)"),
            run => run.Out.Split("is to be left alone until 2100-01-02").Length.ShouldBeGreaterThanOrEqualTo(3), run => run.Out.ShouldContain("2: 1 new"));
        (await RunAsync("check", "a", "--format", "jsonl", "--config", file)).Out.ShouldContain("\"held_until\":\"2100-01-02T03:04:05");
        origin.Requests.ShouldBeEmpty();

        (await RunAsync("check", "a", "moved", "--now", "--config", file))
            .ShouldSatisfyAllConditions(run => run.Exit.ShouldBe(0, run.Error), run => run.Out.ShouldContain("2: 1 new"));
        origin.Requests.Count.ShouldBe(2);
        (await table.ReadAsync("select count(*) from ingest.host_holds where not_before > now()")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Check_says_what_a_visit_would_save_and_writes_nothing()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/a", Reply.Feed(Feed).ETag("\"v1\""));
        var file = folder.Settings(table, $$"""{ "a": { "Url": "{{origin.Url("/a")}}" }, "bad": { "Url": "x" } }""");

        var run = await RunAsync("check", "a", "--verbose", "--format", "jsonl", "--config", file);
        run.Exit.ShouldBe(0, run.Error);
        using (var json = JsonDocument.Parse(run.Out))
        {
            var row = json.RootElement;
            (row.GetProperty("status").GetInt32(), row.GetProperty("format").GetString(), row.GetProperty("entries").GetInt32()).ShouldBe((200, "Rss", 2));
            (row.GetProperty("new").GetInt32(), row.GetProperty("rejected").GetInt32(), row.GetProperty("pages").GetInt32()).ShouldBe((1, 1, 1));
            row.GetProperty("received").GetProperty("etag").GetString().ShouldBe("\"v1\"");
            row.GetProperty("next_poll_reason").GetString()!.ShouldStartWith("news about every 60 min: next after");
            row.GetProperty("decisions").EnumerateArray().Select(static entry => entry.GetProperty("fate").GetString()).ShouldBe(["rejected", "new"]);
        }

        var filtered = folder.Settings(table, $$"""{ "a": { "Url": "{{origin.Url("/a")}}", "Block": { "Title": "^on." } } }""");
        (await RunAsync("check", "a", "--verbose", "--config", filtered)).Out.ShouldSatisfyAllConditions(
            text => text.ShouldContain("2: 0 new, 0 changed, 0 known, 1 rejected, 1 filtered"),
            text => text.ShouldContain("its title has what Block:Title looks for: ^on."));
        foreach (var name in new[] { "sources", "articles", "fetches", "page_queue", "article_sightings" })
            (await table.ReadAsync($"select count(*) from ingest.{name}")).ShouldBe(["0"], name);
        (await RunAsync("check", "--config", file))
            .ShouldSatisfyAllConditions(
                all => all.Exit.ShouldBe(1),
                all => all.Out.ShouldContain("2: 1 new, 0 changed, 0 known, 1 rejected"),
                all => all.Error.ShouldContain("Ingest:Sources:bad:Url"));
    }

    [Fact]
    public async Task After_a_run_check_sends_the_validators_and_whole_reads_all_the_same()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/a", Reply.Feed(Feed).ETag("\"v1\""));
        var file = folder.Settings(table, $$"""{ "a": { "Url": "{{origin.Url("/a")}}", "FullText": "Never" } }""");
        (await RunAsync("run", "--once", "--config", file)).Exit.ShouldBe(0);
        (await RunAsync("check", "a", "--config", file)).Out.ShouldContain("304, not modified");
        (await RunAsync("check", "a", "--whole", "--verbose", "--config", file)).Out.ShouldContain("seen before, and nothing changed");
        (await RunAsync("check", origin.Url("/none").AbsoluteUri, "--config", file))
            .ShouldSatisfyAllConditions(run => run.Exit.ShouldBe(1), run => run.Out.ShouldContain("404"));
        (await table.ReadAsync("select count(*) from ingest.fetches")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Check_and_list_say_which_holds_of_an_own_interval_and_what_the_feed_asks_for()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/a", Reply.Feed(Feed.Replace("<item><title>One", "<ttl>120</ttl><item><title>One", StringComparison.Ordinal)));
        var honoured = folder.Settings(table, $$"""{ "a": { "Url": "{{origin.Url("/a")}}", "FullText": "Never", "Interval": "00:10:00" } }""");
        var overruled = folder.Settings(
            (await File.ReadAllTextAsync(honoured, TestContext.Current.CancellationToken))
                .Replace(
                    "\"Ingest\": { \"Sources",
                    "\"Ingest\": { \"Polling\": { \"FeedWishes\": \"Overruled\", \"Jitter\": 0 }, \"Sources",
                    StringComparison.Ordinal));

        (await RunAsync("check", "a", "--config", honoured)).Out
            .ShouldContain("interval of 120 min asked for by the feed, longer than the configured 10 min (FeedWishes: Honoured)");
        (await RunAsync("run", "--once", "--config", overruled)).Exit.ShouldBe(0);
        (await RunAsync("sources", "list", "--format", "json", "--config", overruled)).Out
            .ShouldContain("configured interval of 10 min, though the feed asks for 120 min (FeedWishes: Overruled)");
        (await table.ReadAsync("select next_poll_at - last_polled_at from ingest.sources")).ShouldBe(["00:10:00"]);
    }

    [Fact]
    public async Task A_bad_source_makes_a_run_exit_with_1_and_costs_the_others_nothing()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/a", Reply.Feed(Feed));
        var file = folder.Settings(table, $$"""{ "a": { "Url": "{{origin.Url("/a")}}", "FullText": "Never" }, "bad": { "Url": "x" } }""");
        (await RunAsync("run", "--once", "--format", "jsonl", "--config", file)).ShouldSatisfyAllConditions(
            run => run.Exit.ShouldBe(1), run => run.Out.ShouldContain("\"new\":1"), run => run.Error.ShouldContain("Ingest:Sources:bad:Url"));
        (await RunAsync("run", "--once", "a", "--config", file)).Exit.ShouldBe(0);
        (await RunAsync("run", "--once", "a", "nobody", "--config", file))
            .ShouldSatisfyAllConditions(run => run.Exit.ShouldBe(1), run => run.Error.ShouldContain("There is no active source 'nobody': there is a."));
    }

    [Fact]
    public async Task Sources_are_listed_paused_resumed_and_polled_by_name()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync("""{ "feed-a": { "Url": "http://site.example/a" } }""");
        var file = folder.Settings(table, """{ "feed-a": { "Url": "http://site.example/a" }, "later": { "Url": "http://site.example/b" } }""");
        (await RunAsync("sources", "pause", "feed-a", "feed-b", "--config", file)).ShouldSatisfyAllConditions(
            run => run.Exit.ShouldBe(1), run => run.Out.Trim().ShouldBe("feed-a paused"),
            run => run.Error.ShouldContain("There is no source 'feed-b': did you mean feed-a?"));
        var list = await RunAsync("sources", "list", "--format", "json", "--config", file);
        using (var json = JsonDocument.Parse(list.Out)) json.RootElement[0].GetProperty("state").GetString().ShouldBe("paused");
        list.Error.ShouldContain("not in the database until the worker runs: later");
        (await RunAsync("sources", "poll", "feed-a", "later", "--config", file))
            .ShouldSatisfyAllConditions(
                run => run.Exit.ShouldBe(1), run => run.Error.ShouldContain("is paused: resume it first"),
                run => run.Error.ShouldContain("The source 'later' is configured, and not in the database yet"));
        (await RunAsync("sources", "resume", "feed-a", "--config", file))
            .ShouldSatisfyAllConditions(run => run.Exit.ShouldBe(0), run => run.Out.Trim().ShouldBe("feed-a resumed"));
    }

    [Fact]
    public async Task Exported_sources_imported_elsewhere_are_the_same_sources()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        var file = folder.Settings(
            table, """{ "feed-a": { "Url": "http://site.example/a?x=1&y=2", "Tags": ["world", "en"] }, "feed-b": { "Url": "http://site.example/b" } }""");
        var opml = Path.Combine(folder.Path, "out.opml");
        (await RunAsync("sources", "export", "--out", opml, "--config", file)).Exit.ShouldBe(0);
        var printed = await RunAsync("sources", "import", opml, "--config", Path.Combine(folder.Path, "none.json"));
        printed.Exit.ShouldBe(0, printed.Error);
        using (var json = JsonDocument.Parse(printed.Out))
        {
            var sources = json.RootElement.GetProperty("Ingest").GetProperty("Sources");
            sources.GetProperty("feed-a").GetProperty("Url").GetString().ShouldBe("http://site.example/a?x=1&y=2");
            sources.GetProperty("feed-a").GetProperty("Tags").EnumerateArray().Select(static tag => tag.GetString()).ShouldBe(["world", "en"]);
        }

        var target = Path.Combine(folder.Path, "new.json");
        (await RunAsync("sources", "import", opml, "--into", target)).Error.ShouldContain("2 sources added");
        (await RunAsync("sources", "export", "--out", opml, "--config", file)).Error.ShouldContain("exists; --force replaces it.");
        (await RunAsync("sources", "import", opml, "--into", target)).Error.ShouldContain("0 sources added, 2 configured already");
        Directory.GetFiles(folder.Path, "new.json*").ShouldBe([target]);
        using var written = JsonDocument.Parse(await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken));
        written.RootElement.GetProperty("Ingest").GetProperty("Sources").EnumerateObject().Select(static source => source.Name).ShouldBe(["feed-a", "feed-b"]);
    }

    [Fact]
    public async Task Hostile_OPML_exits_with_1_and_leaves_the_settings_alone()
    {
        var target = folder.Settings("""{ "Ingest": { } }""");
        var opml = Path.Combine(folder.Path, "in.opml");
        await File.WriteAllTextAsync(opml, "<!DOCTYPE opml [<!ENTITY a 'a'>]><opml/>", TestContext.Current.CancellationToken);
        (await RunAsync("sources", "import", opml, "--into", target))
            .ShouldSatisfyAllConditions(run => run.Exit.ShouldBe(1), run => run.Error.ShouldContain("DTD is prohibited"));
        (await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken)).ShouldBe("""{ "Ingest": { } }""");
    }
}

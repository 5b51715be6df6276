using Ingest.Worker.Commands.Names;
using Ingest.Worker.Commands.SourceLists;
using Ingest.Worker.Commands.SourceLists.Opml;
using Ingest.Worker.Fetching;
using Ingest.Worker.Origin;
using static Ingest.Worker.Tests.Commands.CommandFolder;

namespace Ingest.Worker.Tests.Commands;

/// <summary><c>sources add</c> and <c>sources remove</c>, and what is said of names that nothing has.</summary>
public sealed class SourceVerbTests : IDisposable
{
    private const string Feed =
        """<rss version="2.0"><channel><title>The Weir</title><item><title>One</title><link>/1</link><pubDate>Fri, 05 Jan 2024 10:00:00 +0100</pubDate></item></channel></rss>""";

    private const string Page =
        """<html><head><link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" type="application/rss+xml" href="/comments" title="Comments"></head><body>x</body></html>""";

    private readonly CommandFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_page_is_added_as_the_feed_that_it_announces_and_goes_without_a_trace()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/", Reply.Page(Page)).Serve("/feed", Reply.Feed(Feed)).Serve("/none", Reply.Page("<html><body>x</body></html>"));
        var before = """{ "Ingest": { /* mine */ "Fetching": { "AllowedNetworks": ["127.0.0.0/8"], "MinimumHostDelay": "00:00:00" }, "Sources": { } } }""";
        var file = folder.Settings(before);
        var run = await RunAsync("sources", "add", origin.Url("/").AbsoluteUri, "--tag", "river", "--config", file);
        run.ShouldSatisfyAllConditions(
            () => run.Exit.ShouldBe(0, run.Error),
            () => run.Out.ShouldContain($"the-weir  {origin.Url("/feed")}"),
            () => run.Out.ShouldContain("found     Rss \"The Weir\", announced by the page"),
            () => run.Out.ShouldContain("holds     1 entry, the newest of 2024-01-05"),
            () => run.Out.ShouldContain($"also      {origin.Url("/comments")} \"Comments\""));
        var added = await File.ReadAllTextAsync(file, Ct);
        added.ShouldContain($"\"the-weir\": {{ \"Url\": \"{origin.Url("/feed")}\", \"Tags\": [\"river\"] }}");
        added.ShouldContain("/* mine */");
        (await RunAsync("sources", "add", origin.Url("/feed").AbsoluteUri, "--config", file))
            .ShouldSatisfyAllConditions(again => again.Exit.ShouldBe(0), again => again.Error.ShouldContain("is the source 'the-weir' already"));
        (await RunAsync("sources", "add", origin.Url("/none").AbsoluteUri, "--config", file))
            .ShouldSatisfyAllConditions(none => none.Exit.ShouldBe(1), none => none.Error.ShouldContain("a page that announces no feed"));
        (await File.ReadAllTextAsync(file, Ct)).ShouldBe(added);
        (await RunAsync("sources", "remove", "THE-WEIR", "--config", file))
            .ShouldSatisfyAllConditions(gone => gone.Exit.ShouldBe(0, gone.Error), gone => gone.Out.ShouldContain("the-weir removed from"));
        (await File.ReadAllTextAsync(file, Ct)).ShouldNotContain("weir");
    }

    [Fact]
    public async Task A_user_and_secrets_go_with_what_is_found_at_the_same_party_only()
    {
        var asked = new List<Uri>();
        Task<FetchResult> Fetch(FetchRequest request, CancellationToken ct)
        {
            asked.Add(request.Url);
            var isPage = request.Url.AbsolutePath == "/";
            return Task.FromResult<FetchResult>(new FetchResult.Fetched
            {
                FinalUrl = new Uri(request.Url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped)),
                Status = 200, Attempts = 1, Duration = TimeSpan.Zero, Validators = new Validators(null, null),
                Body = System.Text.Encoding.UTF8.GetBytes(isPage ? Page : Feed),
            });
        }

        var found = await FoundFeed.LookAsync(Fetch, new Uri("https://me:p%40ss@weir.example/"), Ct);
        found.Url.AbsoluteUri.ShouldBe("https://me:p%40ss@weir.example/feed");
        found.Others.ShouldHaveSingleItem().Url.ShouldBe("https://weir.example/comments");
        asked.Count.ShouldBe(2);
    }

    [Fact]
    public void Settings_refuse_a_source_that_would_be_faulty_and_stay_as_they_are()
    {
        var file = folder.Settings("{}");
        var settings = EditedSettings.Read(file);
        settings.Add([("a/01234567", new OpmlFeed(null, new Uri("https://weir.example/a"), []))]).ShouldHaveSingleItem().ShouldContain("has a name like those");
        settings.Add([("a", new OpmlFeed(null, new Uri("https://weir.example/a"), []))]).ShouldBeEmpty();
        settings.Remove("b").ShouldBeFalse();
        settings.Remove("A").ShouldBeTrue();
    }

    [Theory]
    [InlineData("bbc-wrld", "did you mean bbc-world?")]
    [InlineData("news", "the nearest are evening-news, cnn-sport and bbc-world.")]
    public void An_unknown_name_offers_the_nearest_three_at_most(string name, string words) =>
        UnknownName.Nearest(name, ["bbc-world", "evening-news", "cnn-sport", "the-long-name-of-a-paper", "another-long-name"]).ShouldBe(words);

    [Fact]
    public void Few_names_are_all_offered_and_of_none_it_is_said()
    {
        UnknownName.Nearest("zzzzzz", ["a-paper", "b-paper"]).ShouldBe("there are a-paper and b-paper.");
        UnknownName.Nearest("zzzzzz", []).ShouldBe("there are none.");
    }
}

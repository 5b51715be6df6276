using Ingest.Feeds.Discovery;
using Ingest.Worker.Ingestion.Discovery;
using Ingest.Worker.Origin;
using Ingest.Worker.Storage.Due;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>Where the feed of a page may be that announces none: each place is asked once, then remembered.</summary>
public sealed class FeedGuessTests(PostgresFixture postgres)
{
    private const string Home = "<!doctype html><html><head><title>A site</title></head><body><p>Welcome.</p></body></html>";
    private static readonly IReadOnlyList<Uri> Places = PageDiscovery.Guesses(new Uri("https://example.org/blog/"));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_place_is_asked_once_one_a_visit_and_again_after_four_weeks(bool comparesValidators)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        origin.Serve("/", comparesValidators ? Reply.Page(Home).ETag("\"1\"") : Reply.Page(Home)).ServeBelow("/", static _ => Reply.Error(404));
        await using var worker = new TestWorker(database.ConnectionString, Settings(origin.Url("/")));
        for (var visit = 0; visit < 15; visit++)
        {
            await worker.RunAsync();
            Guessed(origin).Count.ShouldBe(Math.Min(visit + 1, Places.Count));
            worker.Clock.Shift += TimeSpan.FromHours(1);
        }

        Guessed(origin).ShouldBe(Places.Select(static place => place.AbsolutePath));
        (await worker.RowsAsync("select count(*), count(distinct asked_at), min(status), max(status), min(outcome), max(outcome) from ingest.guesses"))
            .ShouldBe(["9|9|404|404|none|none"]);
        (await worker.RowsAsync("select count(*) from ingest.sources")).ShouldBe(["1"]);
        (await worker.RowsAsync("select count(*) from ingest.fetches where kind = 'guess'")).ShouldBe(["9"]);

        worker.Clock.Shift += TimeSpan.FromDays(26);
        await worker.RunAsync();
        Guessed(origin).Count.ShouldBe(9);
        worker.Clock.Shift += TimeSpan.FromDays(2);
        await worker.RunAsync();
        Guessed(origin).Skip(9).ShouldBe(["/feed/"]);
    }

    [Fact]
    public async Task Visits_that_follow_each_other_soon_make_no_further_guess()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        origin.Serve("/", Reply.Page(Home)).ServeBelow("/", static _ => Reply.Error(404));
        await using var worker = new TestWorker(database.ConnectionString, Settings(origin.Url("/")));
        for (var visit = 0; visit < 9; visit++)
        {
            await worker.RunAsync();
            worker.Clock.Shift += TimeSpan.FromMinutes(1);
        }

        Guessed(origin).ShouldBe(["/feed/"]);
    }

    [Fact]
    public async Task A_feed_that_is_found_becomes_a_source_and_no_other_place_is_asked()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        origin.Serve("/", Reply.Page(Home)).Serve("/rss.xml", Reply.Page(Home)).Serve("/atom.xml", Reply.Feed(
            TestSite.Feed(origin.BaseUrl, 1))).ServeBelow("/", static _ => Reply.Error(404));
        await using var worker = new TestWorker(database.ConnectionString, Settings(origin.Url("/")));
        for (var visit = 0; visit < 8; visit++)
        {
            await worker.RunAsync();
            worker.Clock.Shift += TimeSpan.FromHours(1);
        }

        origin.Requests.Select(static request => request.Path).Where(static path => path is "/feed/" or "/rss.xml").ShouldBe(["/feed/", "/rss.xml"]);
        origin.Requests.ShouldNotContain(static request => request.Path == "/feed.xml");
        (await worker.RowsAsync("select url from ingest.sources where parent_id is not null")).ShouldBe([origin.Url("/atom.xml").ToString()]);
        (await worker.RowsAsync("select outcome, guess_at is null from ingest.guesses join ingest.sources on id = source_id order by asked_at"))
            .ShouldBe(["none|True", "none|True", "feed|True"]);
        (await worker.RowsAsync("select count(*) from ingest.articles")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task A_page_that_announces_its_feed_is_guessed_about_no_more()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        origin.Serve("/", Reply.Page(Home), Reply.Page(
            Home.Replace("</head>", "<link rel=alternate type=application/rss+xml href=/news></head>", StringComparison.Ordinal)));
        origin.Serve("/news", Reply.Feed(TestSite.Feed(origin.BaseUrl, 0))).ServeBelow("/", static _ => Reply.Error(404));
        await using var worker = new TestWorker(database.ConnectionString, Settings(origin.Url("/")));
        for (var visit = 0; visit < 4; visit++)
        {
            await worker.RunAsync();
            worker.Clock.Shift += TimeSpan.FromHours(1);
        }

        Guessed(origin).ShouldBe(["/feed/"]);
        (await worker.RowsAsync("select url from ingest.sources where parent_id is not null")).ShouldBe([origin.Url("/news").ToString()]);
    }

    [Fact]
    public void A_place_that_could_not_be_asked_is_asked_again_after_a_day_and_never_sooner_than_ten_minutes_after_another()
    {
        var now = new FakeTimeProvider().GetUtcNow();
        var made = new List<Guess>();
        GuessRules.Next(Places, made, now).ShouldBe(Places[0]);
        made.Add(new(Places[0], now, 503, GuessOutcome.Failed));
        GuessRules.NextAt(Places, made, now).ShouldBe(now.AddMinutes(10));
        made.AddRange(Places.Skip(1).Select(place => new Guess(place, now, 404, GuessOutcome.None)));
        GuessRules.NextAt(Places, made, now).ShouldBe(now.AddDays(1));
        GuessRules.Next(Places, made, now.AddHours(23)).ShouldBeNull();
        GuessRules.Next(Places, made, now.AddHours(25)).ShouldBe(Places[0]);
        GuessRules.Next(Places, [.. made, new Guess(new Uri("https://elsewhere.example/feed/"), now, 200, GuessOutcome.Feed)], now.AddHours(1)).ShouldBeNull();
    }

    [Fact]
    public void Of_any_months_of_visits_no_place_is_asked_twice_within_four_weeks_and_all_are_asked()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var now = new FakeTimeProvider().GetUtcNow();
            var (made, asked) = (new List<Guess>(), new List<(Uri Place, DateTimeOffset At)>());
            DateTimeOffset? at = null;
            for (var visit = 0; visit < 400; visit++, now += TimeSpan.FromMinutes(random.Next(1, 600)))
            {
                if (at > now) continue;
                if (GuessRules.Next(Places, made, now) is { } place)
                {
                    if (asked.Count > 0) (now - asked[^1].At).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(10));
                    asked.Add((place, now));
                    made.RemoveAll(guess => guess.Url == place);
                    made.Add(new(place, now, 404, GuessOutcome.None));
                }

                at = GuessRules.NextAt(Places, made, now);
            }

            foreach (var place in asked.GroupBy(static one => one.Place))
                place.Zip(place.Skip(1)).ShouldAllBe(static pair => pair.Second.At - pair.First.At >= TimeSpan.FromDays(28));
            asked.Select(static one => one.Place).Distinct().Count().ShouldBe(Places.Count);
        }
    }

    private static List<string> Guessed(ScriptedOrigin origin) =>
        [.. origin.Requests.Select(static request => request.Path).Where(static path => Places.Any(place => place.AbsolutePath == path))];

    private static Dictionary<string, string> Settings(Uri page) => new() { ["Ingest:Sources:site:Url"] = page.ToString() };
}

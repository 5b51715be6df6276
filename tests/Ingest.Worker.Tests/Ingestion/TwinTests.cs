using System.Globalization;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Ingestion;

public sealed class TwinTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Sources_with_one_URL_are_fetched_once_and_all_see_what_came()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 2)).ETag("\"1\""));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = Sources(origin.Url("/feed"), "a", "b", "c");
        settings["Ingest:Sources:c:Url"] = $"{origin.Url("/feed")}#never-sent";
        await using var worker = new TestWorker(database.ConnectionString, settings);

        (await worker.RunAsync()).Visits.Count.ShouldBe(3);
        for (var visit = 2; visit < 5; visit++)
        {
            worker.Clock.Shift += TimeSpan.FromDays(2);
            (await worker.VisitDueAsync()).Count.ShouldBe(3);
            origin.RequestsOf("/feed").Count.ShouldBe(visit);
        }

        (await worker.RowsAsync("select name, last_status, etag, failure_weight from ingest.sources order by name"))
            .ShouldBe(["a|304|\"1\"|0", "b|304|\"1\"|0", "c|304|\"1\"|0"]);
        (await worker.RowsAsync("select count(*), sum(attempts), count(distinct source_id) from ingest.fetches where kind = 'feed'")).ShouldBe(["12|4|3"]);
        (await worker.RowsAsync("select count(distinct source_id), count(*) from ingest.article_sightings")).ShouldBe(["3|6"]);
    }

    [Fact]
    public async Task A_source_that_is_due_is_asked_for_its_twin_that_is_not()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = Sources(origin.Url("/feed"), "a", "b");
        settings["Ingest:Sources:a:Interval"] = "00:10:00";
        settings["Ingest:Sources:b:Interval"] = "00:30:00";
        await using var worker = new TestWorker(database.ConnectionString, settings);
        await worker.RunAsync();
        worker.Clock.Shift = TimeSpan.FromMinutes(15);

        (await worker.VisitDueAsync()).ShouldHaveSingleItem().Source.Name.ShouldBe("a");

        (await worker.RowsAsync(
            "select count(distinct last_polled_at > now() + interval '10 minutes'), bool_and(last_polled_at > now() + interval '10 minutes') "
                + "from ingest.sources"))
            .ShouldBe(["1|True"]);
        origin.RequestsOf("/feed").Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_304_says_nothing_to_a_twin_that_has_nothing_yet()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)).ETag("\"1\""));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using (var first = new TestWorker(database.ConnectionString, Sources(origin.Url("/feed"), "a"))) await first.RunAsync();
        await using var second = new TestWorker(database.ConnectionString, Sources(origin.Url("/feed"), "a", "b"));

        await second.RunAsync();

        (await second.RowsAsync("select name, etag from ingest.sources where last_success_at is not null order by name")).ShouldBe(["a|\"1\"", "b|\"1\""]);
        (await second.RowsAsync("select count(distinct source_id) from ingest.article_sightings")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task Sources_that_are_asked_in_other_ways_are_no_twins()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = Sources(origin.Url("/feed"), "a", "b", "c", "d");
        settings["Ingest:Sources:b:Headers:Accept-Language"] = "de";
        settings["Ingest:Sources:c:Headers:Accept-Language"] = "fr";
        settings["Ingest:Sources:d:UserAgent"] = "Mine/1.0";
        await using var worker = new TestWorker(database.ConnectionString, settings);

        await worker.RunAsync();

        origin.RequestsOf("/feed").Count.ShouldBe(4);
    }

    [Fact]
    public async Task Twins_have_filters_of_their_own_and_what_they_leave_out_is_neither_stored_nor_missed()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 3)), Reply.Feed(TestSite.Feed(origin.BaseUrl, 4)));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = Sources(origin.Url("/feed"), "a", "b");
        settings["Ingest:Sources:b:Keep:Title"] = "story [24] of";
        await using var worker = new TestWorker(database.ConnectionString, settings);

        (await worker.RunAsync()).Visits.Select(static visit => (visit.Source.Name, visit.Entries.New + visit.Entries.Known, visit.Entries.Filtered))
            .ShouldBe([("a", 3, 0), ("b", 1, 2)]);
        worker.Clock.Shift = TimeSpan.FromDays(2);
        await worker.VisitDueAsync();

        origin.RequestsOf("/feed").Count.ShouldBe(2);
        (await worker.RowsAsync("select s.name, count(*) from ingest.article_sightings g join ingest.sources s on s.id = g.source_id group by 1 order by 1"))
            .ShouldBe(["a|4", "b|2"]);
        (await worker.RowsAsync("select count(*) from ingest.source_events")).ShouldBe(["0"]);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("mailto:bot@example.org", 0)]
    public async Task A_worker_without_a_contact_is_warned_of_once(string? contact, int warnings)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = Sources(origin.Url("/feed"), "a");
        if (contact is not null) settings["Ingest:Fetching:ContactUrl"] = contact;
        await using var worker = new TestWorker(database.ConnectionString, settings);

        await worker.RunAsync();
        await worker.VisitDueAsync();

        worker.Log.Warnings.Count(static warning => warning.StartsWith("Ingest:Fetching:ContactUrl is empty", StringComparison.Ordinal)).ShouldBe(warnings);
    }

    [Fact]
    public async Task Mirrors_that_take_turns_with_tags_of_their_own_are_answered_with_304()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        var feed = TestSite.Feed(origin.BaseUrl, 1);
        Reply Mirror(string tag) => Reply.Feed(feed).ETag(tag);
        origin.Serve("/feed", Mirror("\"a\""), Mirror("\"b\""), Mirror("\"a\""), Mirror("\"b\""), Mirror("\"a\""));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Sources(origin.Url("/feed"), "a"));
        await worker.RunAsync();

        var statuses = new List<string>();
        for (var visit = 0; visit < 3; visit++)
        {
            worker.Clock.Shift += TimeSpan.FromDays(2);
            statuses.Add((await worker.VisitDueAsync()).Single().Status.ToString(CultureInfo.InvariantCulture));
        }

        statuses.ShouldBe(["200", "304", "304"]);
        origin.RequestsOf("/feed").Select(static request => request.Header("If-None-Match")).ShouldBe([null, "\"a\"", "\"b\", \"a\"", "\"b\", \"a\""]);
    }

    [Fact]
    public async Task What_is_new_alone_is_stored_beside_what_was_there_and_nothing_is_taken_for_missed()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        var old = TestSite.Feed(origin.BaseUrl, 2);
        var fresh = old.Replace("/stories/", "/stories/8", StringComparison.Ordinal)
            .Replace(">story-", ">story-8", StringComparison.Ordinal)
            .Replace("tory ", "tory 8", StringComparison.Ordinal);
        origin.Serve(
            "/feed",
            Reply.Feed(old).ETag("\"1\""),
            (Reply.Feed(fresh) with { Status = 226 }).Header("IM", "feed").ETag("\"2\""),
            Reply.Feed(old).ETag("\"2\""));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Sources(origin.Url("/feed"), "a"));
        await worker.RunAsync();

        worker.Clock.Shift = TimeSpan.FromDays(2);
        (await worker.VisitDueAsync()).Single().Status.ShouldBe(226);
        worker.Clock.Shift = TimeSpan.FromDays(5);
        (await worker.VisitDueAsync()).Single().Status.ShouldBe(304);

        (await worker.RowsAsync("select count(*) from ingest.source_events")).ShouldBe(["0"]);
        (await worker.RowsAsync("select count(distinct url) filter (where url like '%/stories/8%') > 0 from ingest.article_sightings")).ShouldBe(["True"]);
    }

    private static Dictionary<string, string> Sources(Uri url, params string[] names)
    {
        var settings = new Dictionary<string, string>();
        foreach (var name in names)
        {
            settings[$"Ingest:Sources:{name}:Url"] = url.ToString();
            settings[$"Ingest:Sources:{name}:FullText"] = "Never";
        }

        return settings;
    }
}

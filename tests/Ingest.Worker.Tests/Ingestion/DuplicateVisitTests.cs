using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Origin;
using static Ingest.Worker.Tests.Ingestion.RevisionTests;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>Texts that are told twice, through whole visits.</summary>
[Collection(Alone.Name)]
public sealed class DuplicateVisitTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_dropped_duplicate_leaves_its_sighting_and_its_link()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = Source(origin);
        settings["Ingest:Sources:other:Url"] = origin.Url("/other").ToString();
        settings["Ingest:Duplicates"] = "Drop";
        await using var worker = new TestWorker(database.ConnectionString, settings);
        origin.Serve("/feed", Reply.Feed(Whole(origin, "/fire", "Fire at the mill", "fire")));
        origin.Serve("/other", Reply.Feed(Whole(origin, "/blaze", "Blaze at the mill", "fire")));

        var first = await worker.RunAsync("site");
        var second = await worker.RunAsync("other");

        first.Visits.ShouldHaveSingleItem().Entries.New.ShouldBe(1);
        (second.Visits.ShouldHaveSingleItem().Entries.New, second.Visits[0].Entries.Known).ShouldBe((0, 1));
        (await worker.RowsAsync(
            "select a.title, s.title, l.reason from ingest.articles a join ingest.article_sightings s using (article_key) left "
                + "join ingest.article_aliases l on l.url like '%' || '/blaze' order by s.title desc"))
            .ShouldBe(["Fire at the mill|Fire at the mill|duplicate", "Fire at the mill|Blaze at the mill|duplicate"]);
        (await worker.DecisionsAsync("other")).ShouldBe(["seen before, and nothing changed"]);
    }

    [Fact]
    public async Task With_duplicates_off_nothing_is_compared_and_nothing_indexed()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = Source(origin);
        settings["Ingest:Duplicates:Mode"] = "Off";
        await using var worker = new TestWorker(database.ConnectionString, settings);
        origin.Serve("/feed", Reply.Feed(Whole(origin, "/fire", "Fire at the mill", "fire")), Reply.Feed(Whole(origin, "/blaze", "Blaze at the mill", "fire")));

        await worker.RunAsync();
        await worker.RunAsync();

        (await worker.RowsAsync("select count(*), count(story_id), (select count(*) from ingest.article_shingles) from ingest.articles")).ShouldBe(["2|0|0"]);
    }

    [Fact]
    public async Task The_index_of_near_duplicates_forgets_what_is_past_its_window()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, Source(origin));
        origin.Serve(
            "/feed", Reply.Feed(Whole(origin, "/fire", "Fire at the mill", "fire")), Reply.Feed(Whole(origin, "/flood", "Flood in the valley", "flood")));
        await worker.RunAsync();
        var before = await worker.RowsAsync("select distinct article_id from ingest.article_shingles");
        worker.Clock.Shift = TimeSpan.FromDays(16);

        await worker.RunAsync();
        await worker.Get<DuplicateRetention>().TrimAsync(worker.Clock.GetUtcNow(), TestContext.Current.CancellationToken);

        var after = await worker.RowsAsync("select distinct article_id from ingest.article_shingles");
        after.ShouldHaveSingleItem().ShouldNotBe(before.ShouldHaveSingleItem());
    }

    private static string Whole(ScriptedOrigin origin, string path, string title, string text) =>
        "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>S</title><item><link>"
            + $"{origin.BaseUrl.ToString().TrimEnd('/')}{path}</link><title>{title}</title><content:encoded>"
            + $"<![CDATA[{string.Concat(SampleText.Paragraphs(text, 5).Select(static p => $"<p>{p}</p>"))}]]></content:encoded></item></channel></rss>";
}

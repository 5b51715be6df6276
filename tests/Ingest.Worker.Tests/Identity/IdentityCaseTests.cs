using Ingest.Worker.Origin;
using Ingest.Worker.Tests.Ingestion;

namespace Ingest.Worker.Tests.Identity;

/// <summary>Whole visits of feeds and pages that say of the same article different things, and of different ones the same.</summary>
public sealed class IdentityCaseTests(IdentityCaseTests.Place place) : IClassFixture<IdentityCaseTests.Place>
{
    private const string Own = "a.url like @there || '/%'";

    private static string Folder => Path.Combine(Repository.Root, "tests/Ingest.Worker.Tests/Identity/Golden");

    public static TheoryData<string> Cases() =>
        [.. Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(static file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_article_is_recognised_and_none_is_lost(string name) =>
        await RunAsync(place.ConnectionString, await place.NewSiteAsync(), name, IdentityCase.Read(Path.Combine(Folder, name + ".json")));

    /// <summary>One database for all of them: every case has a site and texts of its own.</summary>
    public sealed class Place(PostgresFixture postgres) : IAsyncLifetime
    {
        // All stand until the end: a port that is given out a second time would make two cases one site.
        private readonly List<ScriptedOrigin> sites = [];
        private TestDatabase? database;

        public string ConnectionString => database!.ConnectionString;

        public async ValueTask InitializeAsync() => database = await postgres.CreateDatabaseAsync(CancellationToken.None);

        public async Task<ScriptedOrigin> NewSiteAsync()
        {
            sites.Add(await ScriptedOrigin.StartAsync());
            return sites[^1];
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var site in sites) await site.DisposeAsync();
            if (database is not null) await database.DisposeAsync();
        }
    }

    private static async Task RunAsync(string connectionString, ScriptedOrigin origin, string name, IdentityCase golden)
    {
        var feeds = golden.Polls.SelectMany(static poll => poll.Feeds.Keys).Distinct(StringComparer.Ordinal).ToList();
        await using var worker = new TestWorker(connectionString, feeds.ToDictionary(
            feed => $"Ingest:Sources:{name}-{feed}:Url", feed => origin.Url("/" + feed).ToString()));
        var decisions = new List<string>();
        foreach (var poll in golden.Polls)
        {
            poll.Serve(origin, name);
            decisions.Clear();
            foreach (var feed in feeds)
            {
                decisions.AddRange(await worker.DecisionsAsync($"{name}-{feed}"));
                await worker.RunAsync($"{name}-{feed}");
            }

            worker.Clock.Shift += TimeSpan.FromDays(1);
        }

        var why = $"{name}: {golden.Case}";
        decisions.ShouldBe(golden.Decisions, why);
        await CheckAsync(worker, origin.BaseUrl.ToString().TrimEnd('/'), golden, why);

        // Another poll of the same finds everything known.
        foreach (var feed in feeds)
            (await worker.DecisionsAsync($"{name}-{feed}"))
                .ShouldAllBe(
                    static reason => reason.Contains("nothing changed", StringComparison.Ordinal) || reason.Contains("earlier entry", StringComparison.Ordinal),
                    why);
        (await worker.RowsAsync("select count(*) from ingest.article_aliases l join ingest.articles a on a.article_key = l.alias_key")).ShouldBe(["0"]);
        (await worker.RowsAsync(
            "select count(*) from ingest.article_sightings s where not exists (select from ingest.articles a where a.article_key = s.article_key)"))
            .ShouldBe(["0"]);
    }

    private static async Task CheckAsync(TestWorker worker, string there, IdentityCase golden, string why)
    {
        async Task<List<string>> RowsAsync(string sql) =>
            [
                .. (await worker.RowsAsync(sql.Replace("@there", $"'{there}'", StringComparison.Ordinal)))
                    .Select(row => row.Replace(there, "", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal),
            ];

        (await RowsAsync($"select a.title || ' | ' || a.url || ' | ' || a.revision from ingest.articles a where {Own}"))
            .ShouldBe(golden.Articles.Order(StringComparer.Ordinal).ToList(), why);
        (await RowsAsync(
            $"select l.url || ' → ' || a.title || ' | ' || l.reason from ingest.article_aliases l join ingest.articles a using (article_key) where {Own}"))
            .ShouldBe(golden.Aliases.Order(StringComparer.Ordinal).ToList(), why);
        (await RowsAsync(
            "select a.title || ' → ' || o.title || ' | ' || l.reason from ingest.article_links l join ingest.articles a on a.article_key = l.article_key "
                + $"join ingest.articles o on o.article_key = l.other_key where {Own}"))
            .ShouldBe(golden.Links.Order(StringComparer.Ordinal).ToList(), why);
        (await RowsAsync(
            "select r.kind || ' | ' || r.title || ' | ' || array_to_string(r.changed_fields, ', ') from ingest.article_revisions r "
                + $"join ingest.articles a on a.id = r.article_id where {Own}"))
            .ShouldBe(golden.Revisions.Order(StringComparer.Ordinal).ToList(), why);
        (await RowsAsync($"select string_agg(a.title, ', ' order by a.id) from ingest.articles a where story_id is not null and {Own} group by story_id"))
            .ShouldBe(golden.Stories.Order(StringComparer.Ordinal).ToList(), why);
    }
}

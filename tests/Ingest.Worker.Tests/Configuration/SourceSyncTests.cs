using Ingest.Feeds;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Sources;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Tests.Configuration;

public sealed class SourceSyncTests(PostgresFixture postgres)
{
    internal const string A = """{ "a": { "Url": "https://example.com/a", "Tags": ["x"] } }""";
    internal const string AB = """{ "a": { "Url": "https://example.com/a", "Tags": ["x"] }, "b": { "Url": "https://example.com/b" } }""";
    private const string Moved = """{ "a": { "Url": "https://example.com/moved", "Tags": ["x"] } }""";
    private const string Validators =
        "update ingest.sources set etag = 'e', last_modified = 'l', body_hash = gen_random_uuid(), failure_weight = 3, last_error = 'x', "
            + "next_poll_at = '2030-01-01Z'";

    [Fact]
    public async Task Sources_are_added_disabled_and_taken_back_but_never_deleted()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        (await table.SynchroniseAsync(AB)).ShouldBe(new SourceChanges(2, 0, 0, 0));
        (await table.SynchroniseAsync(AB)).ShouldBe(new SourceChanges(0, 0, 0, 2));
        (await table.SynchroniseAsync(A)).ShouldBe(new SourceChanges(0, 0, 1, 1));
        (await table.StatesAsync()).ShouldBe(["a active", "b disabled"]);
        await table.ExecuteAsync("update ingest.sources set next_poll_at = '2030-01-01Z'");
        (await table.SynchroniseAsync(AB)).ShouldBe(new SourceChanges(0, 1, 0, 1));
        (await table.StatesAsync()).ShouldBe(["a active", "b active"]);
        (await table.Store.LoadDueAsync(new DueQuery(HostSlot.OfPartition(0, 1), SourceTable.Noon, 10), TestContext.Current.CancellationToken))
            .Single().Name.ShouldBe("b");
    }

    [Fact]
    public async Task Changed_settings_are_taken_over_and_keep_the_validators()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(A);
        await table.ExecuteAsync(Validators);
        await table.SynchroniseAsync("""{ "a": { "Url": "https://example.com/a", "FullText": "Never", "Tags": ["y"] } }""");
        (await table.ReadAsync("select full_text, tags[1], etag, last_modified, body_hash is not null, next_poll_at > '2029-01-01' from ingest.sources"))
            .ShouldBe(["never y e l True True"]);
        await table.SynchroniseAsync("""{ "a": { "Url": "https://example.com/a", "Schedule": "0 0 6 * * ?", "TimeZone": "Europe/Berlin" } }""");
        (await table.ReadAsync("select schedule, time_zone, etag, next_poll_at = '2026-06-15 12:00Z' from ingest.sources"))
            .ShouldBe(["0 0 6 * * ? Europe/Berlin e True"]);
        await table.ExecuteAsync("update ingest.sources set next_poll_at = '2030-01-01Z'");
        await table.SynchroniseAsync("""{ "a": { "Url": "https://example.com/a", "Schedule": "0 0 6 * * ?", "TimeZone": "Asia/Tokyo" } }""");
        (await table.ReadAsync("select time_zone, next_poll_at = '2026-06-15 12:00Z' from ingest.sources")).ShouldBe(["Asia/Tokyo True"]);
    }

    [Fact]
    public async Task Another_URL_drops_the_validators_and_failures_of_the_old_one()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(A);
        await table.ExecuteAsync(Validators);
        await table.SynchroniseAsync(Moved);
        (await table.ReadAsync(
            "select url, configured_url, etag, last_modified, body_hash, failure_weight, last_error, next_poll_at = '2026-06-15 12:00Z' from ingest.sources"))
            .ShouldBe(["https://example.com/moved https://example.com/moved - - - 0 - True"]);
    }

    [Fact]
    public async Task A_visit_under_way_while_another_URL_is_configured_does_not_write_the_old_ones_validators()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(A);
        var source = (await table.Store.LoadActiveAsync([], TestContext.Current.CancellationToken)).Single();
        await table.SynchroniseAsync(Moved);
        await table.Articles.SaveVisitAsync(
            VisitOf(source, PollPlan.After(source, new PollOutcome.Read(RefreshHints.None), PollBounds.Default, SourceTable.Noon)),
            TestContext.Current.CancellationToken);
        (await table.ReadAsync("select url, etag, next_poll_at = '2026-06-15 12:00Z' from ingest.sources")).ShouldBe(["https://example.com/moved - True"]);
    }

    [Fact]
    public async Task What_the_feed_asked_is_remembered_with_the_source()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(A);
        var source = (await table.Store.LoadActiveAsync([], TestContext.Current.CancellationToken)).Single();
        var asked = new RefreshHints(TimeSpan.FromHours(2), [3, 4], [DayOfWeek.Sunday]);
        await table.Articles.SaveVisitAsync(
            VisitOf(source, PollPlan.After(source, new PollOutcome.Read(asked), PollBounds.Default, SourceTable.Noon)), TestContext.Current.CancellationToken);
        var history = (await table.Store.LoadActiveAsync([], TestContext.Current.CancellationToken)).Single().History;
        (history.Asked.Interval, string.Join(',', history.Asked.SkipHours), history.Asked.SkipDays.Single())
            .ShouldBe((TimeSpan.FromHours(2), "3,4", DayOfWeek.Sunday));
        (await table.ReadAsync("select etag from ingest.sources")).ShouldBe(["\"e\""]);
    }

    [Fact]
    public async Task A_faulty_source_leaves_its_row_as_it_was()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(AB);
        (await table.SynchroniseAsync("""{ "a": { "Url": "example", "FullText": "Never" }, "b": { "Url": "https://example.com/b" } }"""))
            .ShouldBe(new SourceChanges(0, 0, 0, 1));
        (await table.ReadAsync("select name, url, full_text, state from ingest.sources order by name"))
            .ShouldBe(["a https://example.com/a auto active", "b https://example.com/b auto active"]);
    }

    [Theory]
    [InlineData(A)]
    [InlineData(Moved)]
    [InlineData("""{ "a": { "Url": "https://example.com/a", "FullText": "Always" } }""")]
    public async Task A_paused_source_stays_paused_whatever_is_configured(string sources)
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(A);
        await table.Control.PauseAsync(["a"], SourceTable.Noon, TestContext.Current.CancellationToken);
        await table.SynchroniseAsync(sources);
        (await table.StatesAsync()).ShouldBe(["a paused"]);
    }

    [Fact]
    public async Task A_source_that_is_gone_stays_gone_until_its_URL_changes()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(A);
        await table.ExecuteAsync("update ingest.sources set state = 'gone'");
        await table.SynchroniseAsync(A);
        (await table.StatesAsync()).ShouldBe(["a gone"]);
        await table.SynchroniseAsync(Moved);
        (await table.StatesAsync()).ShouldBe(["a active"]);
    }

    [Fact]
    public async Task Found_sources_follow_the_one_they_were_found_through()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(A);
        await AddFoundAsync(table);
        await table.SynchroniseAsync("{}");
        (await table.StatesAsync()).ShouldBe(["a disabled", "a/1 disabled", "a/2 disabled"]);
        await table.SynchroniseAsync("""{ "a": { "Url": "https://example.com/a", "FullText": "Never", "Tags": ["y"] } }""");
        (await table.ReadAsync("select name, state, full_text, tags[1] from ingest.sources order by name"))
            .ShouldBe(["a active never y", "a/1 active never y", "a/2 active never y"]);
        await table.SynchroniseAsync(Moved);
        (await table.StatesAsync()).ShouldBe(["a active", "a/1 disabled", "a/2 disabled"]);
    }

    [Fact]
    public async Task A_preview_shows_what_a_synchronisation_would_and_writes_nothing()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(A);
        await table.ExecuteAsync(Validators);
        var configured = new ConfiguredSource("a", new Uri("https://example.com/moved"), FullText.Never, PollRhythm.Adaptive, []);
        var planned = await table.Store.PreviewAsync([configured, configured with { Name = "new" }], SourceTable.Noon, TestContext.Current.CancellationToken);
        planned.Select(static source => (source.Source.Name, source.Source.Url.AbsoluteUri, source.Source.ETag, source.State))
            .ShouldBe([("a", "https://example.com/moved", null, SourceState.Active), ("new", "https://example.com/moved", null, SourceState.Active)]);
        (await table.ReadAsync("select name, url, etag from ingest.sources")).ShouldBe(["a https://example.com/a e"]);
    }

    internal static Task AddFoundAsync(SourceTable table) => table.ExecuteAsync(
        """
        insert into ingest.sources (name, url, configured_url, slot, parent_id, depth, state, full_text, tags, next_poll_at, failure_weight, created_at,
          updated_at)
        select 'a/1', 'https://example.com/1', 'https://example.com/1', 1, id, 1, 'active', 'auto', tags, '2026-01-01', 0, now(), now() from ingest.sources
          where name = 'a';
        insert into ingest.sources (name, url, configured_url, slot, parent_id, depth, state, full_text, tags, next_poll_at, failure_weight, created_at,
          updated_at)
        select 'a/2', 'https://example.com/2', 'https://example.com/2', 1, id, 2, 'active', 'auto', tags, '2026-01-01', 0, now(), now() from ingest.sources
          where name = 'a/1';
        """);

    private static VisitWrites VisitOf(Source source, PollPlan plan) => new()
    {
        Source = source,
        Now = SourceTable.Noon,
        Plan = plan,
        ServerTrust = ServerTrust.Of(source),
        Fetch = new FetchEntry
        {
            Id = Guid.CreateVersion7(), Url = source.Url, Kind = LedgerKind.Feed, StartedAt = SourceTable.Noon, Duration = TimeSpan.Zero, Status = 200,
            Outcome = FetchOutcome.Fetched, Node = "test",
        },
        Facts = new SourceFacts("\"e\"", null, source.Url, Guid.NewGuid(), null, null, null),
    };
}

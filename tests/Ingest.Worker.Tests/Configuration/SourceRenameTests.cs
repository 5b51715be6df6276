using Ingest.Worker.Sources;
using Ingest.Worker.Storage.Sources;

namespace Ingest.Worker.Tests.Configuration;

public sealed class SourceRenameTests(PostgresFixture postgres)
{
    private const string Rows = "select name, id, state, etag, next_poll_at > '2029-01-01' from ingest.sources order by name";

    [Theory]
    [InlineData("feed-a", "other", "https://example.com/a")]
    [InlineData("BBC", "bbc", "https://example.com/a")]
    [InlineData("feed-a", "feed-a2", "https://www.example.com/a/?utm_source=x")]
    [InlineData("feed-a", "other", "https://me:pw@example.com/a?token=t")]
    public async Task A_renamed_source_keeps_its_row_and_what_is_known_of_it(string before, string after, string url)
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        var first = new Uri(url).UserInfo.Length > 0 ? url : "https://example.com/a";
        await table.SynchroniseAsync(Map((before, first)));
        await KnowAsync(table);
        (await table.SynchroniseAsync(Map((after, first)))).ShouldBe(new SourceChanges(0, 1, 0, 0));
        (await table.ReadAsync(Rows)).ShouldBe([$"{after} 1 active e1 True"]);
        (await table.ReadAsync("select source_id, kind, detail from ingest.source_events"))
            .ShouldBe([$"1 renamed from {before} to {after}: the settings have another name for its URL"]);

        // Also when it is spelled otherwise now; validators go with the URL that gave them.
        await table.SynchroniseAsync(Map((before, url)));
        (await table.ReadAsync("select name, id, state from ingest.sources")).ShouldBe([$"{before} 1 active"]);
    }

    [Fact]
    public async Task Names_that_change_places_go_with_their_URLs_also_in_a_ring()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(Map(("a", "https://example.com/1"), ("b", "https://example.com/2"), ("c", "https://example.com/3")));
        await KnowAsync(table);
        await table.SynchroniseAsync(Map(("b", "https://example.com/1"), ("a", "https://example.com/2"), ("c", "https://example.com/3")));
        (await table.ReadAsync(Rows)).ShouldBe(["a 2 active e2 True", "b 1 active e1 True", "c 3 active e3 True"]);
        await table.SynchroniseAsync(Map(("b", "https://example.com/2"), ("a", "https://example.com/3"), ("c", "https://example.com/1")));
        (await table.ReadAsync(Rows)).ShouldBe(["a 3 active e3 True", "b 2 active e2 True", "c 1 active e1 True"]);
    }

    [Fact]
    public async Task Another_name_with_another_URL_is_another_source()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(Map(("a", "https://example.com/1")));
        await KnowAsync(table);
        (await table.SynchroniseAsync(Map(("b", "https://example.com/2")))).ShouldBe(new SourceChanges(1, 0, 1, 0));
        (await table.ReadAsync(Rows)).ShouldBe(["a 1 disabled e1 True", "b 2 active - False"]);
    }

    [Fact]
    public async Task A_name_that_another_row_has_is_that_rows()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(Map(("a", "https://example.com/1"), ("b", "https://example.com/2")));
        await KnowAsync(table);
        await table.SynchroniseAsync(Map(("b", "https://example.com/1")));
        (await table.ReadAsync("select name, id, state, url from ingest.sources order by name"))
            .ShouldBe(["a 1 disabled https://example.com/1", "b 2 active https://example.com/1"]);
    }

    [Fact]
    public async Task Of_two_sources_of_one_URL_each_keeps_its_own_row()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(Map(("a", "https://example.com/1?token=x"), ("B", "https://example.com/1?token=y")));
        await KnowAsync(table);
        await table.SynchroniseAsync(Map(("b", "https://example.com/1?token=y"), ("c", "https://example.com/1?token=x")));
        (await table.ReadAsync(Rows)).ShouldBe(["b 2 active e2 True", "c 1 active e1 True"]);
    }

    [Fact]
    public async Task Found_sources_are_named_after_the_new_name_and_stay()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(Map(("a", "https://example.com/1"), ("b", "https://example.com/2")));
        await table.ExecuteAsync("""
            insert into ingest.sources (name, url, configured_url, slot, parent_id, depth, state, full_text, tags, next_poll_at, failure_weight, created_at,
              updated_at)
            select p.name || '/' || c.n, 'https://example.com/' || c.n, '', 1, p.id, 1, 'active', 'auto', '{}', '2030-01-01', 0, now(), now()
              from ingest.sources p, (values ('11111111'), ('22222222')) c(n);
            insert into ingest.sources (name, url, configured_url, slot, parent_id, depth, state, full_text, tags, next_poll_at, failure_weight, created_at,
              updated_at)
            select 'a/11111111/33333333', 'https://example.com/33333333', '', 1, id, 2, 'paused', 'auto', '{}', '2030-01-01', 0, now(), now()
              from ingest.sources where name = 'a/11111111'
            """);
        await table.SynchroniseAsync(Map(("b", "https://example.com/1"), ("a", "https://example.com/2")));
        (await table.ReadAsync("select s.name, p.id, s.state from ingest.sources s join ingest.sources p on p.id = s.parent_id order by s.name")).ShouldBe(
            ["a/11111111 2 active", "a/22222222 2 active", "b/11111111 1 active", "b/11111111/33333333 3 paused", "b/22222222 1 active"]);
    }

    [Fact]
    public async Task Workers_with_old_and_new_settings_pass_one_row_to_and_fro()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(Map(("old", "https://example.com/1")));
        await KnowAsync(table);
        for (var round = 0; round < 3; round++)
        {
            await table.SynchroniseAsync(Map(("new", "https://example.com/1")));
            (await table.ReadAsync(Rows)).ShouldBe(["new 1 active e1 True"]);
            await table.SynchroniseAsync(Map(("old", "https://example.com/1")));
            (await table.ReadAsync(Rows)).ShouldBe(["old 1 active e1 True"]);
        }
    }

    [Theory]
    [InlineData("paused")]
    [InlineData("gone")]
    public async Task A_renamed_source_stays_in_its_state(string state)
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(Map(("a", "https://example.com/1")));
        await table.ExecuteAsync($"update ingest.sources set state = '{state}'");
        await table.SynchroniseAsync(Map(("b", "https://example.com/1")));
        (await table.StatesAsync()).ShouldBe([$"b {state}"]);
    }

    [Fact]
    public async Task A_faulty_source_keeps_its_name()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(Map(("a", "https://example.com/1")));
        await table.SynchroniseAsync("""{ "a": { "Url": "https://example.com/1", "FullText": "what" }, "b": { "Url": "https://example.com/1" } }""");
        (await table.StatesAsync()).ShouldBe(["a active", "b active"]);
    }

    [Fact]
    public async Task A_preview_knows_a_renamed_source_by_its_URL()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(Map(("a", "https://example.com/1")));
        await KnowAsync(table);
        var planned = await table.Store.PreviewAsync(
            [new ConfiguredSource("b", new Uri("https://example.com/1"), FullText.Auto, PollRhythm.Adaptive, [])],
            SourceTable.Noon,
            TestContext.Current.CancellationToken);
        (planned.Single().Source.Name, planned.Single().Source.Id, planned.Single().Source.ETag).ShouldBe(("b", 1, "e1"));
        (await table.StatesAsync()).ShouldBe(["a active"]);
    }

    [Fact]
    public async Task Another_token_is_the_same_source()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(Map(("a", "https://me:one@example.com/1?token=one")));
        await KnowAsync(table);
        (await table.SynchroniseAsync(Map(("a", "https://me:two@example.com/1?token=two")))).ShouldBe(new SourceChanges(0, 0, 0, 1));
        (await table.ReadAsync("select url, configured_url, etag from ingest.sources"))
            .ShouldBe(["https://example.com/1?token=*** https://example.com/1?token=*** e1"]);
    }

    [Fact]
    public async Task A_row_with_a_secret_in_its_URL_is_cleaned_and_keeps_its_validators()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync(Map(("a", "https://example.com/1?jwt=one")));
        await KnowAsync(table);
        await table.ExecuteAsync("update ingest.sources set url = 'https://u:p@example.com/1?jwt=one', configured_url = 'https://u:p@example.com/1?jwt=one'");
        await table.SynchroniseAsync(Map(("a", "https://u:p@example.com/1?jwt=one")));
        (await table.ReadAsync("select url, configured_url, etag, next_poll_at > '2029-01-01' from ingest.sources"))
            .ShouldBe(["https://example.com/1?jwt=*** https://example.com/1?jwt=*** e1 True"]);
    }

    private static Task KnowAsync(SourceTable table) => table.ExecuteAsync("update ingest.sources set etag = 'e' || id, next_poll_at = '2030-01-01Z'");

    private static string Map(params (string Name, string Url)[] sources) =>
        System.Text.Json.JsonSerializer.Serialize(sources.ToDictionary(static source => source.Name, static source => new { source.Url }));
}

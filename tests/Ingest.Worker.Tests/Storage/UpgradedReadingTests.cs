using Ingest.Worker.Storage.Search;

namespace Ingest.Worker.Tests.Storage;

/// <summary>Those who search and follow go on after an upgrade.</summary>
public sealed class UpgradedReadingTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Cursors_of_0_2_0_go_on_after_the_upgrade()
    {
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);
        await database.ExecuteAsync("""
            insert into ingest.articles (article_key, url, published_on, date_source, title, title_source, headline, description, body, body_source, authors,
              word_count, categories, live_blog, fingerprint, page_state, first_seen_at, updated_at)
            select gen_random_uuid(), 'https://example.org/' || n, '2026-01-01', 'archive', 'Rain ' || n, 'archive', '', '', '', 'none', '{}', 0, '{}', false,
              gen_random_uuid(), 'none', now(), now() from generate_series(1, 3) n
            """);
        await database.SettleAsync();
        var cursor = (await database.RowsAsync("select next_cursor from ingest.changes_since('', 1)"))[0];

        await database.MigrateAsync();

        var rest = await database.RowsAsync("select next_cursor from ingest.changes_since($1)", cursor);
        rest.Count.ShouldBe(2);
        rest.ShouldAllBe(static next => next.Split('.').Length == 3);
        (await database.RowsAsync("select count(*) from ingest.changes_since($1)", rest[0])).ShouldBe(["1"]);
        (await database.IndexAsync(SearchScope.Headlines)).ShouldBe(3);
    }
}

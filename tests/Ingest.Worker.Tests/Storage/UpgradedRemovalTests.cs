using Ingest.Worker.Storage.Duplicates;

namespace Ingest.Worker.Tests.Storage;

/// <summary>What earlier versions left of removed articles, and what of theirs is removed later.</summary>
public sealed class UpgradedRemovalTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Stories_that_0_2_0_left_without_their_leader_are_mended_and_its_articles_go_as_a_whole()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);
        await database.ExecuteAsync("""
            insert into ingest.articles (id, article_key, url, published_on, date_source, title, title_source, headline, description, body, body_source, authors,
              word_count, categories, live_blog, fingerprint, page_state, first_seen_at, updated_at, story_id, story_similarity)
            select n, gen_random_uuid(), 'https://example.org/' || n, '2026-01-01', 'archive', 'Rain ' || n, 'archive', '', '', '', 'none', '{}', 0, '{}', false,
              gen_random_uuid(), 'none', now(), now(), case when n < 4 then 1 when n < 6 then 4 end, case when n in (2, 3, 5) then 0.9 end
            from generate_series(1, 6) n;
            insert into ingest.stories (id, articles, first_seen_at, last_seen_at) values (1, 3, now(), now()), (4, 2, now(), now());
            insert into ingest.article_shingles (shingle, day, article_id) select s, '2026-01-01', n from generate_series(1, 6) n, generate_series(1, 3) s;
            delete from ingest.articles where id in (1, 4)
            """);
        (await database.RowsAsync("select id, articles from ingest.stories order by id")).ShouldBe(["1|3", "4|2"]);

        await database.MigrateAsync();
        (await new StoryUpkeep(database.Door).RunAsync(ct)).ShouldBe(2);
        (await database.RowsAsync("select id, articles from ingest.stories")).ShouldBe(["3|2"]);
        (await database.RowsAsync("select id, story_id, story_similarity is null from ingest.articles order by id"))
            .ShouldBe(["2|3|False", "3|3|True", "5||True", "6||True"]);

        await database.ExecuteAsync("delete from ingest.articles where id in (3, 6)");
        (await database.RowsAsync("select id from ingest.stories")).ShouldBeEmpty();
        (await database.RowsAsync("select id from ingest.articles where story_id is null order by id")).ShouldBe(["2", "5"]);
    }
}

using Ingest.Worker.Storage;

namespace Ingest.Worker.Tests.Storage;

/// <summary>The search index through upgrades.</summary>
public sealed class SearchUpgradeTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_search_index_of_words_becomes_one_of_numbers_and_one_of_words_again_with_what_it_holds()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(ArticleDatabase.Article("1", "Rain in spring"), ArticleDatabase.Article("2", "Snow"));
        (await database.IndexAsync(SearchScope.Headlines)).ShouldBe(2);

        foreach (var version in (string?[])["20261124220000_Sampling", null, "20261124220000_Sampling"])
        {
            await database.MigrateAsync(version);
            (await database.SearchAsync("rains", "en")).ShouldBe(["Rain in spring"]);
            (await database.SearchAsync("rain -spring or snow")).ShouldBe(["Snow"]);
        }
    }

    [Fact]
    public async Task A_database_whose_search_stood_still_goes_on_and_its_days_without_end_are_days_again()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var chinese = string.Concat(Enumerable.Range(0, 160_000).Select(static i => (char)(0x4E00 + (i * 7919L % 20_000))));
        await database.SaveAsync(
            ArticleDatabase.Article("1", "Rain first"),
            ArticleDatabase.Article("2", "Rain, at length", chinese),
            ArticleDatabase.Article("3", "Rain last"),
            ArticleDatabase.Article("4", "Rain early"));
        await database.MigrateAsync("20261129090000_Words");
        await database.ExecuteAsync("""
            update ingest.articles set published_on = 'infinity' where title = 'Rain last';
            update ingest.articles set published_on = '-infinity' where title = 'Rain early';
            insert into ingest.article_search select id, published_on, '''rain'':1A ''@01.01.2026'''::tsvector from ingest.articles where title = 'Rain first';
            update ingest.search_progress set scope = 'Headlines', xid = c.xid, change_id = c.id from (select xid, id from ingest.article_changes
              order by xid desc, id desc limit 1) c
            """);

        foreach (var version in (string?[])[null, "20261129090000_Words", null])
        {
            await database.MigrateAsync(version);
            if (version is not null) continue;
            await database.IndexAsync(SearchScope.Headlines);
            (await database.SearchAsync("rain", "en")).ShouldBe(["Rain last", "Rain, at length", "Rain first", "Rain early"], ignoreOrder: true);
            (await database.RowsAsync("select published_on::text from ingest.articles order by published_on"))
                .ShouldBe(["0001-01-01", "2026-01-01", "2026-01-01", "9999-12-31"]);
            (await database.RowsAsync(
                "select document @@ '''@2026-01-01'''::tsquery from ingest.article_search s join ingest.articles a on a.id = s.article_id "
                    + "where a.title = 'Rain first'"))
                .ShouldBe(["True"]);
            (await database.RowsAsync("select count(*) from ingest.dated_articles where text is null")).ShouldBe(["0"]);
        }
    }
}

using Ingest.Identity;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Tests.Storage;

/// <summary>Which texts are one story, whatever stands under them and in whatever order they come.</summary>
public sealed class DuplicateSearchTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_that_sites_write_under_their_posts_make_no_story_and_hide_none()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.ExecuteAsync("""
            insert into ingest.sources (id, name, url, configured_url, slot, depth, state, full_text, tags, next_poll_at, failure_weight, created_at, updated_at)
            select n, 's' || n, 'https://example.org/f', 'https://example.org/f', 1, 0, 'active', 'auto', '{}', now(), 0, now(), now()
            from generate_series(1, 3) n
            """);
        var footer = "\n\n" + SampleText.Body("footer", 2);
        foreach (var (source, post) in new[] { (1, "a"), (1, "b"), (1, "c"), (2, "d"), (2, "e"), (3, "f") })
            await SaveAsync(database, source, post, SampleText.Body(post, 1)[..(30 + (20 * source))] + "." + footer);
        (await database.RowsAsync("select title from ingest.articles where story_id is not null")).ShouldBeEmpty();

        await SaveAsync(database, 1, "wire", SampleText.Body("wire", 5) + footer);
        await SaveAsync(database, 2, "copy", SampleText.Body("ours", 1) + "\n\n" + SampleText.Body("wire", 5) + footer);
        (await database.RowsAsync("select title from ingest.articles where story_id is not null order by id")).ShouldBe(["wire", "copy"]);
    }

    [Fact]
    public async Task Parts_that_came_before_the_whole_and_have_nothing_in_common_tell_its_story()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var whole = SampleText.Paragraphs("whole", 9);
        await SaveAsync(database, null, "beginning", string.Join("\n\n", whole.Take(3)));
        await SaveAsync(database, null, "end", string.Join("\n\n", whole.Skip(6)));
        await SaveAsync(database, null, "another", SampleText.Body("another", 4));
        await SaveAsync(database, null, "whole", string.Join("\n\n", whole));

        (await database.RowsAsync("select title from ingest.articles where story_id is not null order by id")).ShouldBe(["beginning", "end", "whole"]);
        (await database.RowsAsync("select articles from ingest.stories")).ShouldBe(["3"]);
    }

    private static Task<int> SaveAsync(ArticleDatabase database, int? source, string name, string body)
    {
        var search = new DuplicateSearch(new DuplicatesOptions());
        var article = ArticleDatabase.Article(name, name, body: body);
        var row = new FromSource<StoredArticle>(source, new StoredArticle(ArticleKey.Of(article.Url), article, PageState.None));
        return database.Door.SaveAsync(
            async (connection, ct) =>
            {
                var found = await search.FindAsync(connection, [row], static _ => new DateOnly(2026, 1, 2), ct);
                return await connection.ExecuteAsync(
                    [ArticleSql.Own.Insert([row], ArticleDatabase.Now), .. search.Commands(found, ArticleDatabase.Now)], ct);
            },
            Ct);
    }
}

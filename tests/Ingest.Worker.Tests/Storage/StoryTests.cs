using CsCheck;
using Ingest.Identity;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Postgres;
using Npgsql;

namespace Ingest.Worker.Tests.Storage;

/// <summary>Stories tell the articles that are there, whatever joins and whatever is removed.</summary>
public sealed class StoryTests(PostgresFixture postgres)
{
    // Whatever is wrong with any story, in words.
    private const string Wrong = """
        select 'story ' || s.id || ' counts ' || s.articles || ' and has ' || m.articles || ', led: ' || m.led
        from ingest.stories s
        cross join lateral (select count(*) as articles, coalesce(bool_or(a.id = s.id), false) as led from ingest.articles a where a.story_id = s.id) m
        where m.articles <> s.articles or m.articles < 2 or not m.led
        union all select 'article ' || id || ' is of no story' from ingest.articles a where story_id is not null
          and not exists (select from ingest.stories s where s.id = a.story_id)
        """;

    private const string Waiting = "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_joins_and_is_removed_stories_have_their_leader_and_their_number()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var step = Gen.OneOf(
            Gen.Select(Gen.Int[0, 11], Gen.Int[0, 11]).Array[1, 6].Select(static pairs => (Joined: pairs, Removed: Array.Empty<int>())),
            Gen.Int[0, 11].Array[1, 4].Select(static removed => (Joined: Array.Empty<(int, int)>(), Removed: removed)));
        await step.Array[4, 12].SampleAsync(
            async steps =>
            {
                await database.ExecuteAsync("delete from ingest.articles");
                await database.SaveAsync([.. Enumerable.Range(0, 12).Select(static n => ArticleDatabase.Article($"{n}", $"Title {n}"))]);
                foreach (var (joined, removed) in steps)
                {
                    if (joined.Length > 0) await JoinAsync(database, joined);
                    var urls = string.Join(',', removed.Select(static n => $"'https://example.org/{n}'"));
                    if (removed.Length > 0) await database.ExecuteAsync($"delete from ingest.articles where url in ({urls})");
                    (await database.RowsAsync(Wrong)).ShouldBeEmpty();
                }
            },
            iter: 25,
            threads: 1);
        await database.ExecuteAsync("delete from ingest.articles");
        (await database.RowsAsync("select id from ingest.stories")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("0', 'https://example.org/1")]
    public async Task An_article_that_joins_while_others_are_removed_joins_what_is_left(string removed)
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync([.. Enumerable.Range(0, 4).Select(static n => ArticleDatabase.Article($"{n}", $"Title {n}"))]);
        await JoinAsync(database, [(1, 0), (2, 0)]);
        await using var remover = await database.Door.DataSource.OpenConnectionAsync(Ct);
        await using var removal = await remover.BeginTransactionAsync(Ct);
        await using (var delete = new NpgsqlCommand($"delete from ingest.articles where url in ('https://example.org/{removed}')", remover))
            await delete.ExecuteNonQueryAsync(Ct);

        var join = JoinAsync(database, [(3, 0)]);
        while (!join.IsCompleted && (await database.RowsAsync(Waiting)).Count == 0) await Task.Delay(5, Ct);
        await removal.CommitAsync(Ct);
        await join;

        (await database.RowsAsync(Wrong)).ShouldBeEmpty();
        var left = removed.Length > 1 ? "0" : removed == "0" ? "2" : "3";
        (await database.RowsAsync("select count(*) from ingest.articles where story_id is not null")).ShouldBe([left]);
    }

    [Fact]
    public async Task Stories_that_lost_articles_to_an_earlier_version_are_mended_a_portion_a_run()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync([.. Enumerable.Range(0, 12).Select(static n => ArticleDatabase.Article($"{n}", $"Title {n}"))]);
        await JoinAsync(database, [(1, 0), (2, 0), (3, 0), (5, 4), (7, 6), (8, 6), (10, 9)]);
        await database.ExecuteAsync("""
            alter table ingest.articles disable trigger record_removed;
            delete from ingest.articles where title in ('Title 0', 'Title 5', 'Title 8');
            alter table ingest.articles enable trigger record_removed
            """);
        var newest = await database.RowsAsync("select max(id) from ingest.articles where title in ('Title 1', 'Title 2', 'Title 3')");

        var upkeep = new StoryUpkeep(database.Door) { StoriesAtATime = 3 };
        (await upkeep.RunAsync(Ct) + await upkeep.RunAsync(Ct)).ShouldBe(3);
        (await upkeep.RunAsync(Ct)).ShouldBe(0);
        (await database.RowsAsync(Wrong)).ShouldBeEmpty();
        (await database.RowsAsync("select articles from ingest.stories order by id")).ShouldBe(["3", "2", "2"], ignoreOrder: true);

        // The newest leads those that lost their leader, and agrees with nothing that is there.
        (await database.RowsAsync($"select story_id from ingest.articles where id = {newest[0]} and story_similarity is null")).ShouldBe(newest);
        (await database.RowsAsync("select title from ingest.articles where story_id is null")).ShouldBe(["Title 4", "Title 11"], ignoreOrder: true);
    }

    private static Task<int> JoinAsync(ArticleDatabase database, IReadOnlyList<(int Article, int Other)> pairs)
    {
        static ArticleKey Key(int n) => ArticleKey.Of(new Uri($"https://example.org/{n}"));

        // Of those that come together each is linked with what is there, as the search for near-duplicates does it.
        var articles = pairs.Select(static pair => pair.Article).ToHashSet();
        var links = pairs.Where(pair => !articles.Contains(pair.Other)).DistinctBy(static pair => pair.Article)
            .Select(static pair => new StoryLink(Key(pair.Article), Key(pair.Other), 0.9)).ToList();
        return database.Door.SaveAsync((connection, ct) => connection.ExecuteAsync(StorySql.Join(links, ArticleDatabase.Now), ct), Ct);
    }
}

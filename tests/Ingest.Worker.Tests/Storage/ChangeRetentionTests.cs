using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Search;
using Npgsql;

namespace Ingest.Worker.Tests.Storage;

/// <summary>The log of changes is trimmed behind those who follow, and nobody hears less than they think.</summary>
public sealed class ChangeRetentionTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Now = ArticleDatabase.Now;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Old_changes_that_were_overtaken_go_and_whoever_begins_anew_hears_of_every_article()
    {
        await using var database = await CreateAsync();
        await database.IndexAsync(SearchScope.Headlines);
        var retention = new ChangeRetention(database.Door) { AtATime = 2 };

        (await retention.TrimAsync(Now, Ct)).ShouldBe(0);
        (await retention.TrimAsync(Now.AddDays(89), Ct)).ShouldBe(0);
        // One was added and revised, two was added and removed; three stays as it was.
        (await retention.TrimAsync(Now.AddDays(90), Ct)).ShouldBe(3);
        (await retention.TrimAsync(Now.AddDays(91), Ct)).ShouldBe(0);

        (await database.RowsAsync("select c.kind, a.title from ingest.changes_since('') c left join ingest.articles a on a.id = c.article_id"))
            .ShouldBe(["added|three", "revised|one"]);
        await database.Index.CatchUpAsync(SearchScope.Off, Ct);
        (await database.IndexAsync(SearchScope.Headlines)).ShouldBe(2);
        (await database.SearchAsync("three", "en")).ShouldBe(["three"]);
    }

    [Fact]
    public async Task A_cursor_from_before_is_refused_in_words_and_one_that_was_given_since_is_not()
    {
        await using var database = await CreateAsync();
        var cursors = await database.RowsAsync("select next_cursor from ingest.changes_since('')");
        var retention = new ChangeRetention(database.Door);
        await retention.TrimAsync(Now, Ct);
        await database.SaveAsync(ArticleDatabase.Article("4", "four"));
        await database.SettleAsync();
        var late = (await database.RowsAsync("select next_cursor from ingest.changes_since($1)", cursors[^1]))[0];

        await retention.TrimAsync(Now.AddDays(90), Ct);

        foreach (var old in (string[])[.. cursors, cursors[0][9..]])
        {
            var refused = await Should.ThrowAsync<PostgresException>(() => database.RowsAsync("select * from ingest.changes_since($1)", old));
            refused.SqlState.ShouldBe("22023");
            refused.MessageText.ShouldStartWith($"cursor {old} is older than this log is whole");
        }

        (await database.RowsAsync("select count(*) from ingest.changes_since($1)", late)).ShouldBe(["0"]);
        var anew = (await database.RowsAsync("select next_cursor from ingest.changes_since('', 1)"))[0];
        anew.ShouldContain("-1.");
        (await database.RowsAsync("select a.title from ingest.changes_since($1) c join ingest.articles a on a.id = c.article_id", anew))
            .ShouldBe(["one", "four"]);
    }

    [Fact]
    public async Task What_the_search_index_has_not_taken_stays_and_a_log_that_is_numbered_anew_begins_anew()
    {
        await using var database = await CreateAsync();
        var retention = new ChangeRetention(database.Door);
        await database.ExecuteAsync("update ingest.search_progress set scope = 'Headlines'");
        await retention.TrimAsync(Now, Ct);
        (await retention.TrimAsync(Now.AddDays(90), Ct)).ShouldBe(0);
        await database.IndexAsync(SearchScope.Headlines);
        (await retention.TrimAsync(Now.AddDays(90), Ct)).ShouldBe(3);

        await database.ExecuteAsync("update ingest.article_changes set xid = '123456789012' where kind = 'added'");
        (await database.RowsAsync("select ingest.rebase_changes()")).ShouldBe(["2"]);
        (await database.RowsAsync("select count(*) from ingest.change_days")).ShouldBe(["0"]);
        await retention.TrimAsync(Now.AddDays(180), Ct);
        await retention.TrimAsync(Now.AddDays(270), Ct);
        (await database.RowsAsync("select count(*) from ingest.changes_since('')")).ShouldBe(["2"]);
    }

    // Three articles, of which one is revised and one removed: five changes.
    private async Task<ArticleDatabase> CreateAsync()
    {
        var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(ArticleDatabase.Article("1", "one"), ArticleDatabase.Article("2", "two"), ArticleDatabase.Article("3", "three"));
        await database.ExecuteAsync("update ingest.articles set fingerprint = gen_random_uuid(), revision = 2 where title = 'one'");
        await database.ExecuteAsync("delete from ingest.articles where title = 'two'");
        await database.SettleAsync();
        return database;
    }
}

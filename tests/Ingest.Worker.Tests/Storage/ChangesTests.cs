using Npgsql;

namespace Ingest.Worker.Tests.Storage;

public sealed class ChangesTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Writers_that_commit_late_are_neither_skipped_nor_seen_twice()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var ct = TestContext.Current.CancellationToken;
        await database.SaveAsync(ArticleDatabase.Article("1", "before"));
        await database.SettleAsync();
        await using var late = await database.Door.DataSource.OpenConnectionAsync(ct);
        await using var transaction = await late.BeginTransactionAsync(ct);
        await InsertAsync(late, "late");
        await database.SaveAsync(ArticleDatabase.Article("2", "early"));

        // The early one committed, and its number is higher than that of a transaction that may still add something before it.
        var reader = new ChangeReader(database);
        (await reader.ReadAsync(100)).ShouldBe(["added before"]);
        await transaction.CommitAsync(ct);
        await database.SettleAsync();
        (await reader.ReadAsync(100)).ShouldBe(["added late", "added early"]);
        (await reader.ReadAsync(100)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_change_comes_exactly_once_while_many_writers_commit_in_any_order()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var reader = new ChangeReader(database);
        var seen = new List<string>();
        var writers = Task.WhenAll(Enumerable.Range(0, 8).Select(writer => WriteAsync(database, writer, transactions: 25)));
        while (!writers.IsCompleted) seen.AddRange(await reader.ReadAsync(7));
        await writers;
        await database.SettleAsync();
        while (await reader.ReadAsync(7) is { Count: > 0 } rest) seen.AddRange(rest);

        var expected = Enumerable.Range(0, 8).SelectMany(
            static writer => Enumerable.Range(0, 25).Where(static i => i % 5 != 4).SelectMany(i => new[] { $"added {writer}-{i}-a", $"added {writer}-{i}-b" }));
        seen.Where(static change => change.StartsWith("added", StringComparison.Ordinal)).ShouldBe(expected, ignoreOrder: true);
        seen.Count(static change => change.StartsWith("revised", StringComparison.Ordinal)).ShouldBe(8 * 25);
    }

    [Fact]
    public async Task Each_kind_of_change_is_told()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var reader = new ChangeReader(database);
        await database.SaveAsync(ArticleDatabase.Article("1", "one"), ArticleDatabase.Article("2", "two"));
        await database.SaveAsync(ArticleDatabase.Article("1", "one again"));
        await database.ExecuteAsync("update ingest.articles set body = 'x', fingerprint = gen_random_uuid() where title = 'one'");
        await database.ExecuteAsync("update ingest.articles set fingerprint = gen_random_uuid(), revision = 2 where title = 'one'");
        await database.ExecuteAsync("update ingest.articles set gone_at = now() where title = 'one'");
        await database.ExecuteAsync("update ingest.articles set page_error = 'x', updated_at = now()");
        await database.ExecuteAsync("delete from ingest.articles where title = 'two'");

        await database.SettleAsync();
        (await reader.ReadAsync(100)).ShouldBe(["added one", "added ", "completed one", "revised one", "marked one", "removed "]);
    }

    [Fact]
    public async Task A_cursor_that_is_none_is_refused()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);

        foreach (var cursor in (string[])["x", "1", "1.x", "99999999999.1", "-1.1", "0123456g.1.1", "01234567.1.1"])
            (await Should.ThrowAsync<PostgresException>(() => database.RowsAsync("select * from ingest.changes_since($1)", cursor))).SqlState.ShouldBe("22023");
    }

    [Fact]
    public async Task A_restored_log_tells_nothing_until_it_is_rebased_and_then_everything_from_its_beginning()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(ArticleDatabase.Article("1", "one"), ArticleDatabase.Article("2", "two"));
        await database.ExecuteAsync("update ingest.article_changes set xid = '123456789012' where article_id = (select max(id) from ingest.articles)");
        var reader = new ChangeReader(database);
        (await Should.ThrowAsync<PostgresException>(() => reader.ReadAsync(10))).SqlState.ShouldBe("55000");

        (await database.RowsAsync("select ingest.rebase_changes()")).ShouldBe(["2"]);
        await database.SaveAsync(ArticleDatabase.Article("3", "three"));
        await database.SettleAsync();
        (await reader.ReadAsync(10)).ShouldBe(["added one", "added two", "added three"]);
    }

    [Fact]
    public async Task A_cursor_goes_on_from_its_change_or_is_refused_in_words()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(ArticleDatabase.Article("1", "one"), ArticleDatabase.Article("2", "two"));
        await database.SettleAsync();
        var cursor = (await database.RowsAsync("select next_cursor from ingest.changes_since('', 1)"))[0];

        // That of a version which knew no epoch, too.
        foreach (var good in (string[])[cursor, cursor[9..]])
            (await database.RowsAsync("select count(*) from ingest.changes_since($1)", good)).ShouldBe(["1"]);

        await RefusedAsync(cursor + "7", "not in this log");
        await database.RowsAsync("select ingest.rebase_changes()");
        await RefusedAsync(cursor, "another epoch");
        (await database.RowsAsync("select count(*) from ingest.changes_since('')")).ShouldBe(["2"]);

        async Task RefusedAsync(string bad, string why)
        {
            var refused = await Should.ThrowAsync<PostgresException>(() => database.RowsAsync("select * from ingest.changes_since($1)", bad));
            refused.SqlState.ShouldBe("22023");
            refused.MessageText.ShouldContain(why);
        }
    }

    [Fact]
    public async Task Listeners_hear_the_numbers_of_new_articles_when_they_are_committed()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var ct = TestContext.Current.CancellationToken;
        await using var listener = await database.Door.DataSource.OpenConnectionAsync(ct);
        var heard = new List<string>();
        listener.Notification += (_, notification) => heard.Add(notification.Payload);
        await using (var listen = new NpgsqlCommand("listen ingest_articles", listener)) await listen.ExecuteNonQueryAsync(ct);
        await database.SaveAsync([.. Enumerable.Range(0, 1000).Select(static i => ArticleDatabase.Article($"{i}", $"{i}"))]);
        while (heard.Count < 3) await listener.WaitAsync(ct);

        heard.ShouldAllBe(static payload => payload.StartsWith("added ", StringComparison.Ordinal) && payload.Length < 8000);
        var ids = heard.SelectMany(static payload => payload["added ".Length..].Split(',')).ToList();
        ids.ShouldBe(await database.RowsAsync("select id from ingest.articles order by id"));
    }

    private static async Task WriteAsync(ArticleDatabase database, int writer, int transactions)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var connection = await database.Door.DataSource.OpenConnectionAsync(ct);
        var random = new Random(writer);
        for (var i = 0; i < transactions; i++)
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            var rollback = i % 5 == 4;
            await InsertAsync(connection, $"{writer}-{i}-a");
            if (random.Next(2) == 0) await Task.Delay(random.Next(8), ct);
            await InsertAsync(connection, $"{writer}-{i}-b");
            if (rollback) await transaction.RollbackAsync(ct);
            else await transaction.CommitAsync(ct);
            await using var revise = new NpgsqlCommand(
                $"update ingest.articles set revision = revision + 1, fingerprint = gen_random_uuid() where title = '{writer}-0-a'", connection);
            await revise.ExecuteNonQueryAsync(ct);
        }
    }

    private static async Task InsertAsync(NpgsqlConnection connection, string title)
    {
        await using var command = new NpgsqlCommand(
            $"""
            insert into ingest.articles (article_key, url, published_on, date_source, title, title_source, headline, description, body, body_source, authors,
              word_count, categories,
                                         live_blog, fingerprint, page_state, first_seen_at, updated_at)
            values (gen_random_uuid(), 'https://example.org/{title}', '2026-01-01', 'archive', '{title}', 'archive', '', '', '', 'none', array[]::text[], 0,
              array[]::text[], false, gen_random_uuid(), 'none', now(), now())
            """,
            connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Follows the changes as a consumer would.</summary>
    private sealed class ChangeReader(ArticleDatabase database)
    {
        private string cursor = "";

        public async Task<IReadOnlyList<string>> ReadAsync(int rows)
        {
            var changes = await database.RowsAsync(
                "select c.next_cursor, c.kind || ' ' || coalesce(a.title, '') from ingest.changes_since($1, $2) c left "
                    + "join ingest.articles a on a.id = c.article_id",
                cursor,
                rows);
            if (changes.Count > 0) cursor = changes[^1].Split('|')[0];
            return [.. changes.Select(static change => change.Split('|')[1])];
        }
    }
}

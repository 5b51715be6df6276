using System.Globalization;
using Ingest.Worker.Storage.Search;
using Npgsql;
using static Ingest.Worker.Tests.Storage.ArticleDatabase;

namespace Ingest.Worker.Tests.Storage;

/// <summary>What analysts ask in functions: how much was written of something, and what an author wrote last; right, and without reading all else.</summary>
public sealed class TrendTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trend_counts_exactly_what_search_finds_by_period_language_and_source()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(
            Article("1", "Rain in the valley", day: "2026-01-01", language: "en-GB"), Article("2", "Rain spell", day: "2026-01-01"),
            Article("3", "Snow", day: "2026-01-01"), Article("4", "Rain", day: "2026-01-04", language: null),
            Article("5", "Sun", day: "2026-02-28"), Article("6", "Rain", day: "2031-05-01", language: "de"));
        await database.IndexAsync(SearchScope.Headlines);

        (await TrendAsync("rain, step => 'day'")).ShouldBe(["2026-01-01||2|3|0.67", "2026-01-04||1|1|1", "2026-02-28||0|1|0", "2031-05-01||1|1|1"]);
        (await TrendAsync("rain, step => 'week'")).ShouldBe(["2025-12-29||3|4|0.75", "2026-02-23||0|1|0", "2031-04-28||1|1|1"]);
        (await TrendAsync("rain, '2026-01-02', '2026-12-31', 'month'")).ShouldBe(["2026-01-01||1|1|1", "2026-02-01||0|1|0"]);
        (await TrendAsync("rain, step => 'year'")).ShouldBe(["2026-01-01||3|5|0.6", "2031-01-01||1|1|1"]);
        (await TrendAsync("\"rain spell\" or snow, step => 'year'")).ShouldBe(["2026-01-01||2|5|0.4", "2031-01-01||0|1|0"]);
        (await TrendAsync("rain, step => 'year', by => 'language'"))
            .ShouldBe(["2026-01-01|en|2|4|0.5", "2026-01-01||1|1|1", "2031-01-01|de|1|1|1"]);
        (await TrendAsync("rain, '2026-01-01', '2026-01-01', by => 'source'")).ShouldBe(["2026-01-01||2|3|0.67"]);
        (await TrendAsync("-rain")).ShouldBeEmpty();
        (await TrendAsync("rain, '2027-01-01', '2027-12-31'")).ShouldBeEmpty();

        Task<IReadOnlyList<string>> TrendAsync(string call)
        {
            // The question, and what stands behind it.
            var (question, rest) = (call.Split(',')[0], call[call.Split(',')[0].Length..]);
            return database.RowsAsync(
                $"select period::text, part, matches, articles, trim_scale(round(share::numeric, 2)) from ingest.trend('{question}'{rest})");
        }
    }

    [Theory]
    [InlineData("step => 'hour'", "a step of hour is not counted by")]
    [InlineData("step => null", "a step of null is not counted by")]
    [InlineData("by => 'author'", "articles are not told apart by author")]
    public async Task What_is_not_counted_by_is_refused_in_words(string argument, string words)
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var refused = await Should.ThrowAsync<PostgresException>(() => database.RowsAsync($"select * from ingest.trend('rain', {argument})"));
        (refused.SqlState, refused.MessageText).ShouldBe((PostgresErrorCodes.InvalidParameterValue, words));
    }

    [Fact]
    public async Task A_trend_of_some_days_and_the_newest_of_an_author_read_little_else_however_they_are_asked()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        foreach (var statement in Docs.CookbookCostTests.Others.Split(';')) await database.ExecuteAsync(statement);
        await database.IndexAsync(SearchScope.Headlines);
        await database.ExecuteAsync("vacuum analyze");
        await using var connection = await database.Door.DataSource.OpenConnectionAsync(Ct);
        await ExecuteAsync("set plan_cache_mode = force_generic_plan");

        // 30 articles a day, all of which speak of a title.
        (await ReadAsync("select sum(matches)::text from ingest.trend('title', '2025-08-10', '2025-08-11')", "60", "article_search")).ShouldBeLessThan(2000);
        (await ReadAsync("select count(*)::text from ingest.by_author('Author 7')", "12", "articles")).ShouldBeLessThan(50);
        (await ReadAsync("select count(*)::text from ingest.by_author('Nobody')", "0", "articles")).ShouldBeLessThan(5);
        await ExecuteAsync("update ingest.articles set authors = array['Agency'] where id % 4 = 0");
        (await ReadAsync("select count(*)::text from ingest.by_author('Agency')", "20", "articles")).ShouldBeLessThan(1500);

        async Task<long> ReadAsync(string question, string answer, string table)
        {
            var before = await RowsReadAsync(table);
            (await ScalarAsync(question)).ShouldBe(answer, question);
            return await RowsReadAsync(table) - before;
        }

        async Task<long> RowsReadAsync(string table)
        {
            await ScalarAsync("select pg_stat_force_next_flush()::text");
            return long.Parse(
                (string)(await ScalarAsync(
                    $"select (seq_tup_read + idx_tup_fetch)::text from pg_stat_user_tables where relid = 'ingest.{table}'::regclass"))!,
                CultureInfo.InvariantCulture);
        }

        async Task<object?> ScalarAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteScalarAsync(Ct);
        }

        Task ExecuteAsync(string sql) => ScalarAsync(sql);
    }

    [Fact]
    public async Task The_newest_of_an_author_are_the_newest_whether_he_is_rare_or_frequent()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        foreach (var statement in Docs.CookbookCostTests.Others.Split(';')) await database.ExecuteAsync(statement);
        foreach (var author in (string[])["Author 7", "Agency"])
        {
            if (author == "Agency") await database.ExecuteAsync("update ingest.articles set authors = array['Agency'] where published_on < '2025-09-01'");
            foreach (var rows in (string[])["0", "5", "30", "4000", "null"])
                (await database.RowsAsync($"select article_id from ingest.by_author('{author}', {rows})")).ShouldBe(
                    await database.RowsAsync(
                        $"select id from ingest.articles where authors @> array['{author}'] order by published_on desc, id desc limit {rows}"));
        }

        (await database.RowsAsync("select count(*) from ingest.by_author('Agency', -1)")).ShouldBe(["0"]);
    }
}

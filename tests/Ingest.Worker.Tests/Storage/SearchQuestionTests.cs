using System.Globalization;
using Ingest.Worker.Storage.Search;
using Npgsql;

namespace Ingest.Worker.Tests.Storage;

/// <summary>Questions as people and programs ask them: what they mean, how much of them counts, and what is said of what was not looked at.</summary>
public sealed class SearchQuestionTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task How_many_match_is_told_exactly_up_to_a_thousand_and_then_that_there_are_more()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(
            [
                .. Enumerable.Range(0, 1001).Select(
                    static i => ArticleDatabase.Article($"{i}", $"Rain {(i < 1000 ? "thousand" : "")} {(i < 3 ? "three" : "")}")),
            ]);
        await database.IndexAsync(SearchScope.Headlines);

        foreach (var (asked, told) in ((string, string)[])[("three", "3|3|True"), ("thousand", "20|1000|True"), ("rain", "20|1000|False")])
            (await database.RowsAsync("select count(*), max(matches), bool_and(all_found) from ingest.search($1)", asked)).ShouldBe([told], asked);
    }

    [Fact]
    public async Task A_question_that_asks_for_nothing_finds_nothing()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(ArticleDatabase.Article("1", "Rain"), ArticleDatabase.Article("2", "Snow and storm"), ArticleDatabase.Article("3", "Fog"));
        await database.IndexAsync(SearchScope.Headlines);

        foreach (var nothing in (string[])["\"\" - or ( & !", "-rain", "-rain or -\"snow storm\"", "or", "\"", "- -", "the"])
        {
            (await database.SearchAsync(nothing, "en")).ShouldBeEmpty(nothing);
            if (nothing != "the") (await database.SearchAsync(nothing)).ShouldBeEmpty(nothing);
        }

        (await database.SearchAsync("rain or -snow")).ShouldBe(["Rain"]);
        (await database.SearchAsync("--rain snow or fog")).ShouldBe(["Fog", "Snow and storm"], ignoreOrder: true);
        (await database.SearchAsync("\"snow and storm\" \"rain or")).ShouldBeEmpty();
        (await database.SearchAsync("\"snow and storm\" or \"rain")).ShouldBe(["Snow and storm", "Rain"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_word_that_is_none_in_a_language_need_not_be_there_in_its_articles_alone()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(
            ArticleDatabase.Article("1", "War in Spain"),
            ArticleDatabase.Article("2", "Spain today"),
            ArticleDatabase.Article("3", "Spain heute", language: "de"),
            ArticleDatabase.Article("4", "The towns of Spain"),
            ArticleDatabase.Article("5", "Towns of Spain", language: null),
            ArticleDatabase.Article("6", "Towns in Spain", language: null));
        await database.IndexAsync(SearchScope.Headlines);

        (await database.SearchAsync("war spain")).ShouldBe(["War in Spain", "Spain heute"], ignoreOrder: true);
        (await database.SearchAsync("war")).ShouldBe(["War in Spain"]);
        (await database.SearchAsync("spain -war")).ShouldNotContain("War in Spain");
        (await database.SearchAsync("\"towns of spain\"")).ShouldBe(["The towns of Spain", "Towns of Spain"], ignoreOrder: true);
    }

    [Fact]
    public async Task Of_a_long_question_a_bounded_number_of_words_and_forms_counts()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var words = Enumerable.Range(0, 200)
            .Select(static i => string.Create(CultureInfo.InvariantCulture, $"national{(char)('a' + (i % 26))}ity{i}s")).ToList();
        foreach (var (by, quote) in ((string, string)[])[(" ", ""), (" or ", ""), (" -", ""), (" ", "-\""), (" or ", "\"")])
        {
            var asked = "rain " + string.Join(by, words.Select(word => quote + word + (quote.Length > 0 ? " s\"" : "")));
            (await database.RowsAsync("select forms <= 120 and numnode(matched) < 500 and numnode(wanted) < 240 from ingest.search_parse($1)", asked))
                .ShouldBe(["True"]);
        }

        // A word that is asked for twice is asked for once.
        (await database.RowsAsync(
            "select numnode(matched), numnode(wanted) from ingest.search_parse($1, 'en')", string.Join(" or ", Enumerable.Repeat("rain rains rain", 20))))
            .ShouldBe(["1|1"]);
    }

    [Fact]
    public async Task What_excludes_is_not_ranked_and_other_words_rank_by_nearness()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        (await database.RowsAsync("select ranked::text, wanted::text from ingest.search_parse('rain \"snow storm\" -hail -\"thick fog\"', 'en')"))
            .ShouldBe(["'rain' & 'snow' <-> 'storm'|'rain' | 'snow' | 'storm'"]);
    }

    [Fact]
    public async Task A_search_that_ends_at_its_time_limit_says_so_and_tells_no_number_for_the_whole()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(
            ArticleDatabase.Article("1", "Rain in spring", "The rain in spring.", day: "2024-06-28"),
            ArticleDatabase.Article("2", "Rains before", day: "2024-06-20"));
        await database.IndexAsync(SearchScope.Headlines);
        await using var connection = await database.Door.DataSource.OpenConnectionAsync(Ct);
        var warnings = new List<string>();
        connection.Notice += (_, notice) => warnings.Add(notice.Notice.MessageText);

        // Few need no limit to be found; what is left to be done with them is done the short way.
        (await AskAsync("set ingest.search_limit = '0 s'; select matches, all_found, snippet from ingest.search('rain')"))
            .ShouldBe("2|True|The rain in spring.");
        warnings.ShouldBeEmpty();
        await database.ExecuteAsync("""
            insert into ingest.article_search (article_id, published_on, document)
            select 1000000 + n, day, array_to_tsvector(array['rain', '@en', '@2024', '@' || to_char(day, 'YYYY-MM'), '@' || day])
            from generate_series(1, 40000) n, lateral (select '2024-01-01'::date + n / 223 as day) days;
            analyze ingest.article_search
            """);
        (await AskAsync("select count(*), bool_or(all_found) from ingest.search('rain')")).ShouldBe("1|False");
        warnings.ShouldHaveSingleItem().ShouldBe("the search ended at its time limit: of what was published before 2024-06-21, nothing was looked at");
        (await AskAsync("set ingest.search_limit = '1 hour'; select matches > 85, snippet from ingest.search('rain')")).ShouldBe("True|<b>rain</b> in spring");

        async Task<string> AskAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await using var reader = await command.ExecuteReaderAsync(Ct);
            (await reader.ReadAsync(Ct)).ShouldBeTrue();
            return string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue));
        }
    }
}

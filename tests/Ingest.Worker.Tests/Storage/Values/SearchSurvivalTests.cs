using System.Globalization;
using System.Text;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Search;

namespace Ingest.Worker.Tests.Storage.Values;

/// <summary>No article stops the search index from following, and no question the search.</summary>
public sealed class SearchSurvivalTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Long_texts_of_all_kinds_are_indexed_by_their_beginning()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var random = new Random(3);
        var texts = new[]
        {
            Text(random, 170_000, 1, static r => (char)r.Next(0x4E00, 0x9FFF)), Text(random, 170_000, 1, static r => (char)r.Next(0xAC00, 0xD7A3)),
            Text(random, 170_000, 1, static r => (char)r.Next(0x0E01, 0x0E2E)),
            Text(random, 400_000, 3, static r => (char)r.Next(0x0400, 0x0500)), Text(random, 400_000, 2, static r => (char)r.Next(0x1200, 0x1300)),
            Text(random, 400_000, 6, static r => (char)r.Next('a', 'z' + 1)),
            Text(random, 400_000, 1, static r => "a-b.c/d@e:f_1"[r.Next(13)]), Text(random, 400_000, 7, static r => "漢字かな-ＡＢabc/."[r.Next(12)]),
            string.Concat(Enumerable.Range(0, 60_000).Select(
                i => FormattableString.Invariant($"{(char)(0x4E00 + random.Next(20_000))}-{(char)(0x10A0 + random.Next(80))} "))),
            string.Concat(Enumerable.Range(0, 40_000).Select(i => FormattableString.Invariant($"http://h{i}.example/{i}?q={i} "))),
        };
        await database.SaveAsync([.. texts.SelectMany(static (text, i) => new[]
        {
            ArticleDatabase.Article(FormattableString.Invariant($"d{i}"), $"Lengthy {text[..9_000]}", text, text, language: null),
            ArticleDatabase.Article(FormattableString.Invariant($"b{i}"), "Lengthy", "", text, language: "en"),
        })]);

        (await database.IndexAsync(SearchScope.Body)).ShouldBe(2 * texts.Length);
        (await database.RowsAsync("select count(*) from ingest.search('lengthy')")).ShouldBe([FormattableString.Invariant($"{2 * texts.Length}")]);
        (await database.RowsAsync("select count(*) from ingest.refusals")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task An_article_that_cannot_be_indexed_is_skipped_noted_and_tried_again_by_another_version()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(
            [
                .. Enumerable.Range(0, 300).Select(
                    static i => ArticleDatabase.Article(FormattableString.Invariant($"{i}"), FormattableString.Invariant($"Rain number{i}"))),
            ]);
        await database.ExecuteAsync("alter table ingest.article_search add constraint odd check (not document @@ 'number7 | number120 | number121'::tsquery)");

        (await database.IndexAsync(SearchScope.Headlines)).ShouldBe(300);

        (await database.SearchAsync("number299", "en")).ShouldBe(["Rain number299"]);
        (await database.RowsAsync("select url, sql_state, times from ingest.refusals where work = 'search' order by url"))
            .ShouldBe(["https://example.org/120|23514|1", "https://example.org/121|23514|1", "https://example.org/7|23514|1"]);
        (await database.RowsAsync("select count(*) from ingest.article_search")).ShouldBe(["297"]);
        (await new StatusStore(database.Door).LoadAsync(ArticleDatabase.Now, Ct))
            .Single(static fact => fact.Name == "refused rows and articles").Value.ShouldBe(3L);

        // The same version does not try again; another one does, and only what it cannot do stays.
        await database.ExecuteAsync("alter table ingest.article_search drop constraint odd");
        await database.ExecuteAsync("alter table ingest.article_search add constraint odd check (not document @@ 'number121'::tsquery)");
        await database.IndexAsync(SearchScope.Headlines);
        (await database.SearchAsync("number7", "en")).ShouldBeEmpty();
        await database.ExecuteAsync("update ingest.refusals set version = '0.1.9'");
        await database.IndexAsync(SearchScope.Headlines);
        (await database.SearchAsync("number7", "en")).ShouldBe(["Rain number7"]);
        (await database.RowsAsync("select url, times, version = '0.1.9' from ingest.refusals")).ShouldBe(["https://example.org/121|2|False"]);

        // A text that changed is tried by whichever version.
        await database.ExecuteAsync("update ingest.articles set title = 'Snow', headline = 'Snow', fingerprint = gen_random_uuid() where url like '%/121'");
        await database.IndexAsync(SearchScope.Headlines);
        (await database.SearchAsync("snow", "en")).ShouldBe(["Snow"]);
        (await database.RowsAsync("select count(*) from ingest.refusals")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task What_refuses_every_article_is_no_fault_of_theirs()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync([.. Enumerable.Range(0, 200).Select(static i => ArticleDatabase.Article(FormattableString.Invariant($"{i}"), "Rain"))]);
        await database.ExecuteAsync("alter table ingest.article_search add check (article_id < 0)");

        (await Should.ThrowAsync<Npgsql.PostgresException>(() => database.IndexAsync(SearchScope.Headlines))).SqlState.ShouldBe("23514");
        (await database.RowsAsync("select count(*) from ingest.refusals")).ShouldBe(["50"]);
    }

    [Fact]
    public async Task Articles_at_the_ends_of_the_calendar_are_found_and_a_frequent_word_is_looked_for_only_where_there_are_articles()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(
            ArticleDatabase.Article("1", "Rain first", day: "0001-01-01"),
            ArticleDatabase.Article("2", "Rain last", day: "9999-12-31"),
            ArticleDatabase.Article("3", "Rain now"));
        await database.IndexAsync(SearchScope.Headlines);

        (await database.SearchAsync("rain")).ShouldBe(["Rain last", "Rain now", "Rain first"], ignoreOrder: true);
        (await database.RowsAsync("select published_on::text, left(text, 20) from ingest.dated_articles order by 1"))
            .ShouldBe(["0001-01-01| date 0001-01-01 htt", "2026-01-01| date 2026-01-01 htt", "9999-12-31| date 9999-12-31 htt"]);

        // As if it were a frequent word of a large database.
        await database.ExecuteAsync("update pg_class set reltuples = 40000 where oid = 'ingest.article_search'::regclass");
        (await database.SearchAsync("rain")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Whatever_is_asked_there_is_an_answer()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(ArticleDatabase.Article("1", "Rain and 漢字 in spring", "Rain -- and more", "Rain."), ArticleDatabase.Article("2", "Rain"));
        await database.IndexAsync(SearchScope.Headlines);
        var random = new Random(11);
        string[] parts =
        [
            "-", "\"", " or ", "rain", "(", ")", "!", "&", "|", "<->", ":*", "'", "\\", "漢字", "\u00A0", "\u2019", "%", "$1", "@2026", "{", "}", ",", "--", "\t",
            "é", "\uFFFF", "🜁", "x-y", "a@b.example", "1e9",
        ];
        var questions = parts.SelectMany(
            static part => (string[])[part, Repeat(part, 40), Repeat(part + " ", 700), Repeat($"-{part} ", 300), Repeat($"\"{part} or ", 100)])
            .Concat(Enumerable.Range(0, 150).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => parts[random.Next(parts.Length)]))))
            .Append(new string('x', 100_000)).Append(new string('漢', 100_000));
        foreach (var question in questions)
        {
            var language = (object)(random.Next(3) switch { 0 => "en", 1 => question[..Math.Min(question.Length, 50)], _ => DBNull.Value });
            await database.RowsAsync(
                "select count(*) from ingest.search($1, $2::date, $3::date, $4, $5)",
                question,
                (object)(random.Next(2) == 0 ? "-infinity" : "2026-01-01"),
                (object)(random.Next(2) == 0 ? "infinity" : "2026-01-31"),
                language,
                random.Next(-2, 5));
        }

        // Every two of them together, many times over.
        string[] pairs =
        [
            .. parts
                .SelectMany(_ => parts, static (a, b) => a + b)
                .SelectMany(static pair => (string[])[Repeat(pair, 150), Repeat($"-{pair}", 100), Repeat($"-{pair}-", 100), Repeat($"-{pair} ", 100)]),
        ];
        (await database.RowsAsync("select count(*) from (select ingest.search_query(q, 'en') from unnest($1) as q offset 0) asked", [pairs]))
            .ShouldBe([pairs.Length.ToString(CultureInfo.InvariantCulture)]);
        (await database.SearchAsync("rain ---------------------------------------- spring")).ShouldBe(["Rain and 漢字 in spring"]);
        (await database.SearchAsync("rain -spring", "en")).ShouldBe(["Rain"]);
    }

    private static string Repeat(string part, int times) => string.Concat(Enumerable.Repeat(part, times));

    private static string Text(Random random, int length, int word, Func<Random, char> letter)
    {
        var text = new StringBuilder(length);
        while (text.Length < length)
        {
            if (word > 1 && text.Length % (word + 1) == word) text.Append(' ');
            else text.Append(letter(random));
        }

        return text.ToString();
    }
}

using Ingest.Worker.Storage.Search;

namespace Ingest.Worker.Tests.Storage;

/// <summary>What the search index is asked must not pass over what the query itself would find.</summary>
public sealed class SearchConditionTests(PostgresFixture postgres)
{
    private static readonly string[] Words =
        [
            "rain", "snow", "storm-like", "it's", "o''clock", "a|b", "ann@mail.example", "https://e.example/a(b)|c?d=!e", @"back\slash", "12", "-12", "3.5",
            "storm & rain", "( snow )", "winter", "spring:*", "'quoted'",
        ];

    [Fact]
    public async Task No_article_that_matches_is_skipped_whatever_is_asked()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var random = new Random(5);
        await database.SaveAsync([.. Enumerable.Range(0, 200).Select(i => ArticleDatabase.Article(FormattableString.Invariant($"{i}"), Text(random, 6)))]);
        await database.IndexAsync(SearchScope.Headlines);
        var found = 0L;
        for (var i = 0; i < 60; i++)
        {
            var asked = Quote(Query(random));
            var parsed = (i % 3) switch
            {
                0 => $"ingest.search_query({asked}, 'en')",
                1 => $"ingest.search_query({asked})",
                _ => $"to_tsquery('simple', {Quote(Nested(random, 3))})",
            };
            var condition = (await database.RowsAsync(
                $"select coalesce(ingest.search_condition({parsed}), '')"))[0].Replace("$1", "'{}'::integer[]", StringComparison.Ordinal);
            if (condition.Length == 0) continue;
            var counts = (await database.RowsAsync(
                $"select count(*) filter (where {condition}), count(*) from ingest.article_search s where s.document @@ {parsed}"))[0].Split('|');
            counts[0].ShouldBe(counts[1], $"{parsed}: {condition}");
            found += long.Parse(counts[1], System.Globalization.CultureInfo.InvariantCulture);
        }

        found.ShouldBeGreaterThan(200);
    }

    [Theory]
    [InlineData("rain", "{{rain}}")]
    [InlineData("rain snow", "{{rain,snow}}")]
    [InlineData("rain snow or storm", "{{rain,snow},{storm}}")]
    [InlineData("rain -snow", "{{rain}}")]
    [InlineData("-rain", "{{}}")]
    [InlineData("\"rain and snow\" -\"storm wind\"", "{{rain,and,snow}}")]
    public async Task What_is_asked_for_is_needed_and_what_is_excluded_is_not(string asked, string needed)
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var alternatives = needed[1..^1].Split("},{")
            .Select(static set => set.Trim('{', '}').Split(',', StringSplitOptions.RemoveEmptyEntries))
            .Select(static set => string.Join(", ", set.Select(static word => $"hashtext('{word}')")));
        (await database.RowsAsync($"select needed::text from ingest.search_alternatives(websearch_to_tsquery('simple', {Quote(asked)}))"))
            .ShouldBe(await database.RowsAsync(string.Join(" union all ", alternatives.Select(static set => $"select (array[{set}]::integer[])::text"))));
    }

    [Theory]
    [InlineData("('rain' | 'rains') & 'snow'", "{snow} {rain,rains}")]
    [InlineData("'rain' & ('snow' | 'storm' & ('wind' | 'gale')) & !('hail' | 'fog')", "{rain} {snow,storm}")]
    [InlineData("'rain' & ('snow' | '@de') & ('wind' | !'hail')", "{rain}")]
    [InlineData("!!'rain' & ('snow' | 'storm') <-> ('wind' | 'gale')", "{rain} {snow,storm} {wind,gale}")]
    public async Task Of_a_choice_one_is_needed_unless_most_articles_would_do(string query, string needed)
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var numbers = needed.Split(' ').Select(static set => string.Join(
            " || ',' || ", set.Trim('{', '}').Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static word => $"hashtext('{word}')")));
        var expected = string.Join(" || ' ' || ", numbers.Select(static set => set.Length == 0 ? "'{}'" : $"'{{' || {set} || '}}'"));
        (await database.RowsAsync($"select array_to_string(needed::text || choices, ' ') from ingest.search_alternatives({Quote(query)}::tsquery)"))
            .ShouldBe(await database.RowsAsync($"select {expected}"));
    }

    [Fact]
    public async Task Conditions_are_answered_by_the_index()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var condition = (await database.RowsAsync(
            "select ingest.search_condition(ingest.search_query('rain or snow', 'en'))"))[0].Replace(
                "$1", "array[hashtext('@2026-01')]", StringComparison.Ordinal);
        string.Join('\n', await database.RowsAsync($"explain select from ingest.article_search s where {condition}")).ShouldContain("ix_article_search_words");
    }

    private static string Text(Random random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));

    private static string Query(Random random) => string.Join(' ', Enumerable.Range(0, 1 + random.Next(4)).Select(_ => random.Next(6) switch
    {
        0 => "or",
        1 => "-" + Words[random.Next(Words.Length)],
        2 => $"\"{Text(random, 2)}\"",
        3 => $"-\"{Text(random, 2)}\"",
        _ => Words[random.Next(Words.Length)],
    }));

    private static string Nested(Random random, int depth) => (depth == 0 ? 4 : random.Next(5)) switch
    {
        0 => $"({Nested(random, depth - 1)} & {Nested(random, depth - 1)})",
        1 => $"({Nested(random, depth - 1)} | {Nested(random, depth - 1)})",
        2 => $"!({Nested(random, depth - 1)})",
        3 => $"({Nested(random, depth - 1)} <2> {Nested(random, depth - 1)})",
        _ => $"'{Words[random.Next(Words.Length)].Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'",
    };

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}

using System.Text.RegularExpressions;
using Ingest.Identity;
using Ingest.Text;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Hosts;
using Ingest.Worker.Storage.Tables;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Tests.Storage;

/// <summary>The database has the columns that the table says, and takes the words that the enums say.</summary>
public sealed partial class ColumnTests(PostgresFixture postgres)
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Taken = new(StringComparer.Ordinal)
    {
        ["ck_articles_page_state"] = Words<PageState>.All,
        ["ck_page_queue_state"] = [.. Words<PageState>.All.Except(["none", "read"])],
        ["ck_sources_state"] = Words<SourceState>.All,
        ["ck_sources_validator_trust"] = Words<TrustLevel>.All,
        ["ck_sources_full_text"] = Words<FullText>.All,
        ["ck_fetches_outcome"] = Words<FetchOutcome>.All,
        ["ck_article_aliases_reason"] = [.. Words<NameReason>.All.Except(["guid"])],
        ["ck_article_links_reason"] = ["guid", "canonical", "redirect"],
        ["ck_guesses_outcome"] = Words<GuessOutcome>.All,
        ["ck_robots_files_state"] = Words<RobotsState>.All,
    };

    [Fact]
    public async Task The_columns_of_articles_are_those_of_the_table()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);

        (await database.RowsAsync("""
            select attname, format_type(atttypid, atttypmod), not attnotnull, col_description(attrelid, attnum)
            from pg_attribute where attrelid = 'ingest.articles'::regclass and attnum > 0 and not attisdropped
            """)).ShouldBe(
            ArticleColumns.All.Select(static column => $"{column.Name}|{column.Type}|{column.IsNullable}|{column.Comment}"), ignoreOrder: true);
    }

    [Fact]
    public async Task The_database_takes_the_words_of_the_enums_and_explains_each()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var checks = (await database.RowsAsync(
            "select conname, pg_get_constraintdef(oid) from pg_constraint where contype = 'c' and connamespace = 'ingest'::regnamespace "
                + "and not exists (select from pg_class c where c.oid = conrelid and c.relispartition)"))
            .Select(static row => row.Split('|', 2))
            .ToDictionary(
                static row => row[0], static row => Quoted().Matches(row[1]).Select(static word => word.Groups["word"].Value), StringComparer.Ordinal);

        foreach (var (name, words) in Taken) checks[name].ShouldBe(words, ignoreOrder: true, name);
        (await database.RowsAsync("""
            select col_description(attrelid, attnum) from pg_attribute
            where (attrelid, attname) in (('ingest.sources'::regclass, 'state'), ('ingest.fetches'::regclass, 'kind'), ('ingest.fetches'::regclass, 'outcome'),
                                          ('ingest.source_events'::regclass, 'kind'), ('ingest.article_aliases'::regclass, 'reason'))
            """)).ShouldBe(
            [
                $"{Words<SourceState>.Listed()}.", $"{Words<LedgerKind>.Listed()}.", $"{Words<FetchOutcome>.Listed()}.", $"{Words<SourceEventKind>.Listed()}.",
                $"{Words<NameReason>.Listed(NameReason.Canonical, NameReason.Redirect, NameReason.Moved, NameReason.Republished, NameReason.Duplicate)}.",
            ], ignoreOrder: true);
    }

    [Fact]
    public void Every_word_is_read_as_the_value_that_it_is_written_for()
    {
        foreach (var kind in Enum.GetValues<SourceEventKind>()) Words<SourceEventKind>.Read(Words<SourceEventKind>.Of(kind)).ShouldBe(kind);
        Should.Throw<ArgumentException>(static () => Words<SourceState>.Read("Active")).Message.ShouldStartWith("'Active' is no SourceState");
    }

    [GeneratedRegex("'(?<word>[a-z_]+)'", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();
}

using System.Text.RegularExpressions;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Tables;

namespace Ingest.Worker.Tests.Storage;

/// <summary>Statements are whole files, each of one user.</summary>
public sealed partial class StatementTests
{
    private const string Columns = """
        a.url, a.published_on, a.published_at, a.modified_at, a.date_source, a.title, a.title_source, a.headline, a.description,
        a.body, a.body_source, a.authors, a.language, a.image_url, a.categories, a.enclosures, a.live_blog,
        a.retracted_at, a.retraction, a.gone_at, a.gone_reason
        """;

    [Fact]
    public void Every_statement_has_one_user()
    {
        var texts = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Ingest.Worker"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText).ToList();
        var named = texts.SelectMany(static text => Named().Matches(text)).Select(static name => name.Value).ToList();

        // Those of the status page are named without their folder.
        var ofSite = SqlFile.In("statements").Where(static name => name.StartsWith("statements/page_", StringComparison.Ordinal)).ToList();
        named.Concat(ofSite).Order(StringComparer.Ordinal).ShouldBe(SqlFile.In("statements"));
        ofSite.Where(name => !texts.Exists(text => text.Contains($"\"{Path.GetFileNameWithoutExtension(name)}\"", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("due_pages")]
    [InlineData("article_of_page")]
    [InlineData("locked_texts")]
    [InlineData("exported_articles")]
    [InlineData("picked_articles")]
    [InlineData("expired_articles")]
    [InlineData("oldest_articles")]
    public void All_that_read_articles_have_their_columns_last_and_in_the_order_in_which_they_are_read(string name) =>
        Flat(SqlFile.Read($"statements/{name}.sql", ArticleTable.Own)).ShouldContain(Flat(Columns) + " from ");

    [Theory]
    [InlineData("insert_articles")]
    [InlineData("replace_articles")]
    public void All_that_write_articles_have_an_array_for_each_column(string name)
    {
        var statement = Flat(SqlFile.Read($"statements/{name}.sql", ArticleTable.Own));

        var arrays = statement.Split("unnest(")[1].Split(')')[0].Split(", ");
        arrays.ShouldBe(Enumerable.Range(2, arrays.Length).Select(static number => $"${number}"));
        statement.Split(" as x(")[1].Split(')')[0].Split(", ").Length.ShouldBe(arrays.Length);
        statement.ShouldNotContain("{");
    }

    [Fact]
    public void All_that_read_sources_have_the_same_columns()
    {
        var columns = Flat(SqlFile.Read("statements/sources.sql")).Split("select ")[1].Split(" from ")[0];

        columns.Split(',').Length.ShouldBe(57);
        Flat(SqlFile.Read("statements/due_sources.sql")).ShouldContain($"select {columns} from ");
    }

    private static string Flat(string text) => string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex("statements/[a-z_]+[.]sql", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Named();
}

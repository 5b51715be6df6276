using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Ingest.Worker.Storage.Tables;

/// <summary>What a list of columns makes of statements, of rows that are read and of rows that are written.</summary>
internal sealed partial class ArticleTable
{
    private readonly PlacedColumn[] read;
    private readonly PlacedColumn[] written;

    public ArticleTable(IReadOnlyList<ArticleColumn> columns)
    {
        Columns = columns;
        (read, written) = ([.. Of(ColumnUse.Read)], [.. Of(ColumnUse.Written)]);
    }

    /// <summary>The worker's own.</summary>
    public static ArticleTable Own { get; } = new(ArticleColumns.All);

    public IReadOnlyList<ArticleColumn> Columns { get; }

    /// <summary>The columns of a use, in their order.</summary>
    public IEnumerable<PlacedColumn> Of(ColumnUse use) => Columns.OfType<PlacedColumn>().Where(column => column.Use.HasFlag(use));

    /// <summary>
    /// The statement with the columns in their places: <c>{article_columns}</c>, those that are read, of <c>a</c>; <c>{written_columns}</c>,
    /// <c>{written_values}</c> and <c>{written_arrays}</c>, the names of those that are written, their values from <c>x</c>, and the arrays that
    /// make <c>x</c>, which are the parameters after those that the statement names.
    /// </summary>
    public string Fill(string statement)
    {
        var named = Parameter().Matches(statement).Select(static match => int.Parse(match.ValueSpan[1..], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
        return statement
            .Replace("{article_columns}", List(read, static (column, _) => $"a.{column.Name}"), StringComparison.Ordinal)
            .Replace("{written_columns}", List(written, static (column, _) => column.Name), StringComparison.Ordinal)
            .Replace("{written_values}", List(written, static (column, _) => column.Value), StringComparison.Ordinal)
            .Replace(
                "{written_arrays}", List(written, (_, i) => string.Create(CultureInfo.InvariantCulture, $"${named + 1 + i}")), StringComparison.Ordinal);
    }

    /// <summary>Reads <c>{article_columns}</c>, which begin at <paramref name="at"/>.</summary>
    public ArticleRow Read(NpgsqlDataReader reader, int at)
    {
        var row = new ArticleRow();
        for (var i = 0; i < read.Length; i++) read[i].Read(reader, at + i, row);
        return row;
    }

    /// <summary>Adds <c>{written_arrays}</c>, to a statement that has all other parameters.</summary>
    public NpgsqlBatchCommand Add(NpgsqlBatchCommand command, IReadOnlyList<ArticleRow> rows)
    {
        foreach (var column in written) column.Add(command, rows);
        return command;
    }

    private static string List(PlacedColumn[] columns, Func<PlacedColumn, int, string> part) => string.Join(", ", columns.Select(part));

    [GeneratedRegex("[$][0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();
}

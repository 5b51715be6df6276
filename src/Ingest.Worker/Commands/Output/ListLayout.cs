using Spectre.Console;
using Cell = Spectre.Console.Text;

namespace Ingest.Worker.Commands.Output;

/// <summary>
/// How a list is laid out that is wider than the terminal: its last column, mostly words, below the table; or a block a row, a line a value, instead of columns
/// a few letters wide.
/// </summary>
internal static class ListLayout
{
    private const int ShortestFirst = 12, ShortestOther = 24, Gutter = 2;

    /// <summary>
    /// How many columns fit beside each other, with long ones wrapped but short ones whole; none when that would leave more than the last one out.
    /// </summary>
    public static int Fitting(int width, IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var least = names
            .Select((name, i) => Math.Max(name.Length, rows.Select(row => Math.Min(row[i].Length, Shortest(i))).DefaultIfEmpty().Max()) + Gutter)
            .ToList();
        return Gutter + least.Sum() <= width ? names.Count : Gutter + least.SkipLast(1).Sum() <= width ? names.Count - 1 : 0;
    }

    /// <summary>The width down to which a column may be wrapped.</summary>
    public static int Shortest(int column) => column == 0 ? ShortestFirst : ShortestOther;

    /// <summary>The values of one row that are there, each beside its name.</summary>
    public static Grid Block(IReadOnlyList<string> names, IReadOnlyList<string> row)
    {
        var grid = new Grid().AddColumn(
            new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) }).AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var (name, value) in names.Zip(row).Where(static pair => pair.Second.Length > 0)) grid.AddRow(new Cell(name), new Cell(value));
        return grid;
    }
}

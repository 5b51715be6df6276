using Spectre.Console;
using Cell = Spectre.Console.Text;

namespace Ingest.Worker.Commands;

/// <summary>How a list is laid out that is wider than the terminal: a block a row, a line a value, instead of columns a few letters wide.</summary>
internal static class ListLayout
{
    /// <summary>Columns that are wider may be wrapped down to this.</summary>
    public const int Shrinkable = 24;

    private const int Gutter = 2;

    /// <summary>Whether a table fits, with its long columns wrapped but its short ones whole.</summary>
    public static bool Fits(int width, IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<string>> rows) =>
        names.Select((name, i) => Math.Max(name.Length, rows.Select(row => Math.Min(row[i].Length, Shrinkable)).DefaultIfEmpty().Max()) + Gutter).Sum() + Gutter <= width;

    /// <summary>The values of one row that are there, each beside its name.</summary>
    public static Grid Block(IReadOnlyList<string> names, IReadOnlyList<string> row)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) }).AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var (name, value) in names.Zip(row).Where(static pair => pair.Second.Length > 0)) grid.AddRow(new Cell(name), new Cell(value));
        return grid;
    }
}

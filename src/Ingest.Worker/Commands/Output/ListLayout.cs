using Spectre.Console;
using Cell = Spectre.Console.Text;

namespace Ingest.Worker.Commands.Output;

/// <summary>What of a list's columns stands in its table.</summary>
/// <param name="Columns">Those that stand beside each other, by their places; none where each row is a block of lines instead.</param>
/// <param name="Below">The place of the one whose words stand below the table; negative for none.</param>
internal sealed record ListShape(IReadOnlyList<int> Columns, int Below)
{
    public static ListShape Blocks { get; } = new([], -1);

    /// <summary>The places that are not shown.</summary>
    public IEnumerable<int> LeftOut(int count) => Columns.Count == 0 ? [] : Enumerable.Range(0, count).Except(Columns).Where(place => place != Below);
}

/// <summary>
/// How a list is laid out that is wider than the terminal: its words below the table; without the columns that can be spared; or a block a row, a line a value,
/// instead of columns a few letters wide.
/// </summary>
internal static class ListLayout
{
    private const int ShortestFirst = 12, LongFirst = 24, ShortestOther = 24, Gutter = 2;

    /// <summary>Chooses the shape of a list.</summary>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="names">The headings.</param>
    /// <param name="rows">The cells.</param>
    /// <param name="spare">By column, which are left out first where there is no room: the highest number; 0 for never.</param>
    /// <param name="words">The column of words that may stand below; mostly the last one.</param>
    public static ListShape Choose(
        int width, IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<string>> rows, IReadOnlyList<int> spare, int words)
    {
        var widths = names.Select((name, i) => rows.Select(row => row[i].Length).DefaultIfEmpty().Max()).ToList();
        bool Fits(IReadOnlyList<int> columns, int first) =>
            Gutter + columns.Sum(i => Math.Max(names[i].Length, Math.Min(widths[i], i == 0 ? first : ShortestOther)) + Gutter) <= width;
        var shown = Enumerable.Range(0, names.Count).ToList();
        if (Fits(shown, ShortestFirst)) return new ListShape(shown, -1);
        shown.Remove(words);
        foreach (var first in new[] { LongFirst, ShortestFirst })
        {
            var kept = shown.ToList();
            while (!Fits(kept, first) && kept.MaxBy(i => spare[i]) is var least && spare[least] > 0) kept.Remove(least);
            if (Fits(kept, first)) return new ListShape(kept, words);
        }

        return ListShape.Blocks;
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

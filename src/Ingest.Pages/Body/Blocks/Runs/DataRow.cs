using AngleSharp.Dom;

namespace Ingest.Pages.Body.Blocks.Runs;

/// <summary>Tells the rows of a table that says something from those that lay out the page.</summary>
internal sealed class DataRow
{
    private const int LongestCell = 150;

    // Rows of tables inside cells come between the cells of a row.
    private readonly Dictionary<IElement, bool> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether a row's cells are all short. Remembers what it said, as each of its cells asks.</summary>
    public bool Is(IElement row)
    {
        if (_known.TryGetValue(row, out var isData)) return isData;
        return _known[row] = IsData(row);
    }

    private static bool IsData(IElement row)
    {
        foreach (var cell in row.Children)
        {
            var left = LongestCell;
            if (!Fits(cell, ref left)) return false;
        }

        return true;
    }

    private static bool Fits(INode node, ref int left)
    {
        if (node is IText text) return (left -= text.Length) >= 0;
        var nodes = node.ChildNodes;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (nodes[i] is IElement { LocalName: "table" } || !Fits(nodes[i], ref left)) return false;
        }

        return true;
    }
}

using AngleSharp.Dom;

namespace Ingest.Worker.Pages.Body;

/// <summary>Tells the rows of a table that says something from those that lay out the page.</summary>
internal sealed class DataRow
{
    private const int LongestCell = 150;

    private IElement? _row;
    private bool _isData;

    /// <summary>Whether a row's cells are all short. Remembers the last row asked for, as each of its cells asks.</summary>
    public bool Is(IElement row)
    {
        if (ReferenceEquals(row, _row)) return _isData;
        (_row, _isData) = (row, true);
        foreach (var cell in row.Children)
        {
            var left = LongestCell;
            if (!Fits(cell, ref left)) return _isData = false;
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

namespace Ingest.Feeds.Tags;

/// <summary>
/// Finds the next place of a mark, remembering the last answer: positions asked for only grow, so that any number of questions costs one walk of the text.
/// </summary>
internal sealed class NextMark(string text, string mark)
{
    private int _found = -1;

    /// <summary>The first position at or behind <paramref name="from"/>; -1 when there is none.</summary>
    public int From(int from)
    {
        if (_found < from) _found = text.IndexOf(mark, from, StringComparison.Ordinal) is >= 0 and var at ? at : int.MaxValue;
        return _found == int.MaxValue ? -1 : _found;
    }

    /// <summary>The position right behind the mark; -1 when there is none.</summary>
    public int Behind(int from) => From(from) is >= 0 and var at ? at + mark.Length : -1;
}

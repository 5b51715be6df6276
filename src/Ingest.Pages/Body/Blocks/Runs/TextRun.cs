using System.Text;

namespace Ingest.Pages.Body.Blocks.Runs;

/// <summary>The text gathered for the next block, its white space folded.</summary>
internal sealed class TextRun
{
    private readonly StringBuilder _text = new();
    private int _linkChars;
    private int _breaks;
    private bool _space;
    private bool _cell;

    public int Length => _text.Length;

    /// <summary>Without white space at either end; a line feed for each line break.</summary>
    public string Text => _text.ToString();

    /// <summary>Characters that stand inside links.</summary>
    public int LinkChars => Math.Min(_linkChars, _text.Length);

    public void Append(string data, bool inLink)
    {
        for (var rest = data.AsSpan(); rest.Length > 0;)
        {
            var length = LengthToFold(rest);
            if (length > 0) AppendFolded(rest[..length], inLink);
            _space |= length < rest.Length;
            rest = length < rest.Length ? rest[(length + 1)..] : [];
        }
    }

    // Up to white space that is more than one blank between words.
    private static int LengthToFold(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]) && (i == 0 || text[i] != ' ' || i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]))) return i;
        }

        return text.Length;
    }

    private void AppendFolded(ReadOnlySpan<char> words, bool inLink)
    {
        if (_cell) _text.Append(" |");
        if (_cell || (_space && _text.Length > 0))
        {
            _text.Append(_breaks > 0 && !_cell ? '\n' : ' ');
            if (inLink && _linkChars > 0) _linkChars++;
        }

        (_space, _cell, _breaks) = (false, false, 0);
        _text.Append(words);
        if (inLink) _linkChars += words.Length;
    }

    /// <summary>Sets what follows off as the next cell of a table's row.</summary>
    public void BeginCell() => _cell = _text.Length > 0;

    /// <summary>Begins another line.</summary>
    /// <returns>How many there were in a row.</returns>
    public int Break()
    {
        _space = true;
        return ++_breaks;
    }

    /// <summary>The end of the text from a place on, as much of it as fits.</summary>
    public ReadOnlySpan<char> End(int from, Span<char> end)
    {
        from = Math.Max(from, _text.Length - end.Length);
        if (from >= _text.Length) return [];
        _text.CopyTo(from, end, _text.Length - from);
        return end[..(_text.Length - from)];
    }

    /// <summary>Takes back the last characters, which stood in a link.</summary>
    public void TakeBack(int chars)
    {
        _text.Length -= chars;
        _linkChars = Math.Max(0, _linkChars - chars);
    }

    public void Clear()
    {
        _text.Clear();
        (_linkChars, _breaks, _space, _cell) = (0, 0, false, false);
    }
}

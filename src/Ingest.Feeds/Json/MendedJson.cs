using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ingest.Feeds.Json;

/// <summary>JSON as templates write it, made JSON (RFC 8259): raw line breaks and escapes that are none in strings, commas too many or too few.</summary>
internal sealed class MendedJson
{
    private static readonly SearchValues<char> Special = SearchValues.Create([.. Enumerable.Range(0, 32).Select(static c => (char)c), '"', '\\']);

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly string _text;
    private readonly StringBuilder _mended;
    private int _at;

    // The last character outside strings that is not whitespace.
    private char _last;

    private MendedJson(string text) => (_text, _mended) = (text, new StringBuilder(text.Length + 64));

    /// <summary>The text mended, in one pass; the same where nothing was to mend.</summary>
    public static string Of(string text)
    {
        var mending = new MendedJson(text);
        while (mending._at < text.Length) mending.Step();
        return mending._mended.ToString();
    }

    private void Step()
    {
        var c = _text[_at++];
        if (char.IsWhiteSpace(c) || c == '\uFEFF')
        {
            _mended.Append(c is ' ' or '\t' or '\r' or '\n' ? c : ' ');
            return;
        }

        if (c == ',' && _last is ',' or '[' or '{') return;

        // A value right behind a value: the comma is missing.
        if (c is '{' or '[' or '"' && _last is '}' or ']' or '"') _mended.Append(',');
        _mended.Append(c);
        _last = c;
        if (c == '"') ReadString();
    }

    private void ReadString()
    {
        while (_at < _text.Length)
        {
            var length = _text.AsSpan(_at).IndexOfAny(Special);
            if (length < 0) length = _text.Length - _at;
            _mended.Append(_text, _at, length);
            _at += length;
            if (_at >= _text.Length) return;
            var c = _text[_at++];
            if (c == '\\') ReadEscape();
            else if (c >= ' ') _mended.Append(c);
            else _mended.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            if (c == '"') return;
        }
    }

    // An escaped character that needs none stands for itself, as JavaScript reads it.
    private void ReadEscape()
    {
        if (_at >= _text.Length) return;
        var c = _text[_at];
        if (c == 'u' && !IsHex(_text.AsSpan(_at + 1), 4))
        {
            _mended.Append("\\\\");
            return;
        }

        // JavaScript's \x3C.
        if (c == 'x' && IsHex(_text.AsSpan(_at + 1), 2))
        {
            _mended.Append("\\u00").Append(_text, _at + 1, 2);
            _at += 3;
            return;
        }

        if (c < ' ' || !"\"\\/bfnrtu".Contains(c, StringComparison.Ordinal)) return;
        _mended.Append('\\').Append(c);
        _at++;
    }

    private static bool IsHex(ReadOnlySpan<char> rest, int digits) => rest.Length >= digits && !rest[..digits].ContainsAnyExcept(HexDigits);
}

using Ingest.Text;
using Ingest.Text.Html;

namespace Ingest.Pages.Claims.Schema;

/// <summary>Reads the JSON-LD that pages really carry into <see cref="SchemaItem"/>s: one pass, linear time, never throws.</summary>
/// <remarks>
/// Accepted beyond RFC 8259: comments, CDATA and HTML comment wrappers, raw line breaks in strings, unescaped quotes inside strings, unknown escapes, trailing,
/// doubled and missing commas, bare words, several values one after the other, and an end that comes too early (what was read so far counts).
/// </remarks>
internal ref struct LenientJson
{
    private const int DeepestNesting = 64;
    private const int MostValues = 50_000;
    private const string CdataStart = "[CDATA[";

    private readonly ReadOnlySpan<char> _text;
    private int _at, _values;

    private LenientJson(ReadOnlySpan<char> text) => _text = text;

    /// <summary>The items of one script element; arrays are flattened.</summary>
    public static List<SchemaItem> Read(string script)
    {
        // Some templates escape the whole block.
        var text = !script.Contains('"', StringComparison.Ordinal) && script.Contains("&quot;", StringComparison.Ordinal)
            ? HtmlEntities.Decode(script)
            : script;
        var items = new List<SchemaItem>();
        var reader = new LenientJson(text);
        while (reader.SkipToValue())
        {
            reader.ReadValue(0, value =>
            {
                if (value.Item is { } item) items.Add(item);
            });
        }

        return items;
    }

    /// <summary>At the top level only objects and arrays matter: anything else is a wrapper's remains.</summary>
    private bool SkipToValue()
    {
        while (_at < _text.Length && _values < MostValues)
        {
            SkipSpace();
            if (_text[_at..].StartsWith(CdataStart, StringComparison.Ordinal)) _at += CdataStart.Length;
            else if (_at < _text.Length && _text[_at] is '{' or '[') return true;
            else _at++;
        }

        return false;
    }

    private void ReadValue(int depth, Action<SchemaValue> give)
    {
        SkipSpace();
        if (_at >= _text.Length) return;
        if (++_values > MostValues || depth > DeepestNesting)
        {
            _at = _text.Length;
            return;
        }

        switch (_text[_at])
        {
            case '{':
                give(SchemaValue.Of(ReadObject(depth)));
                break;
            case '[':
                ReadArray(depth, give);
                break;
            case '"' or '\'':
                give(SchemaValue.Of(ReadText(isKey: false)));
                break;
            default:
                if (ReadBareWord() is { Length: > 0 } word && word != "null") give(SchemaValue.Of(word));
                break;
        }
    }

    private void ReadArray(int depth, Action<SchemaValue> give)
    {
        _at++;
        while (true)
        {
            SkipSpaceAndCommas();
            if (_at >= _text.Length) return;
            if (_text[_at] is ']' or '}')
            {
                if (_text[_at] == ']') _at++;
                return;
            }

            var before = _at;
            ReadValue(depth + 1, give);
            if (_at == before) _at++;
        }
    }

    private SchemaItem ReadObject(int depth)
    {
        _at++;
        var item = new SchemaItem(Origins.JsonLd);
        while (true)
        {
            SkipSpaceAndCommas();
            if (_at >= _text.Length) return item;
            if (_text[_at] is '}' or ']')
            {
                if (_text[_at] == '}') _at++;
                return item;
            }

            var before = _at;
            var key = _text[_at] is '"' or '\'' ? ReadText(isKey: true) : ReadBareWord();
            SkipSpace();
            if (_at < _text.Length && _text[_at] == ':')
            {
                _at++;
                ReadValue(depth + 1, value => Put(item, key, value));
            }

            if (_at == before) _at++;
        }
    }

    private static void Put(SchemaItem item, string key, SchemaValue value)
    {
        switch (key)
        {
            case "@type" or "type" when value.Text is { } type:
                item.AddType(type);
                break;
            case "@id" or "id" when value.Text is { } id:
                item.Id ??= id;
                item.Add("@id", value);
                break;
            case "@context" or "":
                break;
            default:
                item.Add(key.StartsWith('@') ? key : SchemaItem.LocalName(key), value);
                break;
        }
    }

    private string ReadText(bool isKey)
    {
        var rest = _text[(_at + 1)..];
        var length = LenientText.Length(rest, _text[_at], isKey);
        _at = Math.Min(_at + 1 + length + 1, _text.Length);
        return LenientText.Unescaped(rest[..length]);
    }

    private string ReadBareWord()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is not (',' or '}' or ']' or ':' or '{' or '[' or '"') && !char.IsWhiteSpace(_text[_at])) _at++;
        return _text[start.._at].ToString();
    }

    private void SkipSpaceAndCommas()
    {
        SkipSpace();
        while (_at < _text.Length && _text[_at] is ',' or ';')
        {
            _at++;
            SkipSpace();
        }
    }

    private void SkipSpace()
    {
        while (_at < _text.Length)
        {
            var rest = _text[_at..];
            if (char.IsWhiteSpace(rest[0]) || rest[0] is '\uFEFF' or '\u200B') _at++;
            else if (rest.StartsWith("/*", StringComparison.Ordinal)) SkipPast("*/");
            else if (rest.StartsWith("//", StringComparison.Ordinal)) SkipLineComment();
            else if (rest.StartsWith("<!--", StringComparison.Ordinal)) _at += 4;
            else return;
        }
    }

    // "//<![CDATA[" may have the JSON on the same line.
    private void SkipLineComment()
    {
        var rest = _text[(_at + 2)..];
        var trimmed = rest.TrimStart(" \t");
        if (trimmed.StartsWith("<![CDATA[", StringComparison.Ordinal)) _at = _text.Length - trimmed.Length + 9;
        else SkipPast("\n");
    }

    private void SkipPast(string mark)
    {
        var length = _text[_at..].IndexOf(mark, StringComparison.Ordinal);
        _at = length < 0 ? _text.Length : _at + length + mark.Length;
    }
}

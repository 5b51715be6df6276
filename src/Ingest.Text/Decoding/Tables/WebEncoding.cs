using System.Collections.Frozen;
using System.Text;

namespace Ingest.Text.Decoding.Tables;

/// <summary>An encoding as the web reads it (WHATWG Encoding Standard), for reading only.</summary>
internal sealed class WebEncoding : Encoding
{
    private static readonly FrozenDictionary<string, Lazy<WebEncoding>> Known = new WebEncoding[]
    {
        new("big5", 950, WebReaders.Big5), new("shift_jis", 932, WebReaders.ShiftJis), new("euc-jp", 51932, WebReaders.EucJp),
    }
        .Select(static encoding => KeyValuePair.Create(encoding.WebName, new Lazy<WebEncoding>(encoding)))
        .Concat(new[]
        {
            ("iso-8859-7", 28597), ("iso-8859-10", 28600), ("iso-8859-14", 28604), ("iso-8859-16", 28606), ("macintosh", 10000), ("x-mac-cyrillic", 10007),
        }.Select(static single => KeyValuePair.Create(single.Item1, new Lazy<WebEncoding>(() => OfSingle(single.Item1, single.Item2)))))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly CharacterReader _read;

    private WebEncoding(string name, int codePage, CharacterReader read) : base(codePage)
    {
        WebName = name;
        _read = read;
    }

    public override string WebName { get; }

    public override string EncodingName => WebName;

    public override bool IsSingleByte => WebName is not ("big5" or "shift_jis" or "euc-jp");

    /// <summary>The encoding of that name; null where the framework's own reads as the web does.</summary>
    public static WebEncoding? Find(string name) => Known.GetValueOrDefault(name)?.Value;

    public override Decoder GetDecoder() => new WebDecoder(_read);

    public override int GetCharCount(byte[] bytes, int index, int count) => new WebDecoder(_read).GetCharCount(bytes, index, count, flush: true);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        new WebDecoder(_read).GetChars(bytes, byteIndex, byteCount, chars, charIndex, flush: true);

    // A byte is at most one character of the basic plane; no byte alone is one of two units. What was kept of the last piece comes on top.
    public override int GetMaxCharCount(int byteCount) => byteCount + WebDecoder.LongestCharacter;

    public override int GetByteCount(char[] chars, int index, int count) => throw new NotSupportedException();

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => throw new NotSupportedException();

    public override int GetMaxByteCount(int charCount) => throw new NotSupportedException();

    private static WebEncoding OfSingle(string name, int codePage) =>
        new(name, codePage, WebReaders.Single(CharacterTable.OfSingle(name) ?? throw new InvalidOperationException($"There is no table of {name}.")));
}

using System.Collections.Frozen;
using System.Text;
using Ingest.Text.Decoding.Tables;

namespace Ingest.Text.Decoding;

/// <summary>The encodings that labels on the web mean (WHATWG Encoding Standard, section 4.2, plus what feeds still use).</summary>
internal static class EncodingLabels
{
    public const int Windows1252 = 1252;

    /// <summary>UTF-8 in which a byte that is no UTF-8 stands for its windows-1252 character.</summary>
    public static Encoding Utf8OrWindows1252 { get; } = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new Windows1252Fallback());

    // A label says less than the superset its writers use: latin-1 pages hold windows-1252 quotes, gb2312 pages hold GBK.
    private static readonly FrozenDictionary<string, string> Meant = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = "utf-8", ["unicode-1-1-utf-8"] = "utf-8", ["x-unicode20utf8"] = "utf-8", ["utf_8"] = "utf-8",
        ["ascii"] = "windows-1252", ["us-ascii"] = "windows-1252", ["ansi_x3.4-1968"] = "windows-1252", ["iso646-us"] = "windows-1252",
        ["iso-8859-1"] = "windows-1252", ["iso8859-1"] = "windows-1252", ["iso_8859-1"] = "windows-1252", ["iso88591"] = "windows-1252",
        ["latin1"] = "windows-1252",
        ["latin-1"] = "windows-1252", ["l1"] = "windows-1252", ["cp819"] = "windows-1252", ["cp1252"] = "windows-1252", ["x-cp1252"] = "windows-1252",
        ["win-1252"] = "windows-1252", ["ansi"] = "windows-1252", ["x-user-defined"] = "windows-1252",
        ["cp1250"] = "windows-1250", ["x-cp1250"] = "windows-1250", ["win-1250"] = "windows-1250",
        ["cp1251"] = "windows-1251", ["x-cp1251"] = "windows-1251", ["win-1251"] = "windows-1251", ["windows1251"] = "windows-1251",
        ["cp-1251"] = "windows-1251",
        ["cp1253"] = "windows-1253", ["cp1254"] = "windows-1254", ["cp1255"] = "windows-1255", ["cp1256"] = "windows-1256", ["cp1257"] = "windows-1257",
        ["cp1258"] = "windows-1258",
        ["iso-8859-9"] = "windows-1254", ["iso8859-9"] = "windows-1254", ["latin5"] = "windows-1254",
        ["iso-8859-11"] = "windows-874", ["iso8859-11"] = "windows-874", ["tis-620"] = "windows-874", ["tis620"] = "windows-874",
        ["latin2"] = "iso-8859-2", ["l2"] = "iso-8859-2", ["iso8859-2"] = "iso-8859-2", ["iso8859-5"] = "iso-8859-5", ["iso8859-7"] = "iso-8859-7",
        ["iso8859-15"] = "iso-8859-15", ["latin9"] = "iso-8859-15",
        ["iso-8859-8-i"] = "windows-1255", ["iso-8859-8"] = "windows-1255",
        ["gb2312"] = "gb18030", ["gbk"] = "gb18030", ["x-gbk"] = "gb18030", ["gb_2312-80"] = "gb18030", ["gb2312-80"] = "gb18030", ["chinese"] = "gb18030",
        ["cp936"] = "gb18030", ["euc-cn"] = "gb18030",
        ["big5-hkscs"] = "big5", ["cn-big5"] = "big5", ["x-x-big5"] = "big5", ["cp950"] = "big5",
        ["sjis"] = "shift_jis", ["x-sjis"] = "shift_jis", ["shift-jis"] = "shift_jis", ["ms_kanji"] = "shift_jis", ["windows-31j"] = "shift_jis",
        ["cp932"] = "shift_jis", ["ms932"] = "shift_jis",
        ["eucjp"] = "euc-jp", ["x-euc-jp"] = "euc-jp", ["euc_jp"] = "euc-jp",
        ["euckr"] = "ks_c_5601-1987", ["euc-kr"] = "ks_c_5601-1987", ["cp949"] = "ks_c_5601-1987", ["ms949"] = "ks_c_5601-1987", ["uhc"] = "ks_c_5601-1987",
        ["windows-949"] = "ks_c_5601-1987",
        ["korean"] = "ks_c_5601-1987", ["ksc5601"] = "ks_c_5601-1987", ["ks_c_5601-1989"] = "ks_c_5601-1987",
        ["koi8"] = "koi8-r", ["koi"] = "koi8-r", ["cskoi8r"] = "koi8-r", ["koi8-ru"] = "koi8-u",
        ["cp866"] = "cp866", ["ibm866"] = "cp866", ["csiso2022jp"] = "iso-2022-jp", ["hz"] = "hz-gb-2312", ["x-mac-roman"] = "macintosh", ["mac"] = "macintosh",
        ["macroman"] = "macintosh", ["x-mac-ukrainian"] = "x-mac-cyrillic",
        ["greek"] = "iso-8859-7", ["greek8"] = "iso-8859-7", ["csisolatingreek"] = "iso-8859-7", ["ecma-118"] = "iso-8859-7", ["elot_928"] = "iso-8859-7",
        ["iso-ir-126"] = "iso-8859-7", ["sun_eu_greek"] = "iso-8859-7",
        ["latin6"] = "iso-8859-10", ["l6"] = "iso-8859-10", ["csisolatin6"] = "iso-8859-10", ["iso-ir-157"] = "iso-8859-10",
        ["latin8"] = "iso-8859-14", ["l8"] = "iso-8859-14", ["iso-ir-199"] = "iso-8859-14",
        ["l9"] = "iso-8859-15", ["csisolatin9"] = "iso-8859-15", ["latin10"] = "iso-8859-16", ["l10"] = "iso-8859-16", ["iso-ir-226"] = "iso-8859-16",
        ["csbig5"] = "big5", ["csshiftjis"] = "shift_jis", ["cseucpkdfmtjapanese"] = "euc-jp", ["eucjp-ms"] = "euc-jp", ["cp51932"] = "euc-jp",
        ["eucjp-win"] = "euc-jp", ["sjis-win"] = "shift_jis",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The encoding a label means; null for none, an unknown one, and UTF-16/32 and UTF-7, which only the bytes themselves can prove.</summary>
    public static Encoding? Find(string? label)
    {
        var name = label?.Trim(Quotes);
        if (string.IsNullOrEmpty(name) || name.Length > 40 || name.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("utf-32", StringComparison.OrdinalIgnoreCase))
            return null;
        if (!Meant.TryGetValue(name, out var meant))
        {
            var plain = LabelSpelling.Plain(name);
            meant = Meant.GetValueOrDefault(plain, plain);
        }

        if (string.Equals(meant, "utf-8", StringComparison.OrdinalIgnoreCase)) return Encoding.UTF8;
        if (WebEncoding.Find(meant) is { } asOnTheWeb) return asOnTheWeb;
        try
        {
            var encoding = CodePagesEncodingProvider.Instance.GetEncoding(meant, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback)
                ?? Framework(meant);

            // With a fallback of ours, the framework leaves out the characters that have two codes.
            return IsEscapeBased(encoding) ? CodePagesEncodingProvider.Instance.GetEncoding(encoding!.CodePage) : encoding;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>True for encodings that look like plain ASCII until decoded.</summary>
    public static bool IsEscapeBased(Encoding? encoding) => encoding?.CodePage is 50220 or 50221 or 50222 or 50225 or 50227 or 52936;

    /// <summary>True for the single-byte encodings of Latin alphabets other than the Western one.</summary>
    public static bool IsLatin(Encoding encoding) =>
        encoding.CodePage is 1250 or 1254 or 1257 or 1258 or 28592 or 28593 or 28594 or 28599 or 28600 or 28603 or 28604 or 28605 or 28606
            or 850 or 852 or 10000 or 10029;

    /// <summary>True when no byte sequence falls outside the encoding.</summary>
    public static bool DecodesCleanly(this Encoding encoding, ReadOnlySpan<byte> bytes) =>
        !encoding.GetString(bytes[..Math.Min(bytes.Length, 64 * 1024)]).AsSpan().TrimEnd('\uFFFD').Contains('\uFFFD');

    private static readonly char[] Quotes = [' ', '\t', '\r', '\n', '"', '\'', ';'];

    // Of the framework's own encodings only latin-1's kin may be named; UTF-7 is a way around filters.
    private static Encoding? Framework(string name) =>
        Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback) is { CodePage: 28591 } encoding ? encoding : null;
}

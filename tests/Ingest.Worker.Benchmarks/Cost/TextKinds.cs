using System.Text;
using Ingest.Identity;
using Ingest.Identity.Duplicates;
using Ingest.Text;
using Ingest.Text.Decoding;
using Ingest.Text.Detection;
using Ingest.Text.Html;
using Ingest.Text.Languages;

namespace Ingest.Worker.Benchmarks.Cost;

/// <summary>What is done with texts once they are read, over texts of one piece repeated.</summary>
internal static class TextKinds
{
    private static readonly string[] Pieces =
    [
        "x", "x ", " ", "\n", "\r\n", "\n\n", "x\n", "x\n\n", "\t", "\u00a0", "\u200b", "\u00ad", "the ", "word{n} ", "新聞", "ข่าว", "a\u0301", "\u0301",
        "\u0301\u0316", "a\u0301\u0316", "\u0316\u0301\u0327\u0302", "ᄀ", "각", "\u0f71\u0f72\u0f74", "\ud800", "\udfff", "👨‍👩‍👧", "\0", "\u0085", "\ufeff",
        "\ufffe", "1", "1 ", "1.", "12:", "2024-01-01T", "1 January 2024 ", "Jan Feb ", "(", ")", "((", "([{", "\"", "“", "'", "’", "-", "–", ".", ". ", ",",
        ";", "!", "?", "&", "&amp;", "&amp", "&#65;", "&#x", "&lt;p&gt;", "&a", "<", ">", "<p>", "<p>x", "</p>", "<br>", "<br><br>", "<!--", "<!---->", "<!",
        "<?", "<script>", "<script></script>", "</script>", "<iframe></x>", "<a href=\"", "<a href='x", "<a href=", "<a ", "<b", "<x:y>", "<td>", "<title>",
        "http://example.com/{n} ", "%41", "%", "&x{n}=1", "?", "#", "/", "/./", "/../", "\\", ":", "@", "a@b.", "=", "|", "a | ", "By ", "I ", "A", "ß", "İ",
        "ﬁ", "Á",
    ];

    private static readonly (string Name, Action<string> Do)[] Steps =
    [
        ("PlainText.Line", static text => PlainText.Line(text)),
        ("PlainText.Body", static text => PlainText.Body(text)),
        ("HtmlText.Line", static text => HtmlText.Line(text)),
        ("HtmlText.Body", static text => HtmlText.Body(text)),
        ("HtmlEntities.Decode", static text => HtmlEntities.Decode(text)),
        ("LenientDate.Read", static text => LenientDate.Read(text)),
        ("LanguageDetector.Detect", static text => LanguageDetector.Detect(text)),
        ("LanguageTag.Read", static text => LanguageTag.Read(text)),
        ("WordCount.Of", static text => WordCount.Of(text)),
        ("ComparableText.Words", static text => ComparableText.Words(text)),
        ("CanonicalUrl", static text => { if (CanonicalUrl.Parse("http://example.com/" + text) is { } url) ArticleKey.Of(url); }),
        ("SameArticle.MaySpeakOf", static text => SameArticle.MaySpeakOf(text, text)),
        ("Resemblance.Of", static text => Resemblance.Of(ShingledText.Of(text), ShingledText.Of(text + "x"), new HashSet<ulong>())),
        ("Fingerprint.Of", static text => Fingerprint.Of(text, text)),
    ];

    private static readonly (string Name, Action<byte[]> Do)[] Decoders =
    [
        ("DecodeHtml", static bytes => TextDecoder.DecodeHtml(bytes, null)),
        ("DecodeXml", static bytes => TextDecoder.DecodeXml(bytes, null)),
    ];

    public static IEnumerable<CostKind> All() =>
        Steps.SelectMany(
            static step => Pieces.Select(piece => new CostKind($"{step.Name} {Shown(piece)}", "", piece, "", bytes => step.Do(Encoding.UTF8.GetString(bytes)))))
            .Concat(Decoders.SelectMany(static step => Pieces.Select(piece => new CostKind($"{step.Name} {Shown(piece)}", "", piece, "", step.Do))));

    private static string Shown(string piece) => string.Concat(piece.Select(static c => c is > ' ' and < '\u007f' ? c.ToString() : $"\\u{(int)c:x4}"));
}

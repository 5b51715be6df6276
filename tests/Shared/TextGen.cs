using CsCheck;
using Ingest.Text;
using Ingest.Text.Dated;

namespace Ingest.Tests;

/// <summary>Texts as hostile as the web's: marks, controls, lone surrogates, odd spaces, noncharacters, and pieces of the format itself.</summary>
internal static class TextGen
{
    private static readonly Gen<string> Piece = Gen.Frequency(
        (8, Gen.String[Gen.Char['a', 'z'], 1, 8]),
        (4, Among(" ", "  ", "\t", "\n", "\r\n", "\r", "\u00A0", "\u2028", "\u2029", "\u3000", "\u0085", "\v")),
        (3, Among("é", "e\u0301", "\u0301", "\u0323\u0307", "Å", "\u212B", "각", "\u1100\u1161\u11A8", "\u0958", "\u2126", "\u1F71", "\uFB1D", "\u0344")),
        (2, Among("你好", "مرحبا", "👩‍👩‍👧‍👦", "\U0001D15E", "می‌روم", "“”", "—", "กำ", "カタカナ")),
        (2, Among("\0", "\u0007", "\u001B[31m", "\u007F", "\u0090", "\u00AD", "\u200B", "\u2060", "\uFEFF")),
        (2, Among("\uD800", "\uDC00", "\uDBFF\uDBFF", "\uFFFE", "\uFFFF", "\uFDD0", "\U0001FFFE", "\uFFFD")),
        (1, Among(" date ", "date 2020-01-01 https://example.org/", " date 2020-01-01 https://example.org/x", "\n date 2020-01-01 https://example.org/y\n")),
        (1, Gen.Char.Select(static c => c.ToString())));

    public static readonly Gen<string> Text = Piece.Array[0, 12].Select(string.Concat);

    public static readonly Gen<string> Url =
        Gen.Select(
            Among("http://", "https://", "HTTPS://"),
            Among("example.org", "www.example.org:8080", "пример.рф", "xn--e1afmkfd.example", "[2001:db8::1]", "user@example.org"),
            Among("", "/", "/a/b", "/ä/ö?q=ü", "/%C3%A9", "/e\u0301", "/a?b=c&d=%zz#frag", "/你好/👍", "/#!/story", "/~x'(y)!*;@"),
            Gen.Int[0, 1_000_000],
            static (scheme, host, path, number) =>
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{scheme}{host}{path}{(path.Length == 0 ? "/" : "")}{number}"));

    public static readonly Gen<DateOnly> Day = Gen.Frequency(
        (9, Gen.Int[DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber].Select(DateOnly.FromDayNumber)),
        (1, Among(DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(2024, 2, 29))));

    public static readonly Gen<DatedText> Article = Gen.Select(
        Day, Url, Text, Text, Text, Text, static (day, url, title, headline, description, body) => new DatedText(day, url, title, headline, description, body));

    public static Gen<T> Among<T>(params T[] values) => Gen.OneOf([.. values.Select(Gen.Const)]);

    /// <summary>The parts as the format has them.</summary>
    public static DatedText InForm(DatedText article) =>
        article with
        {
            Title = PlainText.Line(article.Title),
            Headline = PlainText.Line(article.Headline),
            Description = PlainText.Line(article.Description),
            Body = PlainText.Body(article.Body),
        };

    /// <summary>What the reader makes of a file.</summary>
    public static IReadOnlyList<DatedTextReading> Read(string text) =>
        Read(new DatedArticleReader(), text.Split('\n').Select(static line => new TextLine(line)));

    public static IReadOnlyList<DatedTextReading> Read(DatedArticleReader reader, IEnumerable<TextLine> lines)
    {
        var readings = lines.Select(reader.Take).ToList();
        readings.Add(reader.End());
        return [.. readings.OfType<DatedTextReading>()];
    }
}

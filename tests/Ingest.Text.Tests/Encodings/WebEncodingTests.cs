using System.Text;
using Ingest.Text.Decoding;

namespace Ingest.Text.Tests.Encodings;

public class WebEncodingTests
{
    [Theory]
    [InlineData("Shift_JIS", "8740 8754 878A ED40 EEFC FA54 FA5B FBFC", "①Ⅰ㈱纊＂￢∵髙")]
    [InlineData("windows-31j", "81CA 81E6 8790 EEF9 8160 B1 5C 7E F040 FCFC", "￢∵≒￢～ｱ\\~\uE000\uFFFD")]
    [InlineData("cp932", "93FA 967B 8CEA 87 20 82", "日本語\uFFFD \uFFFD")]
    [InlineData("EUC-JP", "8FB0A1 8FB0EB C6FC 8EB1 ADF0 8FEDE3 8FA2AF", "丂佌日ｱ≒龥˘")]
    [InlineData("cseucpkdfmtjapanese", "A4CB 8F41 8FA141 FF A4A2", "に\uFFFDA\uFFFDA\uFFFDあ")]
    [InlineData("Big5", "C6E7 C7A5 C7F3 A4A4 A4E5 F9D6", "ぁォА中文碁")]
    [InlineData("big5-hkscs", "8862 8864 88A3 88A5 8940 9DCF 9AB4", "Ê̄Ê̌ê̄ê̌𪎩嘢𠂔")]
    [InlineData("x-x-big5", "FA5F 8740 41 80 A1", "倩䏰A\uFFFD\uFFFD")]
    [InlineData("ISO-8859-7", "A4 A5 AA A1 A2 C1 FF", "€₯ͺ‘’Α\uFFFD")]
    [InlineData("ISO_8859-7:1987", "C5 E5", "Εε")]
    [InlineData("iso8859-10", "AA BA BF C8 E8 BD", "ŠšŋČč―")]
    [InlineData("ISO-8859-14", "D0 F0 A8 B8 AA BA DE FE", "ŴŵẀẁẂẃŶŷ")]
    [InlineData("latin-8", "A1 D7 F7", "ḂṪṫ")]
    [InlineData("ISO-8859-16", "AA BA DE FE A4 E3", "ȘșȚț€ă")]
    [InlineData("iso8859_16", "A5 B5 AC AE", "„”Źź")]
    [InlineData("ISO8859_15", "A4 BD BC A6", "€œŒŠ")]
    [InlineData("iso-8859-15:1998", "A4 A8 BE", "€šŸ")]
    [InlineData("latin-9", "A4 B4", "€Ž")]
    [InlineData("WIN1250", "E8 41 9E 8A", "čAžŠ")]
    [InlineData("windows_1253", "C1 E1 80", "Αα€")]
    [InlineData("cp-1257", "C0 E0", "Ąą")]
    [InlineData("iso88592", "B1 E6", "ąć")]
    [InlineData("macintosh", "BD D2 8A", "Ω“ä")]
    [InlineData("iso-2022-jp", "1B 24 42 46 7C 2D 70 1B 28 42 41", "日≒A")]
    public void Legacy_encodings_are_read_by_the_tables_of_the_web(string label, string hex, string text)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        byte[] document = [.. Encoding.ASCII.GetBytes($"<?xml version='1.0' encoding='{label}'?><a>"), .. bytes, .. "</a>"u8];
        TextDecoder.DecodeXml(document, null).ShouldEndWith($"<a>{text}</a>");
        byte[] page = [.. Encoding.ASCII.GetBytes($"<html><meta charset='{label}'><p>"), .. bytes, .. "</p>"u8];
        TextDecoder.DecodeHtml(page, null).ShouldEndWith($"<p>{text}</p>");
    }

    [Theory]
    [InlineData("big5", "8862")]
    [InlineData("big5", "8940")]
    [InlineData("shift_jis", "ED95")]
    [InlineData("euc-jp", "8FB0A1")]
    [InlineData("iso-8859-16", "AA")]
    public void A_text_read_in_pieces_is_the_same(string label, string hex)
    {
        var character = Convert.FromHexString(hex);
        var bytes = Enumerable.Repeat(character, 400).SelectMany(static c => c).ToArray();
        var encoding = EncodingLabels.Find(label)!;
        for (var size = 128; size < 134; size++)
        {
            using var reader = new StreamReader(new MemoryStream(bytes), encoding, detectEncodingFromByteOrderMarks: false, size);
            reader.ReadToEnd().ShouldBe(encoding.GetString(bytes));
        }
    }

    [Fact]
    public void A_character_that_the_end_cuts_is_told() => EncodingLabels.Find("euc-jp")!.GetString([0x41, 0x8F, 0xB0]).ShouldBe("A\uFFFD");

    [Fact]
    public void Any_bytes_are_read_by_every_table()
    {
        var bytes = Enumerable.Range(0, 0x10000).SelectMany(static i => new[] { (byte)(i >> 8), (byte)i }).ToArray();
        foreach (var label in (string[])["big5", "shift_jis", "euc-jp", "iso-8859-7", "iso-8859-10", "iso-8859-14", "iso-8859-16", "macintosh"])
            EncodingLabels.Find(label)!.GetString(bytes).Length.ShouldBeGreaterThan(60_000);
    }

    [Theory]
    [InlineData("a &#55357;&#56842; b", "a 😊 b")]
    [InlineData("&#xD83D;&#xDE0A;", "😊")]
    [InlineData("&#xd83d;&#56842", "😊")]
    [InlineData("&#55357; &#56842;", "&#55357; &#56842;")]
    [InlineData("&#56842;&#55357;", "&#56842;&#55357;")]
    [InlineData("&#55357;&#55357;&#56842;!", "&#55357;😊!")]
    [InlineData("&#8217;&#", "&#8217;&#")]
    [InlineData("&#0055357;&#x00DE0A;", "😊")]
    public void Halves_of_a_character_in_a_page_are_joined(string html, string text) =>
        TextDecoder.DecodeHtml(Encoding.ASCII.GetBytes(html), null).ShouldBe(text);
}

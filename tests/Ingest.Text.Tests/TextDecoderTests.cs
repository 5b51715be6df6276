using System.Text;
using CsCheck;
using Ingest.Text.Decoding;

namespace Ingest.Text.Tests;

public class TextDecoderTests
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", false)]
    public void Wide_encodings_are_told_by_their_mark_or_their_zeros(string name, bool marked)
    {
        var encoding = Encoding.GetEncoding(name);
        var bytes = (marked ? encoding.GetPreamble() : []).Concat(encoding.GetBytes("<?xml version='1.0'?><a>Žluťoučký</a>")).ToArray();
        TextDecoder.DecodeXml(bytes, null).ShouldBe("<?xml version='1.0'?><a>Žluťoučký</a>");
    }

    [Theory]
    [InlineData("iso-8859-1", "windows-1252", "“café” €")]
    [InlineData("windows-1251", "windows-1251", "Привет, мир")]
    [InlineData("koi8-r", "koi8-r", "Привет, мир")]
    [InlineData("gb2312", "gb18030", "中文新闻标题")]
    [InlineData("shift_jis", "shift_jis", "日本語のニュース")]
    [InlineData("euc-jp", "euc-jp", "日本語のニュース")]
    [InlineData("iso-2022-jp", "iso-2022-jp", "日本語のニュース")]
    [InlineData("euc-kr", "ks_c_5601-1987", "한국어 뉴스")]
    [InlineData("big5", "big5", "中文新聞標題")]
    [InlineData("iso-8859-9", "windows-1254", "İstanbul’da ğüşöç")]
    public void Declared_encodings_are_read_as_their_writers_mean_them(string label, string meant, string text)
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(meant)!.GetBytes($"<?xml version='1.0' encoding='{label}'?><a>{text}</a>");
        TextDecoder.DecodeXml(bytes, null).ShouldContain($"<a>{text}</a>");
        var undeclared = CodePagesEncodingProvider.Instance.GetEncoding(meant)!.GetBytes($"<a>{text}</a>");
        TextDecoder.DecodeXml(undeclared, label).ShouldContain(text);
    }

    [Fact]
    public void Declared_latin_1_that_is_utf_8_is_utf_8()
    {
        var choice = TextDecoder.ForXml(Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='ISO-8859-1'?><a>café</a>"), "iso-8859-1");
        choice.Encoding.WebName.ShouldBe("utf-8");
        choice.Repair.ShouldNotBeNull();
    }

    [Fact]
    public void Http_charset_goes_before_the_declaration() =>
        TextDecoder.DecodeXml(Bytes("windows-1251", "<?xml version='1.0' encoding='koi8-r'?><a>Привет</a>"), "windows-1251").ShouldContain("Привет");

    [Fact]
    public void Latin_1_by_http_is_a_servers_default_and_yields_to_the_document() =>
        TextDecoder.DecodeXml(Bytes("koi8-r", "<?xml version='1.0' encoding='koi8-r'?><a>Привет</a>"), "ISO-8859-1").ShouldContain("Привет");

    [Fact]
    public void Undeclared_windows_1252_is_read_as_such() =>
        TextDecoder.DecodeXml(Windows1252.GetBytes("<a>It’s the “café” of Zürich, naïve</a>"), null).ShouldContain("It’s the “café” of Zürich, naïve");

    [Fact]
    public void Undeclared_cyrillic_is_detected() =>
        TextDecoder.DecodeXml(Bytes("windows-1251", "<a>Президент подписал закон о государственном бюджете на следующий год</a>"), null)
            .ShouldContain("Президент подписал");

    [Fact]
    public void Stray_bytes_in_utf_8_do_not_spoil_the_rest()
    {
        var bytes = Encoding.UTF8.GetBytes("<a>Žluťoučký kůň</a>").Concat(Windows1252.GetBytes("<b>it’s</b>")).ToArray();
        TextDecoder.DecodeXml(bytes, "utf-8").ShouldBe("<a>Žluťoučký kůň</a><b>it’s</b>");
    }

    [Fact]
    public void Declared_utf_16_that_is_ascii_is_ascii() =>
        TextDecoder.DecodeXml("<?xml version='1.0' encoding='utf-16'?><a>plain</a>"u8, null).ShouldContain("<a>plain</a>");

    [Fact]
    public void Utf_7_is_never_decoded() =>
        TextDecoder.DecodeXml("<a>+ADw-script+AD4-</a>"u8, "utf-7").ShouldContain("+ADw-script+AD4-");

    [Fact]
    public void Ebcdic_declares_itself() =>
        TextDecoder.DecodeXml(Bytes("IBM037", "<?xml version='1.0' encoding='IBM037'?><a>plain</a>"), null).ShouldContain("<a>plain</a>");

    [Theory]
    [InlineData("<html><head><meta charset=\"windows-1251\"><title>Привет</title>")]
    [InlineData("<html><head><meta http-equiv='Content-Type' content='text/html; charset=windows-1251'><title>Привет</title>")]
    [InlineData("<!-- <meta charset=utf-8> --><head><META CHARSET=windows-1251><title>Привет</title>")]
    public void Html_names_its_encoding_in_a_meta_element(string page) => TextDecoder.DecodeHtml(Bytes("windows-1251", page), null).ShouldBe(page);

    [Fact]
    public void Any_text_in_utf_8_comes_back() =>
        Gen.String.Where(static text => text.IndexOf('\0') < 0 && IsWellFormed(text) && !text.Contains('\x1B')).Sample(static text =>
            TextDecoder.DecodeXml(Encoding.UTF8.GetBytes("<a>" + text), null).ShouldBe("<a>" + text), iter: 2_000);

    [Fact]
    public void No_bytes_throw() =>
        Gen.Byte.Array[0, 200].Sample(static bytes =>
        {
            _ = TextDecoder.DecodeXml(bytes, "gb18030");
            _ = TextDecoder.DecodeHtml(bytes, null);
        }, iter: 5_000);

    private static byte[] Bytes(string encoding, string text) => CodePagesEncodingProvider.Instance.GetEncoding(encoding)!.GetBytes(text);

    private static bool IsWellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
}

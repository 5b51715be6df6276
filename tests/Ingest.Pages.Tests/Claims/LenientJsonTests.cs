using CsCheck;
using Ingest.Pages.Claims.Schema;

namespace Ingest.Pages.Tests.Claims;

public sealed class LenientJsonTests
{
    [Theory]
    [InlineData("""{"headline":"One"}""", "One")]
    [InlineData("""[{"headline":"One"},{"headline":"Two"}]""", "One|Two")]
    [InlineData("""[[{"headline":"One"}],[]]""", "One")]
    [InlineData("""{"headline":"One",}""", "One")]
    [InlineData("""{"a":[1,2,,3,],"headline":"One"}""", "One")]
    [InlineData("{\"headline\":\"One\ntwo\"}", "One\ntwo")]
    [InlineData("""{"headline":"So-called "experts", he said"}""", "So-called \"experts\", he said")]
    [InlineData("""{"headline":"A \"quoted\" \u0041\n \x"}""", "A \"quoted\" A\n x")]
    [InlineData("{\"a\":\"b\"\n\"headline\":\"One\"}", "One")]
    [InlineData("{\"headline\":\"One\" /* why */ , // and\n \"b\": null}", "One")]
    [InlineData("""<!-- {"headline":"One"} -->""", "One")]
    [InlineData("""//<![CDATA[{"headline":"One"}//]]>""", "One")]
    [InlineData("""/*<![CDATA[*/{"headline":"One"}/*]]>*/""", "One")]
    [InlineData("""{&quot;headline&quot;:&quot;One&quot;}""", "One")]
    [InlineData("""{'headline':'One'}""", "One")]
    [InlineData("""{headline:"One"}""", "One")]
    [InlineData("""{"headline":"One"};""", "One")]
    [InlineData("""{"headline":"One"}{"headline":"Two"}""", "One|Two")]
    [InlineData("""{"headline":"One","articleBody":"cut in the mid""", "One")]
    [InlineData("", "")]
    [InlineData("not json at all", "")]
    public void What_pages_carry_is_read(string script, string headlines) =>
        string.Join('|', LenientJson.Read(script).Select(static item => item.Text("headline"))).ShouldBe(headlines);

    [Fact]
    public void Types_lose_their_vocabulary_and_keys_their_prefix()
    {
        var item = LenientJson.Read("""{"@type":["http://schema.org/NewsArticle","schema:Report"],"schema:headline":"One"}""").ShouldHaveSingleItem();
        item.Types.ShouldBe(["NewsArticle", "Report"]);
        item.Text("headline").ShouldBe("One");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("\"a\" ")]
    [InlineData("{\"a\":\"b\" ")]
    [InlineData("/*")]
    [InlineData("{\"a\":\"\\")]
    public void Hostile_repetition_ends(string part) =>
        LenientJson.Read(string.Concat(Enumerable.Repeat(part, 50_000))).Count.ShouldBeLessThanOrEqualTo(50_000);

    [Fact]
    public void Any_text_is_read_without_fault() =>
        Gen.OneOf([Gen.String, .. new[] { "{", "}", "[", "]", "\"", ",", ":", "\\", "\"@type\":", "//", "/*", "*/", "\n", "null", "1" }.Select(Gen.Const)])
            .List[0, 40].Select(static parts => string.Concat(parts)).Sample(static text => LenientJson.Read(text) is not null);
}

using AngleSharp.Html.Parser;
using Ingest.Pages.Claims;
using Ingest.Text.Limits;

namespace Ingest.Pages.Tests.Claims;

public sealed class AuthorTests
{
    private const string Prose = "<p>Snow fell all night on the pass, and the last bus stayed in the village below it.</p>";

    [Theory]
    [InlineData("Ottilie von der Aue")]
    [InlineData("Kaspar von Tannberg")]
    [InlineData("Von Hollis")]
    [InlineData("Da Ming Zhou")]
    [InlineData("Lea Vom Hagen")]
    [InlineData("Noor Am Karim")]
    [InlineData("Pablo Reyes y Montero")]
    [InlineData("Rui Amado e Castro")]
    [InlineData("Karl von und zu Tann")]
    [InlineData("Joris van den Heuvel")]
    [InlineData("Wandering Reporter")]
    public void A_structured_persons_name_is_whole(string name) => Authors(Stated($$"""{"@type":"Person","name":"{{name}}"}"""), "").ShouldBe(name);

    [Theory]
    [InlineData("By Mia Stone", "Mia Stone")]
    [InlineData("Von Karl Muster", "Karl Muster")]
    [InlineData("Mia Stone and Tom Reed", "Mia Stone; Tom Reed")]
    [InlineData("Mia Stone, Reporter", "Mia Stone")]
    [InlineData("Mia Stone Staff Writer", "Mia Stone")]
    [InlineData("홍길동 기자", "홍길동")]
    [InlineData("unknown", "")]
    [InlineData("admin", "")]
    public void What_is_around_a_stated_name_still_goes(string name, string authors) =>
        Authors(Stated($$"""{"@type":"Person","name":"{{name}}"}"""), "").ShouldBe(authors);

    [Theory]
    [InlineData("Akademie für Schnee")]
    [InlineData("Verband der Bergbahnen für Tirol e. V.")]
    [InlineData("Stiftung Lawine am Pass")]
    [InlineData("pass24.example Redaktion")]
    [InlineData("Presse am Pass 1")]
    [InlineData("Alpine Union der Hütten für Bergsport e.V.")]
    public void A_stated_house_is_whole(string name) => Authors(Stated($$"""{"@type":"Person","name":"{{name}}"}"""), "").ShouldBe(name);

    [Theory]
    [InlineData("Mia Stone für Stiftung Lawine")]
    [InlineData("Mia Stone, Akademie für Schnee")]
    [InlineData("Mia Stone | Akademie für Schnee")]
    [InlineData("Mia Stone Redakteurin am Institut")]
    [InlineData("Mia Stone (Akademie für Schnee)")]
    public void A_person_of_a_house_is_the_person(string name) => Authors(Stated($$"""{"@type":"Person","name":"{{name}}"}"""), "").ShouldBe("Mia Stone");

    [Theory]
    [InlineData("Do Passnetz")]
    [InlineData("Redaktion Passnetz")]
    [InlineData("Equipe Passnetz")]
    [InlineData("Da Passnetz")]
    [InlineData("Casa Editorial Passnetz")]
    public void What_is_left_of_a_house_without_the_sites_name_is_no_person(string name) =>
        Authors($"<meta property='og:site_name' content='Passnetz'><meta name=author content='{name}'><meta name='article:author' content='Mia Stone'>", "")
            .ShouldBe("Mia Stone");

    [Theory]
    [InlineData("social.example/pass")]
    [InlineData("www2.social.example/mia.stone")]
    [InlineData("social.example/@mia")]
    [InlineData("publisher")]
    [InlineData("anónimo")]
    public void Address_of_a_page_is_no_name(string content) => Authors($"<meta property='article:author' content='{content}'>", "").ShouldBe("");

    [Theory]
    [InlineData("Snowfall feed")]
    [InlineData("admin")]
    [InlineData("webmaster")]
    [InlineData("Newsroom")]
    [InlineData("mstone")]
    [InlineData("Web Desk")]
    [InlineData("Redaktion")]
    [InlineData("Pass Agency")]
    public void A_byline_under_the_title_outranks_an_account(string account) =>
        Authors(Stated($$"""{"@type":"Person","name":"{{account}}"}"""), "<p class=\"byline\">By Mia Stone</p>").ShouldBe("Mia Stone");

    [Theory]
    [InlineData("<div>By <b>Mia Stone</b></div><div>Tags: <a href=\"/t/1\">Snow</a>, <a href=\"/t/2\">Tom Reed</a>, <a href=\"/t/3\">Ada Wolf</a></div>")]
    [InlineData("<div>By <b>Mia Stone</b> | <a href=\"/t/1\">Alps</a>, <a href=\"/t/2\">Tom Reed</a></div>")]
    [InlineData("<p>By Mia Stone</p><p>Topics</p><p><a href=\"/t/1\">Ada Wolf</a>, <a href=\"/t/2\">Tom Reed</a></p>")]
    [InlineData("<p>Von Mia Stone</p><span>Schlagworte: </span><a href=\"/t/1\">Ada Wolf</a>; <a href=\"/t/2\">Tom Reed</a>")]
    [InlineData("<p>By Mia Stone</p><i>About</i> <a href=\"/t/0\">Snow</a>, <a href=\"/t/1\">Ada Wolf</a>")]
    public void Names_among_the_tags_are_not_the_authors(string lines) => Authors("", lines).ShouldBe("Mia Stone");

    [Theory]
    [InlineData("Posted by Mia Stone, Ada Wolf, Pass Press")]
    [InlineData("By Mia Stone and Tom Reed")]
    [InlineData("Text: Mia Stone, Tom Reed")]
    public void A_line_below_the_article_adds_nobody_to_those_stated(string line) =>
        Authors(Stated("""{"@type":"Person","name":"Mia Stone"}"""), string.Concat(Enumerable.Repeat(Prose, 90)) + $"<p>{line}</p>").ShouldBe("Mia Stone");

    [Theory]
    [InlineData("<p class=\"byline\">By Tom Reed</p>", "Tom Reed")]
    [InlineData("<p>By <a href=\"/x/1\">Tom Reed</a> and <a href=\"/x/2\">Ada Wolf</a></p>", "Tom Reed; Ada Wolf")]
    [InlineData("<p class=\"author\">Tom Reed</p>", "Mia Stone")]
    [InlineData("<p class=\"byline\">By Tom Reed</p><p class=\"author\">Mia Stone</p>", "Mia Stone")]
    [InlineData("<p class=\"byline\">By Mia Stone</p>", "Mia Stone")]
    [InlineData("<figure><figcaption class=\"author\">By Tom Reed</figcaption></figure>", "Mia Stone")]
    [InlineData("<p class=\"byline\">By the river</p>", "Mia Stone")]
    public void A_byline_under_the_title_names_the_guest(string byline, string authors) =>
        Authors(Stated("""{"@type":"Person","name":"Mia Stone"}"""), byline).ShouldBe(authors);

    [Theory]
    [InlineData("citation_author", "Stone, Mia", "Mia Stone")]
    [InlineData("citation_author", "Reyes Montero, Ana Luz", "Ana Luz Reyes Montero")]
    [InlineData("citation_author", "van der Aue, Joris", "Joris van der Aue")]
    [InlineData("citation_author", "Mia Stone, PhD", "Mia Stone")]
    [InlineData("citation_author", "Mia Stone", "Mia Stone")]
    [InlineData("citation_authors", "Stone, Mia; Reed, Tom", "Mia Stone; Tom Reed")]
    [InlineData("dc.creator", "Stone, Mia-Lou", "Mia-Lou Stone")]
    [InlineData("dc.creator", "Mia Stone, Tom Reed", "Mia Stone; Tom Reed")]
    [InlineData("author", "Stone, Mia", "Mia Stone")]
    [InlineData("author", "Mia Stone, Tom Reed", "Mia Stone; Tom Reed")]
    [InlineData("author", "Mia Stone, Porto", "Mia Stone")]
    public void A_surname_before_a_comma_goes_behind_the_given_names(string meta, string content, string authors) =>
        Authors($"<meta name=\"{meta}\" content=\"{content}\">", "").ShouldBe(authors);

    [Theory]
    [InlineData("<div class=\"testimonial\"><blockquote>“We came by bus.”</blockquote><cite class=\"author\">Chris Bell</cite></div>")]
    [InlineData("<div class=\"customer-quote\"><p>“We came by bus.”</p><span class=\"author-name\">Chris Bell</span></div>")]
    [InlineData("<div class=\"pull\"><blockquote>We came by bus.</blockquote><div class=\"author\">Chris Bell</div></div>")]
    [InlineData("<figure><blockquote>We came by bus.</blockquote><figcaption class=\"author\">Chris Bell</figcaption></figure>")]
    [InlineData("<section class=\"reviews\"><div><p>Best bus ever.</p><p class=\"author\">Chris Bell<br>Founder, Bell Ltd</p></div></section>")]
    [InlineData("<blockquote><p>We came by bus.</p><footer class=\"author\">Chris Bell</footer></blockquote>")]
    [InlineData("<div class=\"box\"><p>„Wir kamen mit dem Bus.“</p><p class=\"author\">Chris Bell</p></div>")]
    public void Who_is_quoted_is_no_author(string quote) => Authors("", Prose + Prose + quote).ShouldBe("");

    [Theory]
    [InlineData("<article class=\"review\"><h1>Snow closes the pass</h1><p class=\"author\">Mia Stone</p></article>")]
    [InlineData("<div class=\"reviews single\"><h1>Snow closes the pass</h1><div><span class=\"author\">Mia Stone</span></div></div>")]
    [InlineData("<article><h1>Snow closes the pass</h1><p class=\"byline\"><cite class=\"author\">Mia Stone</cite></p></article>")]
    public void Who_reviews_is_the_author(string body) => Read("", body).ShouldBe("Mia Stone");

    [Theory]
    [InlineData("<p>4.2.2022 | 13:10 Uhr | Mia Stone</p>", "Mia Stone")]
    [InlineData("<p>Mia Stone · 5 March 2024</p>", "Mia Stone")]
    [InlineData("<p>11.12.2019 - Mia Stone</p>", "Mia Stone")]
    [InlineData("<p>5 March 2024 – Redaktion: Mia Stone</p>", "Mia Stone")]
    [InlineData("<p>Mia Stone | March 5, 2024 | 3 min</p>", "Mia Stone")]
    [InlineData("<p>March 5, 2024 | BREAKING NEWS</p>", "")]
    [InlineData("<p>March 5, 2024 | Mountain Weather of the Week</p>", "")]
    [InlineData("<p>March 5, 2024 | Snow closes</p>", "")]
    [InlineData("<p>Chapter 5 | Mia Stone</p>", "")]
    public void A_name_beside_the_date_under_the_title_is_the_author(string line, string authors) => Authors("", line).ShouldBe(authors);

    [Theory]
    [InlineData("<p><em>Von <span>Mia Stone</span></em></p>", "Mia Stone")]
    [InlineData("<p style=\"text-align: right\"><strong>Mia Stone</strong></p>", "Mia Stone")]
    [InlineData("<p align=\"right\">Lê Hương</p>", "Lê Hương")]
    [InlineData("<p>Text: <a href=\"/x\">Mia Stone</a></p>", "Mia Stone")]
    [InlineData("<p style=\"text-align: right\">Page 4 of 5</p>", "")]
    [InlineData("<p>By then it was too late.</p>", "")]
    public void A_closing_line_names_the_author_where_nothing_else_does(string line, string authors) =>
        Authors("", string.Concat(Enumerable.Repeat("<p>Snow <i>fell</i> all night <b>on</b> the pass.</p>", 40)) + line).ShouldBe(authors);

    [Fact]
    public void A_clean_name_that_is_offered_too_wins() =>
        Authors(
            Stated("""{"@type":"Person","name":"Snowline-Expert Mia Stone"}"""), "<p class=\"author\"><a rel=\"author\" href=\"/author/mia\">Mia Stone</a></p>")
            .ShouldBe("Mia Stone");

    [Fact]
    public void A_site_named_after_its_author_has_that_author() =>
        Authors(
            "<meta property=\"og:site_name\" content=\"Mia Stone's Diary\"><meta name=\"author\" content=\"Mia Stone\">", "<p class=\"author\">Mia Stone</p>")
            .ShouldBe("Mia Stone");

    [Fact]
    public void A_meta_element_may_say_value() => Authors("<meta name=\"author\" value=\"Mia Stone\">", "").ShouldBe("Mia Stone");

    private static string Stated(string author) =>
        $$"""<script type="application/ld+json">{"@type":"NewsArticle","headline":"Snow closes the pass","author":{{author}}}</script>""";

    private static string Authors(string head, string behindTitle) => Read(head, $"<article><h1>Snow closes the pass</h1>{behindTitle}{Prose}</article>");

    private static string Read(string head, string body)
    {
        var html = $"<!doctype html><html><head><title>Snow closes the pass</title>{head}</head><body>{body}</body></html>";
        using var document = new HtmlParser().ParseDocument(html);
        return string.Join("; ", ClaimReader.Read(document, new Uri("https://www.site.example/2024/pass"), ReadingLimit.None).Page.Authors);
    }
}

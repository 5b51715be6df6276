using AngleSharp.Html.Parser;
using Ingest.Pages.Claims;
using Ingest.Text.Limits;

namespace Ingest.Pages.Tests.Claims;

public sealed class UnannouncedAuthorTests
{
    private const string Prose = "<p>Snow fell all night on the pass, and the last bus stayed in the village below it.</p>";

    [Theory]
    [InlineData("<img src=a.jpg class=avatar> <a href='/user-list/?u=79003'>SnowJack</a> 18.10.2024, 15:07", "SnowJack")]
    [InlineData("<a href='/members/127862'><div><img src=a.jpg></div><div>snow.jack</div></a>", "snow.jack")]
    [InlineData("<a href='https://www.site.example/user/SnowJack'>SnowJack</a> · <time datetime='2024-10-18'>18 Oct</time>", "SnowJack")]
    [InlineData("<a href='/u/snowjack'>snowjack</a><span>October 18, 2024</span>", "snowjack")]
    [InlineData("<span>5 March 2024</span><a href='/profile/snow-jack/'>Snow Jack</a>", "Snow Jack")]
    [InlineData("<a href='/membership'>Membership</a> 18.10.2024", "")]
    [InlineData("<a href='https://social.example/profile.php?id=1234'><img src=f.png>Friends</a> 18.10.2024", "")]
    [InlineData("<nav><a href='/members/12'><img src=a.jpg>snowjack</a></nav>", "")]
    [InlineData("<a href='/members/12'>snowjack</a>", "")]
    [InlineData("<a href='/members/12'>snowjack</a>, <a href='/members/13'>icebear</a> 18.10.2024", "")]
    [InlineData("<p>By Mia Stone</p><a href='/members/12'>snowjack</a> 18.10.2024", "Mia Stone")]
    public void Link_to_a_members_page_beside_picture_or_date_names_the_author(string line, string author) =>
        Authors("", $"<h1>Snow closes the pass</h1><div>{line}</div>{Prose}").ShouldBe(author);

    [Theory]
    [InlineData("<ul><li><a href='/c'>Opinion</a></li><li>19 October 2024</li><li><span>Mia Stone</span></li></ul>", "Mia Stone")]
    [InlineData("<div><span>Mia Stone</span><span>19.10.2024</span></div>", "Mia Stone")]
    [InlineData("<span>Mia J. Stone</span> <time datetime='2024-10-19'>yesterday</time>", "Mia J. Stone")]
    [InlineData("<div><em>Mia Stone</em><i></i><b>October 19, 2024</b></div>", "Mia Stone")]
    [InlineData("<p>19. Oktober 2024</p><p>Mia Stone</p>", "Mia Stone")]
    [InlineData("<div><span>Tom Reed</span><span>19.10.2024</span></div>", "")]
    [InlineData("<div><span>Share Article</span><span>19.10.2024</span></div>", "")]
    [InlineData("<figure><span>Mia Stone</span><span>19.10.2024</span></figure>", "")]
    [InlineData("<div><span>Mia Stone</span></div>", "")]
    public void Name_in_the_row_of_the_date_is_the_author_where_the_page_knows_them_as_one(string row, string author) =>
        Authors("", $"<h1>Snow closes the pass</h1>{row}{Prose}{More}").ShouldBe(author);

    [Theory]
    [InlineData("<div class='box author'><b>Mia Stone</b> <a href='/?q=mia'>All articles</a></div>", "Mia Stone")]
    [InlineData("<aside class='author-teaser'><div>Mia Stone</div><a href='/x'>Alle Beiträge</a></aside>", "Mia Stone")]
    [InlineData("<div class='sidebar'><div class='author'><p>Mia Stone</p><a href='/x'>More articles</a></div></div>", "Mia Stone")]
    [InlineData("<div class=author>Mia Stone <a href='/1'>All articles</a></div><div class=author>Mia Stone <a href='/1'>All articles</a></div>", "Mia Stone")]
    [InlineData("<div class=author>Mia Stone <a href='/1'>All articles</a></div><div class=author>Tom Reed <a href='/2'>All articles</a></div>", "")]
    [InlineData("<div class='author'>Mia Stone <a href='/x'>Her new book</a></div>", "")]
    public void Box_beside_the_text_that_leads_to_all_articles_of_one_person_names_the_author(string box, string author) =>
        Authors("", $"<div class='sidebar'>{box}</div><h1>Snow closes the pass</h1>{Prose}").ShouldBe(author);

    [Theory]
    [InlineData("<p>22.1.2020 // Author: <a rel=author href='/author/c1ph4/'>c1ph4</a> // 1 min</p>", "c1ph4")]
    [InlineData("<p><a href='/author/mia-stone/'>Mia Stone</a></p>", "Mia Stone")]
    [InlineData("<div class=post-footer>Filed: <a href='/authors/mia'>Mia Stone</a>, <a href='/authors/mia'>all posts by Mia</a></div>", "Mia Stone")]
    [InlineData("<div><a rel=author href='/about'>Mia Stone</a><a rel=author href='/about'>Mia Stone</a></div>", "Mia Stone")]
    [InlineData("<p><a href='/author/mia-stone/'>Mia Stone</a>, <a href='/author/tom-reed/'>Tom Reed</a></p>", "")]
    [InlineData("<div class=related><a href='/author/mia-stone/'>Mia Stone</a></div>", "")]
    [InlineData("<div class=comment-list><a rel=author href='/author/mia-stone/'>Mia Stone</a></div>", "")]
    public void Only_person_whose_authors_page_is_linked_has_written_the_text(string line, string author) =>
        Authors("", $"<h1>Snow closes the pass</h1>{string.Concat(Enumerable.Repeat(Prose, 90))}{line}").ShouldBe(author);

    [Theory]
    [InlineData("Erstellt von <a href='/author/mia/'>Mia</a> am Dienstag 6. Mai 2014", "Mia")]
    [InlineData("Written by <a href='/author/mia/'>Mia Wolf</a> on 6 May 2014", "Mia Wolf")]
    [InlineData("By <a href='/members/17/'>snow4ever</a>", "snow4ever")]
    [InlineData("Par <a rel=author href='/x/17/'>Mia</a>", "Mia")]
    [InlineData("By <a href='/author/tom/'>Tom</a>", "Tom Reed")]
    [InlineData("By <a href='/author/treed/'>treed</a>", "Tom Reed")]
    [InlineData("By <a href='/author/desk/'>Web Desk</a>", "Tom Reed")]
    [InlineData("By <a href='/author/mia/'>Mia</a><p class=author>Tom Reed</p>", "Tom Reed")]
    public void Announced_link_under_the_title_outranks_who_owns_the_site(string line, string author) =>
        Authors("<meta name=author content='Tom Reed'>", $"<h1>Snow closes the pass</h1><p>{line}</p>{Prose}").ShouldBe(author);

    [Theory]
    [InlineData("<dl><div><dt>Interview</dt><dd>Mia Stone</dd></div><div><dt>Photographer</dt><dd>Ada Wolf</dd></div></dl>", "Mia Stone")]
    [InlineData("<div class=c><b>Interview</b><b>MIA STONE</b></div><div class=c><b>FOTOGRAF</b><b>ADA WOLF</b></div>", "MIA STONE")]
    [InlineData("<p class=c><i>Styling</i><span>Ada Wolf</span></p><p class=c><i>Interview</i><span>Mia Stone</span></p>", "Mia Stone")]
    [InlineData("<ul><li><b>Bericht</b> <i>Mia Stone</i></li><li><b>Kamera</b> <i>Ada Wolf</i></li></ul>", "Mia Stone")]
    [InlineData("<table><tr><th>Interview</th><td>Mia Stone</td></tr><tr><th>Bilder</th><td>Ada Wolf</td></tr></table>", "Mia Stone")]
    [InlineData("<ul><li><b> Interview </b> <i>Mia Stone</i></li><li><b>Kamera</b> <i>Ada Wolf</i></li></ul>", "Mia Stone")]
    [InlineData("<p><span>Interview</span> <b>Mia Stone</b></p>", "")]
    [InlineData("<div><span>Interview</span><h2>Mia Stone</h2></div>", "")]
    public void Label_in_a_list_of_pairs_needs_no_colon(string credits, string author) =>
        Authors("", $"<h1>Snow closes the pass</h1>{Prose}{Prose}{credits}").ShouldBe(author);

    [Theory]
    [InlineData("<ul><li><a href='/2'>The last bus of the whole winter</a><div class='list-author'>Press release by Ada Wolf</div></li></ul>")]
    [InlineData("<ol><li><a href='/2'>The last bus of the whole winter</a> <span class=author>Ada Wolf</span></li></ol>")]
    [InlineData("<ul><li><a href='/2'>The last bus of the whole winter</a><p><span class=author>Ada Wolf</span></p></li></ul>")]
    [InlineData("<ul><li><a href='/2'><b>The last bus</b> of the whole winter</a><em class='writer'>Ada Wolf</em></li><li>All</li></ul>")]
    [InlineData("<ul><li><p class=byline>Ada Wolf</p><a href='/2'>The last bus of the whole winter</a></li></ul>")]
    public void Author_of_a_listed_article_is_not_that_of_the_page(string list) =>
        Authors("", $"<h1>Snow closes the pass</h1>{string.Concat(Enumerable.Repeat(Prose, 90))}{list}").ShouldBe("");

    [Theory]
    [InlineData("""{"@type":"Recipe","name":"Snow closes the pass","review":[{"@type":"Review","datePublished":"2024-03-05","author":{"name":"Tom Reed"}}]}""")]
    [InlineData("""{"@type":"Product","name":"Snow closes the pass","review":{"@type":"Review","author":"Tom Reed","datePublished":"2024"}}""")]
    [InlineData("""{"@type":"Article","headline":"Snow closes the pass","review":{"@type":"Review","url":"/2024/pass","author":"Tom Reed"}}""")]
    [InlineData("""{"@graph":[{"@type":"Recipe","name":"Snow closes the pass","review":[{"@type":"Review","datePublished":"2024","author":"Tom Reed"}]}]}""")]
    [InlineData("""{"@type":"Book","name":"Snow closes the pass","review":[{"@type":["Review"],"headline":"","author":"Tom Reed","datePublished":"2024"}]}""")]
    public void Who_reviews_a_recipe_has_not_written_it(string json) =>
        Authors($"<script type='application/ld+json'>{json}</script>", $"<h1>Snow closes the pass</h1>{Prose}").ShouldBe("");

    [Theory]
    [InlineData("<div class=author><p>Autor <span>Mia Stone</span></p><p>Übersetzung <a href='/author/ada'>Ada Wolf</a>, 12.12.22</p></div>")]
    [InlineData("<div class=author>By Mia Stone <div>Translated by <a href='/author/ada'>Ada Wolf</a></div></div>")]
    [InlineData("<p class=byline><a href='/author/mia'>Mia Stone</a> | Traduction : <a href='/author/ada'>Ada Wolf</a></p>")]
    [InlineData("<p class=byline>Por <a href='/author/mia'>Mia Stone</a>. Traducido por <a href='/author/ada'>Ada Wolf</a></p>")]
    [InlineData("<p class=byline>Door Mia Stone</p><p class=author>Vertaling: <a href='/author/ada'>Ada Wolf</a></p>")]
    public void Who_has_translated_the_text_has_not_written_it(string lines) =>
        Authors("", $"<h1>Snow closes the pass</h1>{lines}{Prose}").ShouldBe("Mia Stone");

    [Theory]
    [InlineData("mia[at]site-of-mia.example")]
    [InlineData("mia(at)stone.example")]
    [InlineData("MIA[AT]STONE.EXAMPLE")]
    [InlineData("mia.stone[at]stone[dot]example")]
    [InlineData("info(at)stone-press.example")]
    public void Mailbox_is_no_name(string content) =>
        Authors($"<meta name=author content='{content}'>", $"<h1>Snow closes the pass</h1><p>By <a rel=author href='/author/m1/'>m1a</a></p>{Prose}")
            .ShouldBe("m1a");

    [Theory]
    [InlineData("<p class=author>EX</p>", "Ada Wolf")]
    [InlineData("<p class=author><a href='/author/ex/'>KNA</a></p>", "Ada Wolf")]
    [InlineData("<p class=author>Pass Agency</p>", "Ada Wolf")]
    [InlineData("<p class=author>Mia Stone</p>", "Mia Stone")]
    [InlineData("<p class=author>Mia</p>", "Mia")]
    public void Letters_of_a_house_far_from_the_title_give_way_to_a_signature(string line, string author) =>
        Authors("", $"<h1>Snow closes the pass</h1>{string.Concat(Enumerable.Repeat(Prose, 90))}{line}<p>Text: Ada Wolf</p>").ShouldBe(author);

    // The page's list of other articles by the same author.
    private static string More =>
        string.Concat(Enumerable.Repeat(Prose, 90))
            + "<div class=related><a href='/author/mia-stone/'>Mia Stone</a> <a href='/author/x'>Mia J. Stone</a></div>";

    private static string Authors(string head, string body)
    {
        var html = $"<!doctype html><html><head><title>Snow closes the pass</title>{head}</head><body>{body}</body></html>";
        using var document = new HtmlParser().ParseDocument(html);
        return string.Join("; ", ClaimReader.Read(document, new Uri("https://www.site.example/2024/pass"), ReadingLimit.None).Page.Authors);
    }
}

using Ingest.Pages.Body;
using Ingest.Pages.Claims;
using Ingest.Text.Limits;

namespace Ingest.Pages.Tests.Body;

public sealed partial class BodyStructureTests
{
    private const string Title = "Growers replant the frozen slopes";
    private const string Said = "The cooperative pays the saplings back in ten years.";

    private static readonly string[] Paragraphs =
    [
        "The orchard cooperative of Ferrow Valley decided on Monday to replant the slopes that the frost had killed in the spring.",
        "Nobody had expected the vote to be close, because the growers had quarrelled over the price since the early summer.",
        "“My grandfather planted these trees with his own hands,” said Tilda Marsh, who has kept the books for two decades.",
        "The bank in the county town lends half of the money, and the other half comes out of the fund set up after the hail.",
        "Two professors of the college will choose the varieties, and they want one that blossoms later than the rest.",
        "The first rows are to be planted in November. The cooperative hopes that the trees carry fruit again within six years.",
    ];

    private static string Whole => string.Join("\n\n", Paragraphs);

    [Theory]
    [InlineData("<main><div><div class='article-body'>{0-3}</div></div><div class='ad'>Ad</div><div><div class='article-body'>{4-5}</div></div></main>")]
    [InlineData("<article><div class='r'><div class='entry-content'>{0-0}</div></div><div class='r'><div class='entry-content'>{1-5}</div></div></article>")]
    [InlineData("<main><div class='a'><div class='story-text-1'>{0-2}</div></div><div class='b'><div class='story-text-2'>{3-5}</div></div></main>")]
    [InlineData("<article><div class='row'><div class='col'>{0-4}</div></div><div class='row'><div class='col'>{5-5}</div></div></article>")]
    [InlineData("<div class='page'><div class='block'>{0-4}</div><div class='share'>Share</div><div class='block'>{5-5}</div></div>")]
    [InlineData("<div><div itemprop='articleBody'>{0-2}</div></div><div><div itemprop='articleBody'>{3-5}</div></div>")]
    [InlineData("<table><tr><td>{0-3}</td></tr><tr><td>{4-5}</td></tr></table>")]
    public void Parts_of_a_body_belong_together_wherever_they_stand(string html) => Read(html).Text.ShouldBe(Whole);

    [Theory]
    [InlineData("<div><div class='post-body'>{0-5}</div></div><div class='p'><h2><a href=/o>Cellar flooded</a></h2><div class='post-body'>{other}</div></div>")]
    [InlineData("<div class='row'>{0-5}</div><div class='row'><h3>Related stories</h3>{other}</div>")]
    [InlineData("<article><div class='text-body'>{0-5}</div></article><article><div class='text-body'>{other}</div></article>")]
    [InlineData("<div><div class='post-body'>{0-5}</div></div><div class='p'><h1>Cellar flooded</h1><div class='post-body'>{other}</div></div>")]
    [InlineData("<body class='article-body'><div class='entry-content'>{0-5}</div><div class='list'><a href=/o><h3>Cellar</h3></a>{other}</div></body>")]
    public void Another_article_of_the_same_make_is_no_part(string html) => Read(html).Text.ShouldNotContain("The landlord");

    [Theory]
    [InlineData("<div class='widget-wrap widget-wrap-{i}a'><div class='widget widget-{i}f widget-text'>{p}</div></div>")]
    [InlineData("<div class='card'><div class='card-body'>{p}</div></div>")]
    [InlineData("<div class='tile tile--text' id='tile-{i}'>{p}</div>")]
    [InlineData("<div class='cmp-container'><div class='cmp-text' id='text-{i}'>{p}</div></div>")]
    [InlineData("<div class='row'><div class='callout'><div class='extra'>{p}</div></div></div>")]
    public void Blocks_of_a_page_builder_are_the_text_whatever_they_are_called(string block) =>
        Read("<div class='content'>" + string.Concat(Paragraphs.Select((text, i) => block.Replace("{i}", $"{i}").Replace("{p}", $"<p>{text}</p>"))) + "</div>")
            .Text.ShouldBe(Whole);

    [Theory]
    [InlineData("<details><summary>Who pays?</summary><p>{said}</p></details>")]
    [InlineData("<div role='note'><p>{said}</p></div>")]
    [InlineData("<div class='code-toolbar'><pre><code>{said}</code></pre><div class='toolbar'>Copy</div></div>")]
    [InlineData("<aside class='factbox'><h3>Money</h3><p>{said}</p></aside>")]
    [InlineData("<div class='extra-space'><p>{said}</p></div>")]
    [InlineData("<p class='dateline'>FERROW, May 3 - {said}</p>")]
    [InlineData("<div class='social-embed'><blockquote><p>{said}</p></blockquote></div>")]
    [InlineData("<dl><dt>Money</dt><dd>{said}</dd></dl>")]
    public void Box_between_paragraphs_stays(string box) => Within(box).ShouldContain(Said);

    [Theory]
    [InlineData("<aside class='pullquote'><p>The bank in the county town lends half of the money</p></aside>", "lends half of the money\n")]
    [InlineData("<aside><p>Cellar flooded by the rain, <a href=/o>says the landlord of the inn</a></p></aside>", "Cellar")]
    [InlineData("<div class='newsletter'><p>Every Friday the best of the valley, with recipes and walks for the week to come.</p></div>", "Every Friday")]
    [InlineData("<div class='related'><p>Volunteers have polished forty machines for the season, says the curator.</p></div>", "Volunteers")]
    [InlineData("<div class='comments'><p>I took part in the vote myself, and it was not close at all, whatever they say.</p></div>", "I took part")]
    public void Box_that_leads_elsewhere_goes(string box, string gone) => (Within(box) + "\n").ShouldNotContain(gone);

    [Theory]
    [InlineData("<h1>{title}</h1>{0-2}<h1>Money matters</h1>{3-5}")]
    [InlineData("<section><h1>{title}</h1>{0-2}</section><section><h1>Money matters</h1>{3-5}</section>")]
    [InlineData("<h1>{title}</h1><div><h1><b>Money matters</b></h1>{0-5}</div>")]
    [InlineData("<h1>A headline that says something else</h1>{0-2}<h1>Money matters</h1>{3-5}")]
    [InlineData("<div class='logo'><h1>Valley Post</h1></div><h1>{title}</h1>{0-2}<h1 class='head-anchor'>Money matters</h1>{3-5}")]
    public void Sections_headed_by_h1_keep_their_headings(string html)
    {
        var text = Read($"<article>{html}</article>").Text;
        text.ShouldContain("Money matters");
        text.ShouldNotContain(Title);
        text.ShouldNotContain("Valley Post");
        text.ShouldNotContain("A headline");
    }

    [Theory]
    [InlineData("<span class='cap' aria-hidden='true'>T</span><span class='sr-only'>T</span>he")]
    [InlineData("<span class='sr-only'>The</span><span class='d' aria-hidden='true'><b>T</b>he</span>")]
    [InlineData("<span aria-hidden='true'><b>T</b>he</span><span class='screen-reader-text'>The</span>")]
    [InlineData("<span class='a' aria-hidden='true'>T</span><span class='b' aria-hidden='true'>he</span><span class='u-visually-hidden'>The</span>")]
    [InlineData("<span class='dropcap' aria-hidden='true'>T</span>he")]
    [InlineData("<img class='dropcap' src='t.png' alt='T'>he")]
    public void Initial_and_its_copy_for_screen_readers_are_one_word(string initial) =>
        Read($"<article><p>{initial}{Paragraphs[0][3..]}</p>{Prose("{1-5}")}</article>").Text.ShouldBe(Whole);

    [Theory]
    [InlineData("<span class=x>T</span><p>he")]
    [InlineData("<b>T</b> <p>he")]
    [InlineData("T<p><a href=/orchard>he</a>")]
    [InlineData("<div><span><i>T</i></span><p><b>he</b>")]
    [InlineData("<span>T</span>\n<p>he")]
    public void Initial_before_its_paragraph_is_a_part_of_the_word(string initial) =>
        Read($"<article>{initial}{Paragraphs[0][3..]}</p>{Prose("{1-5}")}</article>").Text.ShouldBe(Whole);

    [Theory]
    [InlineData("<span class=avatar role=img aria-label=tilda>T</span>")]
    [InlineData("<div class='av' role='img'>TM</div>")]
    [InlineData("<a href=/u/tilda><span class=x role=img aria-label=tilda> T </span></a>")]
    [InlineData("<span class='avatar-u1 s' role=img title=tilda>4</span>")]
    [InlineData("<p><span class=a role=img>TM</span></p>")]
    public void Letter_that_stands_for_a_picture_is_none_of_the_text(string letter) =>
        Read($"<article>{Prose("{0-2}")}{letter}{Prose("{3-5}")}</article>").Text.ShouldBe(Whole);

    [Theory]
    [InlineData("<span class=e role=img aria-label=apple>🍎</span>")]
    [InlineData("<span class=c role=img aria-label=T>T</span>he saplings")]
    public void Sign_in_a_sentence_stays(string sign) =>
        Read($"<article>{Prose("{0-2}")}<p>{sign} are paid for by all of the members.</p>{Prose("{3-5}")}</article>").Text
            .ShouldContain(sign.Contains("he sap", StringComparison.Ordinal) ? "The saplings are" : "🍎 are");

    [Theory]
    [InlineData("<span class='icon' aria-hidden='true'>→</span>")]
    [InlineData("<span class='sr-only'>(opens in a new tab)</span>")]
    [InlineData("<span class='show-for-sr'>opens in new window</span>")]
    [InlineData(" (opens in a new tab)")]
    [InlineData(" – öffnet in neuem Tab")]
    [InlineData("<i class='material' aria-hidden='true'>launch</i>")]
    public void What_a_link_does_is_not_said(string note) =>
        Within($"<p>The report of the <a href='https://r.example/'>agricultural college{note}</a> says so in two places, and nobody has answered it.</p>")
            .ShouldContain("agricultural college says so");

    [Theory]
    [InlineData("<x-a><template shadowrootmode='open'><article>{0-5}</article></template></x-a>")]
    [InlineData("<main><x-a><TEMPLATE data-x=1 shadowrootmode=closed><style>p{}</style><section>{0-5}</section></TEMPLATE></x-a></main>")]
    [InlineData("<x-a><template shadowrootmode='open'><main><x-b><template shadowrootmode='open'>{0-5}</template></x-b></main></template></x-a>")]
    [InlineData("<main><x-a><template shadowrootmode='open'><template><p>{said}</p></template>{0-5}</template></x-a></main>")]
    [InlineData("<main><x-a><template shadowrootmode='open'><slot></slot></template>{0-5}</x-a><template id='row'><p>{said}</p></template></main>")]
    public void Shadow_trees_that_the_page_brings_along_are_read_and_other_templates_are_not(string html) => Read(html).Text.ShouldBe(Whole);

    [Theory]
    [InlineData("<div id='root'></div><footer class='site-footer'><p>© 2026 Valley Post. All rights reserved. Nothing may be copied.</p></footer>")]
    [InlineData("<div id='root'></div><div class='page-footer'><p>Valley Post is a trade mark of the Valley Media Company. Printed on paper.</p></div>")]
    [InlineData("<div id='root'></div><ul>{teasers}</ul>")]
    [InlineData("<main><h1>{title}</h1><div id='root'></div></main><section class='related'><ul>{teasers}</ul></section>")]
    [InlineData("<main><h1>{title}</h1><div id='root'></div></main><h2>More stories</h2><ul>{teasers}</ul>")]
    public void Shell_that_scripts_would_fill_is_empty(string html)
    {
        var body = Read(html);
        body.Text.ShouldBe("");
        body.Kind.ShouldBe(PageKind.Empty);
    }

    [Fact]
    public void Round_up_of_linked_headings_under_its_own_headline_is_an_article() =>
        Read("<main><h1>{title}</h1><ul>{teasers}</ul></main>").Text.ShouldContain("Volunteers have polished");

    [Fact]
    public void Claim_wins_over_teasers_that_have_nothing_of_it_however_long()
    {
        var html = "<main><h1>{title}</h1><div id='root'></div></main><div>" + string.Concat(Enumerable.Range(0, 9).Select(
            static n => $"<p>Something else happened in village number {n}, and people talked about it for a long time, it is said.</p>")) + "</div>";
        var claims = Claims with { Bodies = [new PageClaim(string.Concat(Paragraphs.Select(static text => $"<p>{text}</p>")), "json-ld")] };
        (Read(html, claims).Text, Read(html, claims).Origin).ShouldBe((Whole, "json-ld"));
        Read("<article>{0-5}</article>", Claims with { Bodies = [new PageClaim(string.Concat(Enumerable.Repeat("A summary for machines. ", 12)), "json-ld")] })
            .Text.ShouldBe(Whole);
    }

    private static PageClaims Claims => new(new ArticlePage { Title = new PageClaim(Title, "html") });

    private static string Within(string html) =>
        Read($"<main><h1>{Title}</h1><div class='article-body'>{Prose("{0-2}")}{html}{Prose("{3-5}")}</div></main>").Text;

    private static string Prose(string html)
    {
        for (var first = 0; first < Paragraphs.Length; first++)
        {
            for (var last = first; last < Paragraphs.Length; last++)
                html = html.Replace($"{{{first}-{last}}}", string.Concat(Paragraphs[first..(last + 1)].Select(static text => $"<p>{text}</p>")));
        }

        return html.Replace("{title}", Title).Replace("{said}", Said)
            .Replace("{other}", "<p>The landlord of the old mill inn pumped until dawn, and his guests helped him with buckets and pans.</p>")
            .Replace(
                "{teasers}",
                "<li><a href=/x><h3>Tractor museum opens</h3></a><p>Volunteers have polished forty machines for the season, says the curator.</p></li>"
                    + "<li><a href=/y><h3>Hail insurance gets dearer</h3></a><p>Premiums climb by a fifth, and farmers look for other ways.</p></li>");
    }

    private static PageBody Read(string html, PageClaims? claims = null)
    {
        using var document = BoundedParse.Read(Prose(html), ReadingLimit.None);
        return BodyReader.Read(document, claims ?? Claims, ReadingLimit.None, explain: false);
    }
}

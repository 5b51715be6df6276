using AngleSharp.Html.Parser;
using Ingest.Pages.Claims;
using Ingest.Text.Limits;

namespace Ingest.Pages.Tests.Claims;

public sealed class BylinePlacesTests
{
    private const string Prose = "<p>Snow fell all night on the pass, and the last bus stayed in the village below it.</p>";
    private const string Sentence = "Snow fell all night on the pass, and the last bus stayed in the village below it.";
    private static readonly string Chapter = string.Concat(Enumerable.Repeat("<p>Snow <i>fell</i> all night <b>on</b> the pass.</p>", 40));

    [Theory]
    [InlineData("<p>{0}</p><p><strong>Mia Stone</strong></p>")]
    [InlineData("<p>{0}</p><p>{0}</p><p><em>Mia Stone</em></p>")]
    [InlineData("<p>{0} (Mia Stone)</p><p>{0} <i>(Mia Stone)</i></p>")]
    [InlineData("<p><b>{0}</b> (Mia Stone) +++</p>")]
    [InlineData("<div>{0}<br><span>(Mia Stone)</span></div>")]
    public void A_text_may_be_signed_without_a_word(string html) =>
        Authors("", $"<h1>Snow closes the pass</h1><div>{html.Replace("{0}", Sentence)}</div>").ShouldBe("Mia Stone");

    [Theory]
    [InlineData("<p>“{0}” <b>(Mia Stone)</b></p>")]
    [InlineData("<p>{0} <i>(Mia Stone)</i> was not there.</p>")]
    [InlineData("<p>{0} <i>(page 34f.)</i></p>")]
    [InlineData("<p>{0}</p><p><strong>Open all winter</strong></p>")]
    [InlineData("<p>{0}</p><p><strong>Mia Stone</strong></p><p>She closed it.</p>")]
    [InlineData("<figure><img src=a.jpg><figcaption>{0} <i>(Mia Stone)</i></figcaption></figure>")]
    [InlineData("<p>{0}</p><p><strong>Mia Stone / Tom</strong></p>")]
    public void What_only_looks_like_a_signature_is_none(string html) =>
        Authors("", $"<h1>Snow closes the pass</h1><div>{html.Replace("{0}", Sentence)}</div>").ShouldBe("");

    [Theory]
    [InlineData("img-author", "")]
    [InlineData("image_author right", "")]
    [InlineData("wide photo-authors", "")]
    [InlineData("post-picture-author-name", "")]
    [InlineData("bild-author", "")]
    [InlineData("author-img", "Mia Stone")]
    [InlineData("post-author", "Mia Stone")]
    public void Author_of_a_picture_is_not_that_of_the_text(string names, string author) =>
        Authors("", $"<h1>Snow closes the pass</h1><div class='{names}'>Mia Stone</div>{Prose}").ShouldBe(author);

    [Theory]
    [InlineData("main-content has-double-sidebar")]
    [InlineData("p-body-main--withSidebar")]
    [InlineData("layout two-sidebars")]
    [InlineData("content no-sidebar")]
    [InlineData("content without_widgets")]
    [InlineData("node node-promoted clearfix")]
    [InlineData("node node--promoted")]
    [InlineData("has-related wide")]
    public void What_has_a_sidebar_is_none(string names) =>
        Authors("", $"<h1>Snow closes the pass</h1><div class='{names}'>{Chapter}<p>Written by Mia Stone</p></div>").ShouldBe("Mia Stone");

    [Theory]
    [InlineData("sidebar")]
    [InlineData("left-sidebar")]
    [InlineData("widget_text")]
    [InlineData("promoted-posts")]
    [InlineData("home-promo")]
    [InlineData("related with-pictures")]
    [InlineData("one-third-sidebar")]
    public void What_stands_in_a_sidebar_says_nothing_of_the_article(string names) =>
        Authors("", $"<h1>Snow closes the pass</h1>{Chapter}<div class='{names}'><p>Written by Mia Stone</p></div>").ShouldBe("");

    [Theory]
    [InlineData("— By Mia Stone")]
    [InlineData("---- by Mia Stone")]
    [InlineData("| Von Mia Stone")]
    [InlineData("» Por Mia Stone")]
    [InlineData("-&nbsp;Redaktion: Mia Stone (Press office of the valley)")]
    [InlineData("• Par Mia Stone")]
    public void A_mark_may_stand_before_the_announcement(string line) =>
        Authors("", $"<h1>Snow closes the pass</h1><p>{line}</p>{Prose}").ShouldBe("Mia Stone");

    [Theory]
    [InlineData("„Von Mia Stone bis Tom Reed“")]
    [InlineData("(von links) Mia Stone und Tom Reed")]
    [InlineData("\"By Mia Stone's own account\"")]
    [InlineData("- By the river")]
    public void Quotations_and_remarks_are_no_bylines(string line) => Authors("", $"<h1>Snow closes the pass</h1><p>{line}</p>{Prose}").ShouldBe("");

    [Theory]
    [InlineData("By <a href='/members/snow4ever.17/'>snow4ever</a>", "snow4ever")]
    [InlineData("von <span><b><a href='/user/Mia1.html'>Mia1</a></b></span><br>am 20.09.2020", "Mia1")]
    [InlineData("<span>Author</span> <a href='/members/snow-and-ice.21/' class=username>Snow and more ice</a>", "Snow and more ice")]
    [InlineData("<span> by </span><h3><a href='/profile/142'>mia201</a></h3>", "mia201")]
    [InlineData("Written by <a rel=author href='/x'><span>c1ph4</span></a>", "c1ph4")]
    [InlineData("By <a href='/shop/skis'>10 skis of the year</a>", "")]
    [InlineData("Seen by 12 <a href='/members/18/'>others</a>", "")]
    [InlineData("<div class=comment-list>By <a href='/members/17/'>snow4ever</a></div>", "")]
    [InlineData("The pass, by <a href='/members/17/'>snow4ever</a>, is shut", "")]
    public void An_announced_link_to_a_members_page_has_the_whole_name(string line, string author) =>
        Authors("", $"<h1>Snow closes the pass</h1><div>{line}</div>{Prose}").ShouldBe(author);

    [Theory]
    [InlineData("<p><strong>Von Mia Stone</strong></p>")]
    [InlineData("<p><em>By Mia Stone</em></p>")]
    [InlineData("<table><tr><td><b>Text &amp; Fotos:</b> Mia Stone</td></tr></table>")]
    [InlineData("<p>Von M\u00ADia Sto\u00ADne</p>")]
    [InlineData("<dl><dt>Auteur</dt><dd><a href='/staff/mia-stone/'>Mia Stone</a></dd></dl>")]
    [InlineData("<p>Text: Mia Stone</p><div><p>Text: Mia Stone</p></div>")]
    public void A_line_further_down_names_the_guest_where_the_poster_is_not_seen(string line) => Authors(Poster, Far(line)).ShouldBe("Mia Stone");

    [Theory]
    [InlineData("<p>By Mia Stone</p><p>By Ada Wolf</p>")]
    [InlineData("<p>Foto: Mia Stone</p>")]
    [InlineData("<p>Source: Mia Stone</p>")]
    [InlineData("<p><a href='/b'>By Mia Stone</a></p>")]
    [InlineData("<p>Von Mia Stone, die den Pass seit vielen Jahren kennt und liebt</p>")]
    [InlineData("<p>By Mia Stone</p><div class=author-box>Tom Reed</div>")]
    [InlineData("<p>By Mia Stone</p><p>Tom Reed, 5 March 2024</p>")]
    [InlineData("<figure><figcaption>By Mia Stone</figcaption></figure>")]
    public void Other_names_further_down_leave_the_stated_author(string line) => Authors(Poster, Far(line)).ShouldBe("Tom Reed");

    [Theory]
    [InlineData("<div class='vcard rich-snippet-hidden'><a rel=author href='/author/tom'>Tom Reed</a></div><p>Von Mia Stone</p>", "Mia Stone")]
    [InlineData("<div class='vcard'><a rel=author href='/author/tom'>Tom Reed</a></div><p>Von Mia Stone</p>", "Tom Reed")]
    public void An_author_who_is_hidden_is_not_seen(string lines, string author) => Authors(Poster, Far(lines)).ShouldBe(author);

    [Theory]
    [InlineData("<p>© 2024 Mia Stone</p>", "/people/mia-stone/pass", "Mia Stone")]
    [InlineData("<p>Copyright (c) 2012- Mia Stone. All rights reserved.</p>", "/~stone/pass", "Mia Stone")]
    [InlineData("<p>(c) Mia Stone • More rights in the imprint</p>", "/stone", "Mia Stone")]
    [InlineData("<p>© Mia Stone</p>", "/2024/pass", "")]
    [InlineData("<p>© 2024 Stone Press</p>", "/stone/pass", "")]
    [InlineData("<p>© 2024 Mia Stone</p><p>© 2024 Ada Stone</p>", "/stone/pass", "")]
    [InlineData("<figure><figcaption>© Mia Stone</figcaption></figure>", "/stone/pass", "")]
    [InlineData("<p>© 2024 <a href='/imprint'>the Stone family of the valley</a></p>", "/stone/pass", "")]
    [InlineData("<p>By Ada Wolf</p><p>© 2024 Mia Stone</p>", "/stone/pass", "Ada Wolf")]
    public void The_owner_of_the_rights_is_the_author_of_their_own_page(string line, string path, string author) =>
        Authors("", $"<h1>Snow closes the pass</h1>{Prose}{line}", path).ShouldBe(author);

    [Theory]
    [InlineData("Staff and wire reports", "Staff and wire reports")]
    [InlineData("Staff and news service reports", "Staff and news service reports")]
    [InlineData("Mia Stone and Tom Reed", "Mia Stone; Tom Reed")]
    [InlineData("Mia Stone and wire reports", "Mia Stone")]
    [InlineData("Mia and Tom", "Mia; Tom")]
    public void What_is_no_name_behind_an_and_is_a_part_of_the_one_before(string name, string authors) =>
        Authors($"<meta name=author content='{name}'>", $"<h1>Snow closes the pass</h1>{Prose}").ShouldBe(authors);

    private const string Poster =
        """<script type="application/ld+json">{"@type":"NewsArticle","headline":"Snow closes the pass","author":{"name":"Tom Reed"}}</script>""";

    // Share buttons and a lead stand between the title and the line.
    private static string Far(string line) =>
        $"<h1>Snow closes the pass</h1><ul>{string.Concat(Enumerable.Repeat("<li><i></i></li>", 10))}</ul>{Prose}{line}{Chapter}";

    private static string Authors(string head, string body, string path = "/2024/pass")
    {
        var html = $"<!doctype html><html><head><title>Snow closes the pass</title>{head}</head><body>{body}</body></html>";
        using var document = new HtmlParser().ParseDocument(html);
        return string.Join("; ", ClaimReader.Read(document, new Uri("https://www.site.example" + path), ReadingLimit.None).Page.Authors);
    }
}

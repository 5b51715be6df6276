using System.Text;
using Ingest.Text.Limits;

namespace Ingest.Pages.Tests.Body;

public sealed class NoScriptTests
{
    private static readonly string[] Paragraphs =
    [
        "The orchard cooperative of Ferrow Valley decided on Monday to replant the slopes that the frost had killed in the spring, and to sell the old mill.",
        "Nobody had expected the vote to be close, because the growers had quarrelled over the price since the early summer, and some had left.",
        "“My grandfather planted these trees with his own hands,” said Tilda Marsh, who has kept the books of the cooperative for two decades.",
        "The bank in the county town lends half of the money, and the other half comes out of the fund set up after the hail of the year before.",
        "Two professors of the college will choose the varieties, and they want one that blossoms later than the rest and yields as much as they do.",
        "The first rows are to be planted in November. The cooperative hopes that the trees carry fruit again within six years, if no frost comes.",
    ];

    private static string Article => string.Concat(Paragraphs.Select(static text => $"<p>{text}</p>"));

    [Theory]
    [InlineData("<div class='post-body'><script type='text/template'>{article}</script><noscript>{article}</noscript></div>")]
    [InlineData("<div id='app'></div><noscript>{article}</noscript>")]
    [InlineData("<meta name='description' content='{first}'><div id='app'></div><noscript>{article}</noscript>")]
    [InlineData("<noscript><img src='pixel.gif'></noscript><main><NoScript class='no-js'><div>{article}</div></NoScript></main>")]
    [InlineData("<noscript>Please turn on JavaScript.</noscript><article><noscript>{lines}</noscript></article>")]
    [InlineData("<article><noscript>{article}</noscript></article><noscript><p>Counters</p></noscript><script>var text = '{article}';</script>")]
    public void An_article_that_scripts_draw_is_read_from_where_it_stands_for_those_without(string html) =>
        Read(html).ShouldBe(string.Join("\n\n", Paragraphs));

    [Theory]
    [InlineData("<article>{article}</article><noscript>{article}</noscript>")]
    [InlineData("<noscript>{article}</noscript><article>{article}</article>")]
    [InlineData("<article>{article}</article><noscript><p>Your browser is too old.<br>Take another one.</p></noscript>")]
    [InlineData("<article>{article}<noscript><iframe src='/count'></iframe></noscript></article>")]
    [InlineData("<article>{article}<noscript><div><b>Open</noscript></article>")]
    public void Other_noscripts_say_nothing(string html) => Read(html).ShouldBe(string.Join("\n\n", Paragraphs));

    private static string Read(string html)
    {
        var body = html.Replace("{article}", Article).Replace("{first}", Paragraphs[0]).Replace("{lines}", string.Join("<br><br>", Paragraphs));
        var page = $"<!doctype html><html><head><title>Growers replant the slopes</title></head><body><h1>Growers replant the slopes</h1>{body}</body></html>";
        return PageReader.Read(Encoding.UTF8.GetBytes(page), "utf-8", new Uri("https://example.org/a"), ReadingLimit.None).Body?.Text ?? "";
    }
}

using Ingest.Text.Html;
using Ingest.Text.Teasers;

namespace Ingest.Text.Tests.Teasers;

public sealed class TeaserEndTests
{
    [Theory]
    [InlineData("<p>The ferry is back. […]</p>", "The ferry is back.")]
    [InlineData("The ferry is back [&#8230;]", "The ferry is back")]
    [InlineData("The ferry is back [...]", "The ferry is back")]
    [InlineData("<p>The ferry is back.</p><p><a href='/f'>Continue reading <span>→</span></a></p>", "The ferry is back.")]
    [InlineData("<p>The ferry is back… <a href='/f'>Read more</a></p>", "The ferry is back…")]
    [InlineData("<p>The ferry is back. <a href='/f'>Weiterlesen →</a></p>", "The ferry is back.")]
    [InlineData("<p>The ferry is back.</p><p>Lire la suite…</p>", "The ferry is back.")]
    [InlineData("<p>The ferry is back.</p><p>Continue reading The old ferry</p>", "The ferry is back.")]
    [InlineData("<p>The ferry is back.</p><p>The post The old ferry appeared first on Quay.</p>", "The ferry is back.")]
    [InlineData("<p>The ferry is back. The post The old ferry first appeared on Quay.</p>", "The ferry is back.")]
    [InlineData("<p>The ferry is back […]</p><p>Der Beitrag The old ferry erschien zuerst auf Quay.</p>", "The ferry is back")]
    [InlineData("<p>The ferry is back.</p><p>La entrada The old ferry se publicó primero en Quay.</p>", "The ferry is back.")]
    [InlineData("<p>The ferry is back.</p><p>L’articolo The old ferry proviene da Quay.</p>", "The ferry is back.")]
    [InlineData("<p>The ferry is back.</p><p>Сообщение The old ferry появились сначала на Quay.</p>", "The ferry is back.")]
    [InlineData("<p>The ferry is back.</p><p>Read more books, said the captain, and you will never be alone at sea.</p>",
        "The ferry is back.\n\nRead more books, said the captain, and you will never be alone at sea.")]
    [InlineData("<p>The post about fish came first. It was long.</p>", "The post about fish came first. It was long.")]
    [InlineData("<p>To be continued…</p>", "To be continued…")]
    public void Only_what_software_adds_goes(string html, string expected) =>
        string.Join("\n\n", TeaserEnd.Without(HtmlText.Paragraphs(html), "The old ferry")).ShouldBe(expected);

    [Theory]
    [InlineData("<p>We won <img class=wp-smiley alt=\"🎉\" src=x.png> today</p>", "We won 🎉 today")]
    [InlineData("Fine <img src='/e/1f642.png' alt='🙂'/>", "Fine 🙂")]
    [InlineData("Odd <img class='smiley' alt=':-)' src=y.gif>", "Odd :-)")]
    [InlineData("<img alt='A hill' src=z.jpg>Text", "Text")]
    [InlineData("<img alt='2024' src=z.jpg>Text", "Text")]
    public void Letters_shown_as_pictures_stay_in_the_text(string html, string expected) => HtmlText.Line(html).ShouldBe(expected);
}

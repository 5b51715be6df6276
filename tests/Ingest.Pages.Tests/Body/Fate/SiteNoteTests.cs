namespace Ingest.Pages.Tests.Body.Fate;

public sealed class SiteNoteTests
{
    [Theory]
    [InlineData("When you buy something through our links, we may earn a small commission.")]
    [InlineData("Enjoying this story? It was paid for by readers.")]
    [InlineData("Listen to this article")]
    [InlineData("3 minute read")]
    [InlineData("Reading time: 12 minutes")]
    [InlineData("Lesezeit: 4 Min.")]
    [InlineData("Temps de lecture : 5 minutes")]
    [InlineData("Story continues below advertisement")]
    [InlineData("Already a subscriber? Log in here.")]
    [InlineData("Your browser does not support the video element.")]
    [InlineData("Download our app for the news of the valley.")]
    [InlineData("Sie haben bereits ein Konto? Hier geht es weiter.")]
    [InlineData("Ihr Browser unterstützt dieses Format nicht.")]
    [InlineData("La suite après la publicité")]
    [InlineData("¿Ya eres suscriptor? Entra aquí")]
    [InlineData("Ваш браузер не поддерживает видео.")]
    [InlineData("Nach der Anzeige weiter")]
    [InlineData("阅读时间：3分钟")]
    [InlineData("Click to read more and view comments")]
    public void Line_in_which_the_site_speaks_of_itself_is_dropped(string note) => Story.Inside($"<p>{note}</p>").ShouldNotContain(note);

    [Theory]
    [InlineData("Agents may earn a commission on every crate they sell.")]
    [InlineData("She listened to the article as her son read it aloud.")]
    [InlineData("The leaflet takes three minutes, and most people read it twice.")]
    [InlineData("The browser of the office does not support such files, the clerk said.")]
    [InlineData("The subscriber had already paid for the box of pears.")]
    [InlineData("The app of the nursery was downloaded nine times.")]
    [InlineData("Use affiliate programmes with care, growers are told.")]
    public void Sentence_about_such_things_stays(string sentence) => Story.Inside($"<p>{sentence}</p>").ShouldContain(sentence);

    [Theory]
    [InlineData("<div><h3>A grower yourself?</h3><p>Learn what the trade talks about before others do.</p><form><input></form></div>", "grower yourself")]
    [InlineData("<div><p>Letters from the valley, every Friday.</p><form><input type=email><button>Join</button></form></div>", "Letters from")]
    [InlineData("<div><div><p>What do you think of the plan?</p></div><form><input></form></div>", "What do you think")]
    [InlineData("<section><h3>Stay close</h3><form><p>Your address</p><input></form></section>", "Stay close")]
    [InlineData("<div><p>Mit einem Abo geht es weiter.</p><p><a href=/a>Jetzt abonnieren</a></p><p>Bereits ein Konto? <a href=/k>Ja</a></p></div>", "Mit einem")]
    [InlineData("<div><p>The rest is for members.</p><p><a href=/j>Join today</a></p><p>Already a member? <a href=/k>Log in</a></p></div>", "The rest is")]
    public void Box_that_asks_is_dropped_whole(string html, string begins) => Story.Inside(html).ShouldNotContain(begins);

    [Fact]
    public void Chapter_with_a_form_at_its_end_stays() =>
        Story.Read($"<div>{Story.Two(0)}{Story.Two(2)}<form><input></form></div>{Story.Two(4)}").ShouldContain(Story.Text(2));

    [Theory]
    [InlineData("Redigatur: Max Muster, Faktencheck: Erika Muster")]
    [InlineData("Translation: Ann Example")]
    [InlineData("Traduction : Anne Exemple")]
    [InlineData("Lektorat: Max Muster")]
    [InlineData("Перевод: Анна Пример")]
    public void Last_line_that_names_who_worked_on_it_is_dropped(string line) => Story.AtEnd($"<p>{line}</p>").ShouldNotContain(line);
}

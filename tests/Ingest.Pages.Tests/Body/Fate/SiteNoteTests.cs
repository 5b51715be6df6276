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
    [InlineData("Externen Inhalt anzeigen")]
    [InlineData("Ein Klick für den Datenschutz")]
    [InlineData("Recommended external content")]
    [InlineData("Afficher le contenu externe")]
    [InlineData("Contenido externo")]
    [InlineData("Möchten Sie den Artikel teilen?")]
    [InlineData("Gefällt dir unser Gartenmagazin? Dann erzähle davon.")]
    [InlineData("If you enjoyed reading this, would you consider supporting the orchard?")]
    [InlineData("This post contains references to products from our partners.")]
    [InlineData("Schon gelesen?")]
    [InlineData("Chat with us in the messenger of your choice.")]
    [InlineData("Get Orchard Monthly delivered through your letterbox.")]
    [InlineData("Start the day with our weekly newsletter.")]
    [InlineData("Hier geht es zu unserem kostenlosen Newsletter.")]
    [InlineData("Recevez notre newsletter hebdomadaire.")]
    [InlineData("Click to read more and view comments")]
    [InlineData("Your browser is out of date.")]
    [InlineData("Dein Browser ist leider veraltet.")]
    [InlineData("Votre navigateur est obsolète, merci de le mettre à jour.")]
    [InlineData("Su navegador está obsoleto.")]
    [InlineData("Il tuo browser non è aggiornato.")]
    public void Line_in_which_the_site_speaks_of_itself_is_dropped(string note) => Story.Inside($"<p>{note}</p>").ShouldNotContain(note);

    [Theory]
    [InlineData("Agents may earn a commission on every crate they sell.")]
    [InlineData("She listened to the article as her son read it aloud.")]
    [InlineData("The leaflet takes three minutes, and most people read it twice.")]
    [InlineData("The browser of the office does not support such files, the clerk said.")]
    [InlineData("The parish newsletter came through the letterbox once a week.")]
    [InlineData("She chatted with us until the ladders were ordered.")]
    [InlineData("The subscriber had already paid for the box of pears.")]
    [InlineData("The app of the nursery was downloaded nine times.")]
    [InlineData("Use affiliate programmes with care, growers are told.")]
    public void Sentence_about_such_things_stays(string sentence) => Story.Inside($"<p>{sentence}</p>").ShouldContain(sentence);

    [Theory]
    [InlineData("Bild anzeigen Bild schließen")]
    [InlineData("Rezept drucken")]
    [InlineData("Print recipe")]
    [InlineData("Click to enlarge")]
    [InlineData("Imprimer la recette")]
    [InlineData("Powiększ zdjęcie")]
    public void Button_is_dropped_alone(string button)
    {
        var text = Story.Inside($"<div><p>Then the pears are boiled until the spoon stands in them.</p><p>{button}</p></div>");
        text.ShouldNotContain(button);
        text.ShouldContain("Then the pears");
    }

    [Theory]
    [InlineData("Print recipe books sold well again that year, said the owner of the press.")]
    [InlineData("External content was the trouble.")]
    [InlineData("Contenido externo no hubo.")]
    [InlineData("Copy links nobody.")]
    [InlineData("Rezept drucken sie keine mehr.")]
    public void Sentence_that_begins_as_buttons_do_stays(string sentence) => Story.Inside($"<p>{sentence}</p>").ShouldContain(sentence);

    [Theory]
    [InlineData("An dieser Stelle steht ein empfohlener redaktioneller Inhalt. ")]
    [InlineData("Ich bin damit einverstanden, dass mir der externe Inhalt angezeigt wird. ")]
    [InlineData("We need your permission to load the external content. ")]
    [InlineData("Pour afficher ce contenu, il faut accepter. ")]
    [InlineData("Aby wyświetlić tę treść, potrzebna jest zgoda. ")]
    public void Notice_in_place_of_an_embedded_post_is_dropped_though_it_is_long(string begins)
    {
        var text = Story.Inside($"<p>{begins}{string.Concat(Enumerable.Repeat("The other site will then learn that somebody reads here. ", 5))}</p>");
        text.ShouldNotContain("The other site");
        text.ShouldContain(Story.Text(4));
    }

    [Fact]
    public void Long_paragraph_that_only_ends_with_such_words_stays() =>
        Story.Inside(
            $"<p>{string.Concat(Enumerable.Repeat("The press ran until the sacks were empty and the boys had gone. ", 5))}Sign up for our pears, it said.</p>")
            .ShouldContain("The press ran until the sacks");

    [Theory]
    [InlineData("<div><p>Read more</p><p>The press of the valley turns a hundred, and its owner a little less…</p></div>")]
    [InlineData("<div><p>Czytaj więcej</p><div><p><a href=/a>Sto lat</a></p><p>The press of the valley turns a hundred this week.</p></div></div>")]
    [InlineData("<section><p>Lesen Sie auch</p><p>The press of the valley turns a hundred this week.</p></section>")]
    [InlineData("<aside><p>Lire aussi :</p><p>The press of the valley turns a hundred this week.</p></aside>")]
    [InlineData("<div><div><p>Leggi anche</p></div><div><p>The press of the valley turns a hundred this week.</p></div></div>")]
    public void Box_that_begins_by_leading_elsewhere_is_dropped_whole(string html) => Story.Inside(html).ShouldNotContain("turns a hundred");

    [Theory]
    [InlineData("<div><p>The press of the valley turns a hundred this week.</p><p>Read more</p></div>")]
    [InlineData("<div><p>The press of the valley turns a hundred this week.</p><p><a href=/a>Lesen Sie auch: Hundert Jahre</a></p></div>")]
    public void Paragraph_stays_whose_box_ends_by_leading_elsewhere(string html) => Story.Inside(html).ShouldContain("turns a hundred");

    [Theory]
    [InlineData("<div><h3>A grower yourself?</h3><p>Learn what the trade talks about before others do.</p><form><input></form></div>", "grower yourself")]
    [InlineData("<div><p>Letters from the valley, every Friday.</p><form><input type=email><button>Join</button></form></div>", "Letters from")]
    [InlineData("<div><div><p>What do you think of the plan?</p></div><form><input></form></div>", "What do you think")]
    [InlineData("<section><h3>Stay close</h3><form><p>Your address</p><input></form></section>", "Stay close")]
    [InlineData("<div><p>Mit Abo geht es weiter.</p><p><a href=/a>Jetzt abonnieren</a></p><p>Bereits ein Konto? <a href=/k>Ja</a></p></div>", "Mit Abo")]
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

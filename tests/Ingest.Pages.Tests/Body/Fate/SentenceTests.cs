namespace Ingest.Pages.Tests.Body.Fate;

public sealed class SentenceTests
{
    [Theory]
    [InlineData("The trust is a 501(c)(3) body.")]
    [InlineData("Section 12(c) of the act leaves no room, the judge wrote.")]
    [InlineData("Photo albums were saved from the cellar first.")]
    [InlineData("Copyright lasts seventy years, the lawyer explained.")]
    [InlineData("Getty Images bought the archive two years ago.")]
    [InlineData("Foto Meyer schließt nach achtzig Jahren sein letztes Geschäft.")]
    [InlineData("Crédit Agricole veut fermer trois agences cette année.")]
    [InlineData("Фото со спутника показывает, как ушла вода.")]
    [InlineData("写真集は来月発売され、港の歴史を伝えている。")]
    [InlineData("Picture by picture, the restorers worked through the ceiling.")]
    [InlineData("Illustration was never taught at the school.")]
    public void Sentence_that_begins_as_credits_do_stays(string sentence) => Story.Inside($"<p>{sentence}</p>").ShouldContain(sentence);

    [Theory]
    [InlineData("Foto: Erika Muster/dpa")]
    [InlineData("© 2031 Orchard Weekly. All rights are reserved by the publisher.")]
    [InlineData("Photo: Ann Example / Agency")]
    [InlineData("(Photo by Ann Example/Getty Images)")]
    [InlineData("Photo by Ann Example.")]
    [InlineData("Crédit photo : Agence Exemple")]
    [InlineData("The terraces at dusk (c) Ann Example")]
    [InlineData("写真：例社")]
    public void Credit_is_dropped(string credit) => Story.Inside($"<p>{credit}</p>").ShouldNotContain(credit);

    [Theory]
    [InlineData("By then the cellar was full.")]
    [InlineData("By dusk nobody could see the road.")]
    [InlineData("Von oben sieht alles friedlich aus.")]
    [InlineData("Par chance, personne n’était dehors.")]
    [InlineData("Updated maps will follow, she promised.")]
    [InlineData("Por suerte, nadie estaba en casa.")]
    [InlineData("Di notte il vento si fermò.")]
    public void Short_sentence_that_begins_as_bylines_do_stays_at_either_end(string sentence)
    {
        Story.AtStart($"<p>{sentence}</p>").ShouldStartWith(sentence);
        Story.AtEnd($"<p>{sentence}</p>").ShouldEndWith(sentence);
    }

    [Theory]
    [InlineData("By Ann Example")]
    [InlineData("By Ann Example.")]
    [InlineData("Von Erika Muster, Lindental")]
    [InlineData("Updated at 1:23 p.m.")]
    [InlineData("Published 4 May 2031")]
    [InlineData("Posted by admin.")]
    public void Byline_is_dropped_at_either_end(string byline)
    {
        Story.AtStart($"<p>{byline}</p>").ShouldNotContain(byline);
        Story.AtEnd($"<p>{byline}</p>").ShouldNotContain(byline);
    }

    [Theory]
    [InlineData("Comment sauver les arbres ?")]
    [InlineData("Comment tout a commencé")]
    [InlineData("Partager la récolte ?")]
    [InlineData("Loading bays were flooded too.")]
    [InlineData("Werbung half nicht mehr.")]
    [InlineData("Join us or leave us?")]
    [InlineData("Register or wait?")]
    [InlineData("Registered growers get nothing.")]
    [InlineData("Siga a água, disse ela.")]
    [InlineData("Subscribe to what, exactly?")]
    public void Question_or_sentence_that_begins_as_requests_do_stays(string sentence) =>
        Story.Inside($"<p><strong>{sentence}</strong></p>").ShouldContain(sentence);

    [Theory]
    [InlineData("Share this article")]
    [InlineData("Subscribe to our newsletter.")]
    [InlineData("Advertisement")]
    [InlineData("Anzeige")]
    [InlineData("Loading…")]
    [InlineData("Follow us on Example.")]
    [InlineData("Comments")]
    public void Request_is_dropped(string request) => Story.Inside($"<p>{request}</p>").ShouldNotContain(request);

    [Theory]
    [InlineData("<p>A ruling is expected to follow in <a href=/x>late autumn</a>.</p>", "A ruling is expected to follow")]
    [InlineData("<p>The <a href=/x>emails of the insurer</a> were read out in the hall.</p>", "The emails of the insurer")]
    [InlineData("<p>Growers may donate <a href=/x>spare ladders</a> at the press until Friday.</p>", "Growers may donate")]
    [InlineData("<p>Most valleys subscribe to a <a href=/x>hail warning</a>, which came too late.</p>", "Most valleys subscribe")]
    [InlineData("<p>Investigators follow <a href=/x>another trail</a>, a spokesman said.</p>", "Investigators follow")]
    [InlineData("<p>Die Folgen beschreibt <a href=/x>ein Gutachten</a>, das im Mai erscheint.</p>", "Die Folgen beschreibt")]
    [InlineData("<p>He had signed up for the <a href=/x>evening school</a> the week before.</p>", "He had signed up")]
    public void Last_sentence_with_a_word_of_calls_stays(string html, string begins) => Story.AtEnd(html).ShouldContain(begins);

    [Theory]
    [InlineData("<p>Follow Ann Example on <a href=/x>Example</a>.</p>", "Follow Ann")]
    [InlineData("<p>Ann Example covers farming. Follow her on <a href=/x>Example</a>.</p>", "Follow her")]
    [InlineData("<p>You can follow our reporter on <a href=/x>Example</a>.</p>", "follow our reporter")]
    [InlineData("<p>Sign up for our <a href=/x>newsletter</a>.</p>", "Sign up")]
    [InlineData("<p>Contact the author at <a href=mailto:a@site.example>a@site.example</a>.</p>", "Contact the author")]
    [InlineData("<p>For more stories like this, <a href=/x>see our farm page</a>.</p>", "For more stories")]
    [InlineData("<p>For the results, <a href=/x>click here</a>.</p>", "For the results")]
    public void Last_line_that_asks_to_follow_is_dropped(string html, string begins) => Story.AtEnd(html).ShouldNotContain(begins);

    [Theory]
    [InlineData("<p><a href=/a>The insurer had paid for two earlier storms without a word.</a></p>", "The insurer had paid")]
    [InlineData("<p><a href=/a><strong>She denied in court that the hives had been moved. </strong></a></p>", "She denied in court")]
    [InlineData("<p><strong><a href=/a>A second grower, who lives abroad, will hear the verdict next week.</a></strong></p>", "A second grower")]
    [InlineData("<p><a href=/a>In a letter to the paper, the nursery warns of a shortage of saplings</a>.</p>", "In a letter")]
    [InlineData("<blockquote><p><a href=/a>We will not sell a single row of this orchard.</a></p></blockquote>", "We will not sell")]
    [InlineData("<p>“<a href=/a>We counted the trunks twice, and we wrote the sums down,</a>” he wrote.</p>", "We counted the trunks")]
    public void Sentence_stays_where_all_of_it_is_a_link(string html, string begins) => Story.Inside(html).ShouldContain(begins);

    [Theory]
    [InlineData("<p><a href=/a>Cider press turns a hundred years old</a></p>", "Cider press turns")]
    [InlineData("<p><a href=/a>Who will run the cider press in ten years?</a></p>", "Who will run")]
    [InlineData("<p><a href=/a>Get the latest news of the valley in our app.</a></p>", "Get the latest")]
    [InlineData("<p><a href=/a>Read the whole report here.</a></p>", "Read the whole")]
    public void Teaser_that_is_a_link_is_dropped(string html, string begins) => Story.Inside(html).ShouldNotContain(begins);
}

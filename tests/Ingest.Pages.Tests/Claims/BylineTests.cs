using Ingest.Pages.Claims.People;

namespace Ingest.Pages.Tests.Claims;

public sealed class BylineTests
{
    [Theory]
    [InlineData("By Jane Doe and Richard Roe | 5 March 2024", "Jane Doe; Richard Roe")]
    [InlineData("Von Karl Muster, Redakteur", "Karl Muster")]
    [InlineData("Por Ana Díaz y Luis Gómez", "Ana Díaz; Luis Gómez")]
    [InlineData("Jane Doe, Richard Roe & Ann Poe", "Jane Doe; Richard Roe; Ann Poe")]
    [InlineData("Jean-Luc de la Tour", "Jean-Luc de la Tour")]
    [InlineData("Interview: Jane Doe", "Jane Doe")]
    [InlineData("Gespeichert von Jane Doe am 24. Juli 2017", "Jane Doe")]
    [InlineData("© Jane Doe Jane Doe", "Jane Doe")]
    [InlineData("By Theresa May, May 5, 2024", "Theresa May")]
    [InlineData("Marine Le Pen le 5 mai", "Marine Le Pen")]
    [InlineData("Por Ana Díaz el lunes, 5 de mayo", "Ana Díaz")]
    [InlineData("Jörg Staff", "Jörg Staff")]
    [InlineData("Jane Doe Staff Writer", "Jane Doe")]
    [InlineData("Rechtsanwältin", "")]
    [InlineData("Alle Artikel", "")]
    [InlineData("View more articles", "")]
    [InlineData("Photo © Agency", "")]
    [InlineData("(via RSS)", "")]
    [InlineData("By", "")]
    [InlineData("veröffentlicht von", "")]
    [InlineData("https://example.org/author/1", "")]
    [InlineData("12 March 2020", "")]
    public void Names_are_taken_out_of_a_byline(string line, string names) => string.Join("; ", Byline.Names(line)).ShouldBe(names);

    [Theory]
    [InlineData("Posted by Maria", "Maria")]
    [InlineData("By Jane Doe", "Jane Doe")]
    [InlineData("By the river we sat", "")]
    [InlineData("Por esta razón", "")]
    [InlineData("Ein Strand", "")]
    public void Free_text_names_people_only_when_it_surely_does(string line, string names) => string.Join("; ", Byline.NamesInText(line)).ShouldBe(names);

    [Theory]
    [InlineData("Text: Jane Doe", "Jane Doe")]
    [InlineData("Geschrieben von Maria", "Maria")]
    [InlineData("By Jane Doe", "")]
    [InlineData("Text: all rights reserved", "")]
    public void A_signature_says_unmistakably_whose_text_it_is(string line, string names) => string.Join("; ", Byline.NamesInSignature(line)).ShouldBe(names);
}

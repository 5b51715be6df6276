using Ingest.Worker.Pages.Claims.Names;

namespace Ingest.Worker.Tests.Pages.Claims;

public sealed class BylineTests
{
    [Theory]
    [InlineData("By Jane Doe and Richard Roe | 5 March 2024", "Jane Doe; Richard Roe")]
    [InlineData("Von Karl Muster, Redakteur", "Karl Muster")]
    [InlineData("Por Ana Díaz y Luis Gómez", "Ana Díaz; Luis Gómez")]
    [InlineData("Jane Doe, Richard Roe & Ann Poe", "Jane Doe; Richard Roe; Ann Poe")]
    [InlineData("Jean-Luc de la Tour", "Jean-Luc de la Tour")]
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
    public void Free_text_names_people_only_when_it_surely_does(string line, string names) => string.Join("; ", Byline.NamesInText(line)).ShouldBe(names);
}

using CsCheck;
using Ingest.Worker.Text;

namespace Ingest.Worker.Tests.Text;

public sealed class WordCountTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("One two, three.", 3)]
    [InlineData("It’s a well-known fact: e\u0301te\u0301", 5)]
    [InlineData("– … —", 0)]
    [InlineData("你好世界", 4)]
    [InlineData("カタカナ・ー", 5)]
    [InlineData("ก็", 1)]
    [InlineData("GPT-4と日本", 4)]
    public void Words_are_counted(string text, int expected) => WordCount.Of(text).ShouldBe(expected);

    [Fact]
    public void Words_of_two_texts_add_up() =>
        Gen.Select(TextGen.Text, TextGen.Text).Sample((a, b) => WordCount.Of(a + " " + b) == WordCount.Of(a) + WordCount.Of(b));

    [Fact]
    public void There_are_never_more_words_than_characters() => TextGen.Text.Sample(text => WordCount.Of(text) is >= 0 and var words && words <= text.Length);
}

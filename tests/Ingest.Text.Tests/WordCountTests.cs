using CsCheck;
using Ingest.Text.Detection;

namespace Ingest.Text.Tests;

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

    [Fact]
    public void Plain_text_among_other_scripts_counts_as_alone() => Gen.Char[' ', '~'].Array[0, 60].Sample(static letters =>
    {
        // A full-width form of a character is no ASCII, and counts alike where it is a letter, a digit or a space between words.
        var plain = new string(letters).Replace('\'', 'x').Replace('-', 'x').Replace('_', 'x');
        WordCount.Of(string.Concat(plain.Select(static c => c == ' ' ? '\u3000' : (char)(c + 0xFEE0)))).ShouldBe(WordCount.Of(plain));
    });
}

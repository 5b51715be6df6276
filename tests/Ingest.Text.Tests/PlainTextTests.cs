using System.Text;
using CsCheck;

namespace Ingest.Text.Tests;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("  a \t\r\n b\u00A0\u3000c ", "a b c")]
    [InlineData("e\u0301", "é")]
    [InlineData("e\u00AD\u0301", "é")]
    [InlineData("a\u200Bb\uFEFFc\u0007d", "abcd")]
    [InlineData("a \u200B b", "a b")]
    [InlineData("\u200B a", "a")]
    [InlineData("a\uFFFEb\uFFFFc\uFDD0d\U0001FFFEe", "abcde")]
    [InlineData("می‌روم 👩‍👧", "می‌روم 👩‍👧")]
    [InlineData("“Tom” – £5 \uFFFD", "“Tom” – £5 \uFFFD")]
    public void A_line_is_folded_and_normalised(string? text, string expected) => PlainText.Line(text).ShouldBe(expected);

    // Not as data: the test platform cannot carry lone surrogates.
    [Fact]
    public void Lone_surrogates_are_dropped()
    {
        PlainText.Line("a\uD800b\uDC00c\uDBFF").ShouldBe("abc");
        PlainText.Line("\uD800\uD83D\uDE00\uDE00").ShouldBe("😀");
    }

    [Fact]
    public void Text_in_form_is_returned_itself()
    {
        const string text = "Already “in form”: 你好 👍";
        PlainText.Line(text).ShouldBeSameAs(text);
    }

    [Fact]
    public void A_line_break_parts_paragraphs() => PlainText.Body("One\n\n\ntwo\r\nthree\rfour\u2028five\n \n").ShouldBe("One\n\ntwo\n\nthree\n\nfour five");

    [Fact]
    public void A_body_is_its_paragraphs_parted_by_blank_lines() =>
        Gen.Select(TextGen.Text.Array[0, 5], TextGen.Among("\n\n", "\n\n", "\n\n", "\n", "\r\n\r\n", "\n\n\n")).Sample((lines, breaks) =>
        {
            var text = string.Join(breaks, lines);
            PlainText.Body(text).ShouldBe(string.Join("\n\n", PlainText.Paragraphs(text)));
            var form = string.Join("\n\n", PlainText.Paragraphs(text));
            PlainText.Body(form).ShouldBeSameAs(form);
        });

    [Fact]
    public void A_line_of_any_text_is_in_form() => TextGen.Text.Sample(text =>
    {
        var line = PlainText.Line(text);
        return line.IsNormalized(NormalizationForm.FormC)
            && line == line.Trim()
            && !line.Contains("  ", StringComparison.Ordinal)
            && !line.Any(c => char.IsControl(c) || (char.IsWhiteSpace(c) && c != ' ') || c is '\u00AD' or '\u200B' or '\uFEFF' or '\uFFFE' or '\uFFFF')
            && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(line)) == line;
    });

    [Fact]
    public void A_second_pass_changes_nothing() => TextGen.Text.Sample(text =>
        PlainText.Line(PlainText.Line(text)) == PlainText.Line(text) && PlainText.Body(PlainText.Body(text)) == PlainText.Body(text));

    [Fact]
    public void Every_single_character_can_be_normalised() =>
        Enumerable.Range(0, 0x10000).Select(value => PlainText.Line("a" + (char)value)).ShouldAllBe(line => line.Length >= 1);

    [Fact]
    public void Every_letter_is_composed_as_Unicode_has_it() =>
        Enumerable.Range(0, 0x10000)
            .Select(static value => (char)value).Where(char.IsLetter)
            .Select(static letter => "e" + letter + "\u0301\u11A8 \u1100" + letter)
            .Where(static text => PlainText.Line(text) != text.Normalize(NormalizationForm.FormC)).ShouldBeEmpty();

    [Theory]
    [InlineData("\u0301\u0316")]
    [InlineData("\u0316\u0301\u0327\u0302")]
    [InlineData("\u0F71\u0F72\u0F74")]
    [InlineData("\U0001D165\U0001D16D\u0301")]
    [InlineData("\u0301")]
    public void Any_number_of_marks_on_a_letter_is_in_form_soon(string marks)
    {
        var line = PlainText.Line("x" + string.Concat(Enumerable.Repeat(marks, 1_000_000)));
        line.Count(static c => c != '\u034F').ShouldBe(1 + (marks.Length * 1_000_000));
        PlainText.Line(line).ShouldBe(line);
        PlainText.Body(line).ShouldBe(line);
    }

    [Fact]
    public void Marks_that_scripts_and_jokes_put_on_a_letter_are_left_alone()
    {
        var zalgo = "w" + string.Concat(Enumerable.Repeat("\u0316\u0301", 15));
        PlainText.Line(zalgo).ShouldBe(zalgo.Normalize(NormalizationForm.FormC));
    }

    [Fact]
    public void Letters_survive() => Gen.String[Gen.Char['а', 'я'], 0, 50].Sample(text => PlainText.Line(text) == text);
}

using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Ingest.Text.Secrets;

namespace Ingest.Text.Tests;

public sealed class SafeLineTests
{
    private static readonly SearchValues<char> Breaks = SearchValues.Create("\r\n\t\u001b\u0085\u2028\u2029\u202e");
    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    [Theory]
    [InlineData("plain words – größer, 你好", "plain words – größer, 你好")]
    [InlineData("a\r\nb\nc\td\u2028e\u0085f", "a b c d e f")]
    [InlineData("\u001b[31mred\u0007", "␛[31mred␇")]
    [InlineData("\u009b31m\u007f\u0000", "\uFFFD31m␡␀")]
    [InlineData("exe\u202Efdp.\u2066x\u2069", "exe\uFFFDfdp.\uFFFDx\uFFFD")]
    [InlineData("pay\u200Bpal\uFEFF\u00AD\u2060\u200D", "pay\uFFFDpal\uFFFD\uFFFD\uFFFD\uFFFD")]
    [InlineData("[red]x[/]", "[red]x[/]")]
    [InlineData("می\u200Cروم 👩\u200D👧", "می\u200Cروم 👩\u200D👧")]
    public void What_acts_becomes_a_sign_and_words_stay(string text, string shown) => SafeLine.Of(text).ShouldBe(shown);

    [Fact]
    public void Nothing_of_the_whole_of_Unicode_acts_behind_a_Latin_letter()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (value is >= 0xD800 and <= 0xDFFF or (>= 0x600 and <= 0x605) or 0x6DD or 0x70F or 0x890 or 0x891 or 0x8E2 or 0x110BD or 0x110CD) continue;
            Controls.Act(SafeLine.Of($"x{new Rune(value)}x")).ShouldBeFalse(value.ToString("X", CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Any_text_becomes_one_line_and_stays_it() => TextGen.Text.Sample(static text =>
    {
        var line = SafeLine.Of(text);
        return !line.AsSpan().ContainsAny(Breaks) && SafeLine.Of(line) == line;
    });

    [Fact]
    public void JSON_says_the_same_in_characters_that_do_not_act() => TextGen.Text.Sample(static text =>
    {
        var json = JsonSerializer.Serialize(new[] { text }, Relaxed);
        var safe = SafeLine.InJson(json);
        return !Controls.Act(safe.Replace("\n", "", StringComparison.Ordinal))
            && JsonSerializer.Deserialize<string[]>(safe)![0] == JsonSerializer.Deserialize<string[]>(json)![0];
    });
}

using Ingest.Text.Dates.Calendars;
using Ingest.Text.Languages;

namespace Ingest.Text.Tests.Languages;

public sealed class MonthTests
{
    public static TheoryData<string> Languages() =>
        [.. Language.All.Where(static language => language[LanguageKey.Month(1)].Length > 0).Select(static language => language.Tag)];

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_date_is_read_with_every_name_that_the_language_has_for_its_month(string tag)
    {
        var language = Language.All.Single(language => language.Tag == tag);
        var isSolarHijri = language[LanguageKey.Calendar].Length > 0;
        for (var month = 1; month <= 12; month++)
        {
            var day = isSolarHijri ? SolarHijri.Day(1402, month, 5) : new DateOnly(2024, month, 5);
            foreach (var name in language[LanguageKey.Month(month)].Where(name => !IsYielded(language, name)))
                (LenientDate.Read($"5 {name} {(isSolarHijri ? 1402 : 2024)}")?.Day).ShouldBe(day, name);
            foreach (var name in language[LanguageKey.CommonMonth(month)])
                (LenientDate.Read($"5 {name} 2024")?.Day).ShouldBe(new DateOnly(2024, month, 5), name);
        }
    }

    [Theory]
    [InlineData("5. марта 2024. 10:30", "2024-03-05T10:30:00?")]
    [InlineData("5. marta 2024. 10:30", "2024-03-05T10:30:00?")]
    [InlineData("12 децембар 2024", "2024-12-12")]
    [InlineData("12 ខែធ្នូ 2024", "2024-12-12")]
    [InlineData("ថ្ងៃទី៥ ខែមីនា ឆ្នាំ២០២៤", "2024-03-05")]
    [InlineData("5 มี.ค. 2024", "2024-03-05")]
    [InlineData("15 اسفند 1402", "2024-03-05")]
    [InlineData("5 تشرين الأول 2024", "2024-10-05")]
    [InlineData("5 listopada 2024", "2024-11-05")]
    public void Reads(string text, string expected) => LenientDateTests.Show(LenientDate.Read(text)).ShouldBe(expected);

    private static bool IsYielded(Language language, string name) =>
        language[LanguageKey.YieldsTo].Any(tag => Language.All.Single(other => other.Tag == tag) is var other
            && Enumerable.Range(1, 12).Any(month => other[LanguageKey.Month(month)].Contains(name)));
}

using System.Globalization;
using CsCheck;
using static Ingest.Text.Tests.LenientDateTests;

namespace Ingest.Text.Tests;

/// <summary>What holds of every text that may be a date.</summary>
public class LenientDateRuleTests
{
    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Culture_of_the_machine_makes_no_difference(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Show(LenientDate.Read("Fri, 05 Jan 2024 10:30:00 GMT")).ShouldBe("2024-01-05T10:30:00+00:00");
            Show(LenientDate.Read("FRIDAY, 5 JUNI 2024 10:30")).ShouldBe("2024-06-05T10:30:00?");
            Show(LenientDate.Read("2024-01-05T10:30:00.5Z")).ShouldBe("2024-01-05T10:30:00.500+00:00");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Any_moment_comes_back_from_the_two_usual_notations() =>
        Gen.Select(Gen.Int[1971, 2199], Gen.Int[0, 364 * 86400], Gen.Int[-14 * 4, 14 * 4]).Sample((year, seconds, quarters) =>
        {
            var offset = TimeSpan.FromMinutes(quarters * 15);
            var moment = new DateTimeOffset(new DateTime(year, 1, 1).AddSeconds(seconds), offset);
            var sign = offset < TimeSpan.Zero ? "-" : "+";
            var rfc822 = moment.ToString(
                "ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + sign + offset.ToString("hhmm", CultureInfo.InvariantCulture);
            LenientDate.Read(rfc822)?.At.ShouldBe(moment);
            LenientDate.Read(moment.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture))?.At.ShouldBe(moment);
        });

    [Fact]
    public void No_text_throws() =>
        Gen.String[Gen.OneOf(Gen.Char["0123456789-/.:, +TZ年月日時()"], Gen.Char.AlphaNumeric, Gen.Char), 0, 60].Sample(
            static text => { _ = LenientDate.Read(text); }, iter: 5_000);
}

using System.Globalization;
using CsCheck;
using Ingest.Worker.Fetching.Answers;

namespace Ingest.Worker.Tests.Fetching;

public sealed class FreshnessTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Cache-Control: max-age=600", 600)]
    [InlineData("Cache-Control: public, MAX-AGE=\"600\"", 600)]
    [InlineData("Cache-Control: max-age=600; Age: 100", 500)]
    [InlineData("Cache-Control: max-age=600; Age: 700", null)]
    [InlineData("Cache-Control: max-age=0", null)]
    [InlineData("Cache-Control: s-maxage=600", null)]
    [InlineData("Cache-Control: no-cache, max-age=600", null)]
    [InlineData("Cache-Control: no-store", null)]
    [InlineData("Cache-Control: max-age=-1", null)]
    [InlineData("Cache-Control: max-age=soon", null)]
    [InlineData("Cache-Control: max-age=99999999999999", 30 * 86_400)]
    [InlineData("Cache-Control: private; Expires: Tue, 24 Nov 2026 12:10:00 GMT", 600)]
    [InlineData("Expires: Tue, 24 Nov 2026 12:10:00 GMT", 600)]
    [InlineData("Expires: Tuesday, 24-Nov-26 12:10:00 GMT", 600)]
    [InlineData("Expires: Tue Nov 24 12:10:00 2026", 600)]
    [InlineData("Expires: Tue, 24 Nov 2026 11:00:00 GMT", null)]
    [InlineData("Expires: 0", null)]
    [InlineData("Expires: Tue, 24 Nov 2026 13:10:00 GMT; Date: Tue, 24 Nov 2026 13:00:00 GMT", 600)]
    [InlineData("Cache-Control: max-age=60; Expires: Tue, 24 Nov 2026 12:10:00 GMT", 60)]
    [InlineData("X: y", null)]
    public void Answer_is_fresh_as_long_as_it_says(string fields, int? seconds) =>
        Freshness.FreshUntil(Head(fields), Now).ShouldBe(seconds is { } s ? Now.AddSeconds(s) : null);

    [Fact]
    public void Retry_after_of_any_text_is_in_the_future_and_capped() =>
        Gen.OneOf(
            Gen.String,
            Gen.Long.Select(n => n.ToString(CultureInfo.InvariantCulture)),
            Gen.DateTimeOffset.Select(d => d.ToString("R", CultureInfo.InvariantCulture))).Sample(text =>
        {
            var until = Freshness.RetryAfter(new AnswerHead(503, [KeyValuePair.Create("Retry-After", text)]), Now, TimeSpan.FromDays(1));
            (until is null || (until > Now && until <= Now.AddDays(1))).ShouldBeTrue(text);
        });

    [Fact]
    public void Freshness_of_any_text_is_in_the_future_and_capped() =>
        Gen.Select(Gen.String, Gen.String, Gen.String).Sample((control, expires, age) =>
        {
            var head = new AnswerHead(
                200, [KeyValuePair.Create("Cache-Control", "max-age=" + control), KeyValuePair.Create("Expires", expires), KeyValuePair.Create("Age", age)]);
            var until = Freshness.FreshUntil(head, Now);
            (until is null || (until > Now && until <= Now.AddDays(30))).ShouldBeTrue();
        });

    private static AnswerHead Head(string fields) =>
        new(200, fields.Split("; ").Select(f => f.Split(": ", 2)).Select(f => KeyValuePair.Create(f[0], f[1])));
}

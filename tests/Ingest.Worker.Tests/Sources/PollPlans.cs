using CsCheck;
using Ingest.Feeds;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Rhythm;

namespace Ingest.Worker.Tests.Sources;

/// <summary>Polls to plan.</summary>
internal static class PollPlans
{
    public static readonly DateTimeOffset Noon = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);
    public static readonly PollBounds Bounds = PollBounds.Default;
    public static readonly PollOutcome NoNews = new PollOutcome.Read(RefreshHints.None);
    public static readonly PollOutcome News = new PollOutcome.Read(RefreshHints.None) { News = [null] };

    public static readonly Gen<TimeSpan?> AnyInterval = Gen.OneOf(Gen.Const((TimeSpan?)null), Gen.Int[10, 40 * 86400].Select(
        static seconds => (TimeSpan?)TimeSpan.FromSeconds(seconds)));
    public static readonly Gen<DateTimeOffset> AnyTime = Gen.Int[0, 2 * 365 * 86400].Select(
        static seconds => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(seconds));
    public static readonly Gen<string> AnyCron = Gen.OneOf(
        "0 0/15 * * * ?", "0 30 2 * * ?", "0 0 6 ? * MON-FRI", "0 0 0 1 * ?", "0 5,35 7-22 * * ?", "0 0 1 ? * SUN");
    public static readonly Gen<TimeZoneInfo> AnyZone = Gen.OneOf(
        "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia").Select(TimeZoneInfo.FindSystemTimeZoneById);

    public static readonly Gen<RefreshHints> AnyRequest = Gen.Select(
        AnyInterval, Gen.Int[-6, 25].Array[0, 30], Gen.Int[0, 6].Array[0, 9],
        static (interval, hours, days) =>
            new RefreshHints(interval, [.. hours.Where(static hour => hour is >= 0 and < 24)], [.. days.Select(static day => (DayOfWeek)day)]));

    public static readonly Gen<IReadOnlyList<DateTimeOffset?>> AnyNews = Gen
        .OneOf(Gen.Const((DateTimeOffset?)null), AnyTime.Select(static time => (DateTimeOffset?)time)).Array[0, 8]
        .Select(static times => (IReadOnlyList<DateTimeOffset?>)times);

    public static readonly Gen<PollOutcome> AnyOutcome = Gen.Select(
        Gen.Int[0, 4], Gen.Bool, AnyRequest, Gen.OneOf(0.25, 0.5, 1), AnyNews,
        static (kind, missed, asked, weight, news) => kind switch
        {
            0 => new PollOutcome.Read(asked) { News = news, MissedSome = missed },
            1 => (PollOutcome)new PollOutcome.NotModified(),
            2 => new PollOutcome.Postponed("the host waits"),
            3 => new PollOutcome.Gone(),
            _ => new PollOutcome.Failed(weight, "it failed"),
        });

    public static readonly Gen<NewsRhythm?> AnyRhythm = Gen.Select(AnyNews, AnyNews, AnyTime, AnyTime, static (first, later, then, now) =>
        NewsRhythm.Learn(NewsRhythm.Learn(null, first, null, then), later, then, now));

    public static readonly Gen<Source> AnyAdaptive = Gen.Select(
        Gen.Int[0, 1_000_000], AnyInterval, Gen.Int[0, 48], AnyRequest, AnyRhythm, AnyInterval, AnyTime, Gen.Bool,
        static (id, interval, quarters, asked, news, ceiling, last, gone) => SourceOf(PollRhythm.Adaptive) with
        {
            Id = id, LastSuccessAt = last, IsGone = gone, History = new PollHistory(interval, quarters / 4.0) { Asked = asked, News = news, Ceiling = ceiling },
        });

    public static readonly Gen<PollRhythm> AnyRhythmOfTheOwner = Gen.OneOf(
        Gen.Const(PollRhythm.Adaptive),
        Gen.Int[10, 40 * 86400].Select(static seconds => PollRhythm.Adaptive with { Interval = TimeSpan.FromSeconds(seconds) }),
        Gen.Select(AnyCron, AnyZone, static (cron, zone) => new PollRhythm(cron, zone, null)));

    public static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    public static Source SourceOf(PollRhythm rhythm) => new() { Id = 1, Name = "a", Url = new Uri("http://example.com/feed"), Rhythm = rhythm };

    public static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

using System.Globalization;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Ingestion.Month;

/// <summary>What the server of one simulated source saw.</summary>
/// <param name="feed">The source.</param>
/// <param name="interval">The interval that its owner gave it; null for none.</param>
/// <param name="days">Days to count.</param>
internal sealed class MonthMeter(SimulatedFeed feed, TimeSpan? interval, int days)
{
    // Clocks, and the time that a visit takes.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan CheckEvery = TimeSpan.FromDays(7);
    private static readonly TimeSpan OneVisit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PagesKept = TimeSpan.FromDays(13), GuessesKept = TimeSpan.FromDays(28), RobotsKept = TimeSpan.FromDays(1);

    // Real time: a fifth of the host's pace, for a busy machine holds up either of two requests.
    private static readonly TimeSpan Heels = TimeSpan.FromTicks(SimulatedMonth.Pace.Ticks / 5);

    // Intervals are spread by a tenth; and the checks of a restart take a moment.
    private const double LeastShare = 0.88;
    private const int TriesAfterHangUp = 3;

    private static readonly string[] Unwanted = ["Cookie", "Referer"];

    private readonly Lock turn = new();
    private readonly MonthCounts[] counts = [.. Enumerable.Range(0, days).Select(static _ => new MonthCounts())];
    private readonly HashSet<string> answered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset At, int Status, int Tries)> asked = new(StringComparer.Ordinal);
    private DateTimeOffset? lastFull, last, hungUp, follow;
    private TimeSpan longestGap;
    private DateTimeOffset notBefore = Temperament.Start, heldUntil = Temperament.Start;
    private int refusals;
    private bool hasFailed;

    /// <summary>What some of the days came to.</summary>
    public MonthCounts Between(int from, int to) => MonthCounts.Sum(counts[from..to]);

    public void Saw(SeenRequest request, DateTimeOffset at)
    {
        lock (turn)
        {
            var day = counts[Math.Clamp((int)(at - Temperament.Start).TotalDays, 0, days - 1)];
            day.Requests++;
            if (request.Status == 304) day.NotModified++;
            if (request.Status is not (0 or 304)) day.Bytes += request.Reply!.Body.Length;
            if (request.Path.Contains('?', StringComparison.Ordinal) || Unwanted.Any(name => request.Header(name) is not null)) day.Additions++;
            if (request.Header("If-None-Match")?.Split(',').Any(static tag => tag.Trim() is "*" or "W/*") == true) day.BadTags++;
            if (request.At - hungUp < Heels) day.AtOnce++;
            hungUp = request.Status == 0 ? request.At : null;
            Hold(request, at, day);
            if (IsSkipped(at) && IsSkipped(at - SimulatedMonth.Turn) && answered.Count > 0) day.TooSoon++;
            if (feed.IsPolled(request.Path)) Poll(request, at, day);
            else Know(request, at, day);
        }
    }

    private bool IsSkipped(DateTimeOffset at) => feed.Temperament.SkippedHours.Contains(at.Hour);

    // Whether the host wanted to be left alone, and what it says of that now.
    private void Hold(SeenRequest request, DateTimeOffset at, MonthCounts day)
    {
        var before = asked.GetValueOrDefault(request.Path);
        var isAgain = at - before.At < OneVisit;
        asked[request.Path] = (at, request.Status, isAgain ? before.Tries + 1 : 1);
        if (isAgain && (before.Status != 0 || before.Tries >= TriesAfterHangUp)) day.Retries++;
        else if (at < heldUntil - Tolerance) day.Held++;
        if (request.Status is > 0 and < 400) refusals = 0;
        var after = request.Reply?.Headers.FirstOrDefault(static field => field.Key == "Retry-After").Value;
        DateTimeOffset? told = after is null ? null : at.AddSeconds(int.Parse(after, CultureInfo.InvariantCulture));
        if (request.Status is 301 or 302) follow ??= told;
        else if (told is { } until) heldUntil = until;
        else if (request.Status is 429 or 503 && !isAgain) heldUntil = at.AddMinutes(Math.Min(60, Math.Pow(2, refusals++)));
    }

    private void Poll(SeenRequest request, DateTimeOffset at, MonthCounts day)
    {
        if (request.Status is 301 or 302) return;
        if (at < follow - Tolerance) day.Held++;
        follow = null;
        var temperament = feed.Temperament;
        if (at < notBefore - Tolerance && asked[request.Path].Tries == 1) day.TooSoon++;
        if (temperament.IsSilent && at - last is { } gap && gap < longestGap * LeastShare) day.TooSoon++;
        if (temperament.Schedule is not null && interval is null && last is not null && at is { Minute: 0, Second: 0, Millisecond: < 500 }) day.TooSoon++;
        if (at - last is { } waited)
        {
            if (waited > longestGap) longestGap = waited;
            if (!hasFailed) day.LeastGap = MonthCounts.Shorter(day.LeastGap, waited);
            else if (waited > OneVisit) day.LeastAfterFailure = MonthCounts.Shorter(day.LeastAfterFailure, waited);
        }

        (last, hasFailed) = (at, request.Status is 0 or >= 400);
        if (!request.IsConditional && request.Status == 200 && temperament.HasValidators && !answered.Add(request.Path))
        {
            day.Unconditional++;

            // Who says 304 although there is news is rightly asked for the whole feed.
            if (at - lastFull < CheckEvery - Tolerance && !temperament.Lies) day.NoWeeklyCheck++;
        }

        if (request.Status == 200) lastFull = at;
        var refused = request.Status >= 400 ? temperament.RefusalWait : TimeSpan.Zero;
        notBefore = at + new[] { ShortestInterval, temperament.MustWait, interval * LeastShare ?? TimeSpan.Zero, refused }.Max();
    }

    // Pages, robots.txt, and places where a feed may be.
    private void Know(SeenRequest request, DateTimeOffset at, MonthCounts day)
    {
        var (isRobots, isPage) = (request.Path == "/robots.txt", feed.IsPage(request.Path));
        if (known.TryGetValue(request.Path, out var then))
        {
            var isWhole = !request.IsConditional && request.Status == 200;
            var age = at - then + Tolerance;
            if (isPage ? isWhole && age < PagesKept : isRobots ? isWhole || age < RobotsKept : age < GuessesKept) day.Again++;
        }

        if (isPage ? request.Status is 200 or 304 : isRobots || request.Status == 404) known[request.Path] = at;
    }
}

using System.Globalization;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Ingestion.Month;

/// <summary>A part of an entry that differs from one answer to the next although nothing happened.</summary>
internal enum FreshPart
{
    None,
    Guid,
    Link,
    Text,
}

/// <summary>How a simulated source behaves: when it has news, and how its server answers.</summary>
internal sealed record Temperament(string Name, Func<Random, DateTimeOffset, double> NewsPerHour)
{
    /// <summary>When news comes in batches: the times of a day, and how many entries each time; replaces the rate.</summary>
    public Func<Random, DateTimeOffset, IEnumerable<DateTimeOffset>>? Batches { get; init; }

    /// <summary>Entries that the feed shows.</summary>
    public int Shown { get; init; } = 30;

    /// <summary>Elements of the channel, as ttl.</summary>
    public string Channel { get; init; } = "";

    /// <summary>Header fields of every full answer.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    public bool HasValidators { get; init; } = true;

    /// <summary>Answers every conditional request with 304.</summary>
    public bool Lies { get; init; }

    /// <summary>Links older documents (RFC 5005).</summary>
    public bool HasArchives { get; init; }

    /// <summary>What it answers in place of the feed at some day of the month and time; null for the feed.</summary>
    public Func<string, double, Reply?>? Instead { get; init; }

    /// <summary>The days on which it could not be read, from and to; news of that time is counted from its end.</summary>
    public (double From, double To)? Outage { get; init; }

    /// <summary>What a reader must wait after an answer.</summary>
    public TimeSpan MustWait { get; init; }

    /// <summary>What a reader must wait after an answer of 400 and more.</summary>
    public TimeSpan RefusalWait { get; init; }

    /// <summary>Has no news any more: what a reader waits may only grow.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Characters of each entry.</summary>
    public int EntryLength { get; init; } = 28;

    /// <summary>The schedule that its owner gives it; null for none. No request comes at its very times.</summary>
    public string? Schedule { get; init; }

    /// <summary>Two sources of the settings have its URL.</summary>
    public bool HasTwin { get; init; }

    /// <summary>Its URL is a page that announces no feed.</summary>
    public bool IsPage { get; init; }

    /// <summary>Its entries have pages of their own, which are read.</summary>
    public bool HasPages { get; init; }

    /// <summary>How long after its coming an entry changes, and every second time its page as well; null for never.</summary>
    public TimeSpan? ChangesAfter { get; init; }

    /// <summary>Its robots.txt; null for none.</summary>
    public string? Robots { get; init; }

    /// <summary>Two mirrors, each with tags of its own, answer in turn.</summary>
    public bool HasMirrors { get; init; }

    /// <summary>Sends only what is new to whoever asks for that (226, RFC 3229).</summary>
    public bool SendsNews { get; init; }

    /// <summary>Part of each entry that is new in every answer.</summary>
    public FreshPart Fresh { get; init; }

    /// <summary>Hours of the day (UTC) without polls.</summary>
    public IReadOnlyList<int> SkippedHours { get; init; } = [];

    /// <summary>One of each.</summary>
    public static IReadOnlyList<Temperament> All { get; } =
    [
        new("hourly", static (_, _) => 1),
        new("newspaper", static (_, at) => at.Hour is >= 6 and < 22 ? 3 : 0.1),
        new("weekday-blog", static (_, at) => at.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && at.Hour is >= 8 and < 18 ? 0.4 : 0),
        new("weekly", None) { Batches = static (random, day) => day.DayOfWeek == DayOfWeek.Tuesday ? [day.AddHours(9).AddMinutes(random.Next(60))] : [] },
        new("edition", None) { Batches = static (random, day) => Enumerable.Repeat(day.AddHours(5).AddMinutes(random.Next(10)), 20) },
        new("bursts", None) { Batches = Burst },
        new("dead", None),
        new("liar", static (_, _) => 1) { Lies = true },
        new("no-validators", static (_, _) => 0.5) { HasValidators = false },
        new("ttl", static (_, _) => 2) { Channel = "<ttl>120</ttl>", MustWait = TimeSpan.FromMinutes(120) },
        new("max-age", static (_, _) => 2) { Fields = [KeyValuePair.Create("Cache-Control", "public, max-age=1800")], MustWait = TimeSpan.FromMinutes(30) },
        new("skip-hours", static (_, _) => 1) { Channel = "<skipHours><hour>0</hour><hour>1</hour><hour>2</hour><hour>3</hour><hour>4</hour></skipHours>", SkippedHours = [0, 1, 2, 3, 4] },
        new("limited", static (_, _) => 1) { Instead = static (_, day) => day % 1 * 24 is var hour and >= 10 and < 12 ? Reply.Error(429).RetryAfter((int)((12 - hour) * 3600) + 1) : null },
        new("outage", static (_, _) => 1) { Instead = static (_, day) => day is >= 9.3 and < 10.3 ? Reply.Error(503) : null, Outage = (9.3, 10.3) },
        new("moved", static (_, _) => 1) { Instead = static (path, day) => day >= 7 && path == "feed" ? Reply.Redirect(301, "moved") : null },
        new("detour", static (_, _) => 1) { Instead = static (path, _) => path == "feed" ? Reply.Redirect(302, "today") : null },
        new("gone", static (_, _) => 1) { Instead = static (_, day) => day >= 20 ? Reply.Error(410) : null },
        new("refuses", static (_, _) => 2) { Channel = "<ttl>60</ttl>", MustWait = TimeSpan.FromMinutes(60), Instead = static (_, day) => day % 1 * 24 is >= 14 and < 20 ? Reply.Error(429) : null },
        new("fell-silent", None) { Batches = static (_, day) => day == Start.AddDays(-1) ? [.. Enumerable.Range(0, 40).Select(i => day.AddHours(7).AddMinutes(20 + (i * 5.28)))] : [], IsSilent = true },
        new("long-404", static (_, _) => 1)
        {
            Instead = static (_, day) => day is >= 2.3 and < 4.3 ? Reply.Error(404).Header("Cache-Control", "max-age=172800") : null, Outage = (2.3, 6.3), RefusalWait = TimeSpan.FromDays(2), Shown = 200,
        },
        new("heavy", static (_, _) => 0.5) { HasValidators = false, EntryLength = 12_000 },
        new("scheduled", static (_, _) => 1) { Schedule = "0 0 * * * ?" },
        new("short-window", static (_, _) => 12) { Shown = 15, HasArchives = true },
        new("overloaded", static (_, _) => 2)
        {
            Channel = "<ttl>60</ttl>", MustWait = TimeSpan.FromMinutes(60), Instead = static (_, day) => day % 1 * 24 is >= 14 and < 20 ? Reply.Error(503) : null,
        },
        new("hangs-up", static (_, _) => 1)
        {
            Instead = static (_, day) => day % 1 * 24 is >= 6 and < 9 ? Reply.Error(500) with { Ending = BodyEnding.Close } : null,
        },
        new("strict", static (_, _) => 0.15)
        {
            // Its pages wait from the first visit on, and all that is asked is refused.
            HasPages = true, Instead = static (path, day) => day < 3.5 && (path != "feed" || day > 0.003) ? Reply.Error(429) : null, Outage = (0, 3.5),
        },
        new("twins", static (_, _) => 1) { HasTwin = true },
        new("homepage", None) { IsPage = true },
        new("star", static (_, _) => 1) { HasValidators = false, Fields = [KeyValuePair.Create("ETag", "*")] },
        new("pages", static (_, _) => 0.5) { HasPages = true, ChangesAfter = TimeSpan.FromHours(6), Robots = "User-agent: *\nDisallow: /private/\n" },
        new("later", static (_, _) => 1)
        {
            Instead = static (path, day) => path != "feed" ? null : day % 1 < 0.5 ? Reply.Redirect(302, "today").RetryAfter(600) : Reply.Redirect(302, "today"),
        },
        new("mirrors", static (_, _) => 0.25) { HasMirrors = true, HasValidators = false },
        new("deltas", static (_, _) => 1) { SendsNews = true },
        new("fresh-guids", static (_, _) => 0.2) { HasValidators = false, Fresh = FreshPart.Guid },
        new("fresh-links", static (_, _) => 0.2) { HasValidators = false, Fresh = FreshPart.Link },
        new("fresh-texts", static (_, _) => 0.2) { HasValidators = false, Fresh = FreshPart.Text },
    ];

    public static DateTimeOffset Start { get; } = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private static double None(Random random, DateTimeOffset at) => 0;

    // A dozen entries within an hour and a half, every other day or so.
    private static IEnumerable<DateTimeOffset> Burst(Random random, DateTimeOffset day)
    {
        if (random.NextDouble() > 0.5) return [];
        var begin = day.AddHours(7 + (random.NextDouble() * 12));
        return [.. Enumerable.Range(0, 12).Select(_ => begin.AddMinutes(random.NextDouble() * 90)).Order()];
    }

    public override string ToString() => Name.ToString(CultureInfo.InvariantCulture);
}

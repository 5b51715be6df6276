using System.Globalization;

namespace Ingest.Worker.Fetching.Answers;

/// <summary>When an answer allows the next request (RFC 9111, section 4.2; RFC 9110, section 10.2.3).</summary>
internal static class Freshness
{
    // Files that never change are served with lifetimes of a year and more; no publisher means it for a feed.
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(30);

    // Nor a page of an error that a cache was told to keep like any other.
    private static readonly TimeSpan LongestRefusal = TimeSpan.FromDays(2);

    private static readonly string[] DateFormats =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy", "ddd MMM  d HH:mm:ss yyyy",
    ];

    /// <summary>
    /// The end of the answer's freshness by max-age, else Expires; null when it states none or asks to be revalidated. An answer of any status may state one.
    /// </summary>
    public static DateTimeOffset? FreshUntil(AnswerHead head, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(head);
        var directives = head.List("Cache-Control");
        if (directives.Any(d => d.Equals("no-cache", StringComparison.OrdinalIgnoreCase) || d.Equals("no-store", StringComparison.OrdinalIgnoreCase)))
            return null;
        var lifetime = directives.Select(MaxAge).FirstOrDefault(a => a is not null) ?? ExpiresIn(head, now);
        if (lifetime is null)
            return null;
        var left = Cap(lifetime.Value, head.Status < 400 ? LongestLifetime : LongestRefusal) - (Seconds(head.First("Age")) ?? TimeSpan.Zero);
        return left > TimeSpan.Zero ? now + left : null;
    }

    /// <summary>
    /// Retry-After as a time, seconds or date, not later than <paramref name="cap"/> from now; the latest of several; null when absent, past or unreadable.
    /// </summary>
    public static DateTimeOffset? RetryAfter(AnswerHead head, DateTimeOffset now, TimeSpan cap)
    {
        ArgumentNullException.ThrowIfNull(head);
        var wait = head.All("Retry-After").Max(value => Seconds(value) ?? ReadDate(value) - now ?? value.Split(',').Max(Seconds));
        return wait > TimeSpan.Zero ? now + Cap(wait.Value, cap) : null;
    }

    private static TimeSpan? MaxAge(string directive) =>
        directive.StartsWith("max-age", StringComparison.OrdinalIgnoreCase) && directive.IndexOf('=', StringComparison.Ordinal) is var equals and > 0
            ? Seconds(directive[(equals + 1)..].Trim('"'))
            : null;

    // The server's own clock, where it tells it, so that ours and its need not agree.
    private static TimeSpan? ExpiresIn(AnswerHead head, DateTimeOffset now) =>
        ReadDate(head.First("Expires")) - (ReadDate(head.First("Date")) ?? now);

    private static TimeSpan? Seconds(string? text)
    {
        var digits = text.AsSpan().Trim();
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
            return null;
        // RFC 9111, section 1.2.2: too large counts as very large.
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.FromSeconds(int.MaxValue);
    }

    private static DateTimeOffset? ReadDate(string? text) =>
        DateTimeOffset.TryParseExact(text?.Trim(), DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    private static TimeSpan Cap(TimeSpan value, TimeSpan cap) => value < cap ? value : cap;
}

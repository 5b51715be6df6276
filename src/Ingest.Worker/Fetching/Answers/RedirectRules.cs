using System.Globalization;

namespace Ingest.Worker.Fetching.Answers;

/// <summary>Where a redirect leads, if we follow it.</summary>
internal static class RedirectRules
{
    public static bool IsRedirect(int status) => status is 301 or 302 or 303 or 307 or 308;

    /// <summary>Judges one redirect against those already followed.</summary>
    /// <returns>The next URL, or why there is none; exactly one is not null.</returns>
    public static (Uri? Next, Exchange.Fault? Refusal) Follow(
        Uri from, AnswerHead head, IReadOnlyList<Redirect> followed, int maxRedirects, bool allowHttpsToHttp)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(followed);
        if (head.FirstAsUtf8("Location") is not { } location)
            return Refuse(FailureCause.BadRedirect, "The redirect names no place to go.");
        if (!Uri.TryCreate(from, location, out var next) || !WebUrl.IsWeb(next))
            return Refuse(FailureCause.BadRedirect, "The redirect leads to something that is not an http(s) URL.");
        next = WebUrl.Bare(next);
        if (WebUrl.IsSecure(from) && !WebUrl.IsSecure(next) && !allowHttpsToHttp)
            return Refuse(
                FailureCause.RedirectToInsecure, $"The redirect leads from https to http ({next}); Ingest:Fetching:AllowHttpsToHttp would follow it.");
        if (next == from || followed.Any(r => r.From == next))
            return Refuse(
                FailureCause.RedirectLoop,
                head.Has("Set-Cookie") ? "The redirects turn in a circle, as for a reader without cookies." : "The redirects turn in a circle.");
        if (followed.Count >= maxRedirects)
            return Refuse(FailureCause.TooManyRedirects, string.Create(CultureInfo.InvariantCulture, $"More than {maxRedirects} redirects."));
        return (next, null);

        (Uri?, Exchange.Fault?) Refuse(FailureCause cause, string reason) => (null, new Exchange.Fault(FailureKind.Permanent, cause, reason, head.Status));
    }

    /// <summary>How far the leading run of permanent redirects reaches; null when the first was none.</summary>
    public static Uri? MovedTo(IReadOnlyList<Redirect> followed) => followed.TakeWhile(r => r.Status is 301 or 308).LastOrDefault()?.To;
}

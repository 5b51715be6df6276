using Ingest.Worker.Articles;

namespace Ingest.Worker.Storage.Pages;

/// <summary>How a page's visit ended.</summary>
internal abstract record PageOutcome
{
    private PageOutcome()
    {
    }

    /// <summary>The article is complete.</summary>
    /// <param name="Article">As read.</param>
    /// <param name="FinalUrl">The URL that answered.</param>
    internal sealed record Read(DatedArticle Article, Uri FinalUrl) : PageOutcome
    {
        /// <summary>What to ask with the next time; null for nothing.</summary>
        public PageValidators? Validators { get; init; }
    }

    /// <summary>It is as it was when the article was read from it (304): the article stays, and nothing more is waited for.</summary>
    internal sealed record Unchanged : PageOutcome;

    /// <summary>It failed, and is tried again.</summary>
    /// <param name="NextAttemptAt">When.</param>
    /// <param name="Reason">Why it failed.</param>
    /// <param name="CountsAsAttempt">False when no request was made.</param>
    internal sealed record Later(DateTimeOffset NextAttemptAt, string Reason, bool CountsAsAttempt) : PageOutcome;

    /// <summary>It is given up: no answer worth waiting for.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="IsGone">The server says that there is no such page (404, 410).</param>
    internal sealed record GivenUp(string Reason, bool IsGone) : PageOutcome;

    /// <summary>It answered, and holds no article.</summary>
    internal sealed record Rejected(string Reason) : PageOutcome;
}

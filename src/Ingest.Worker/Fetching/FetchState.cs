using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Requests;
using Ingest.Worker.Fetching.Reservations;
using Ingest.Worker.Fetching.Robots;

namespace Ingest.Worker.Fetching;

/// <summary>Where one fetch stands, and how its end is told.</summary>
internal sealed class FetchState(FetchRequest request, FetchBudget budget, FetchingOptions options, TimeProvider time)
{
    private readonly long start = time.GetTimestamp();
    private readonly List<Redirect> redirects = [], hops = [];

    public FetchRequest Request => request;

    public FetchBudget Budget => budget;

    public Uri Url { get; private set; } = WebUrl.Bare(request.Url);

    public IReadOnlyList<Redirect> Redirects => redirects;

    /// <summary>What was fetched on the way.</summary>
    public List<SideFetch> Side { get; } = [];

    /// <summary>What the site reserves for the URL in its tdmrep.json; null for nothing.</summary>
    public TdmRule? Reserved { get; set; }

    /// <summary>Whether the request under way carries validators.</summary>
    public bool Conditional { get; set; }

    public void Redirect(int status, Uri next)
    {
        redirects.Add(new(status, Url, next));
        hops.Add(redirects[^1]);
        Url = next;
    }

    /// <summary>
    /// Asks elsewhere than was meant, as the host once said for good: that is no redirect of this fetch, and a move like one (RFC 6797, section 8.3).
    /// </summary>
    public void KeepTo(Uri kept)
    {
        if (kept == Url)
            return;
        hops.Add(new(308, Url, kept));
        Url = kept;
    }

    /// <summary>Judges an answer that is no redirect.</summary>
    public FetchResult Ended(Exchange.Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var now = time.GetUtcNow();
        var retryAfter = Freshness.RetryAfter(answer.Head, now, options.MaxRetryAfter);
        var fault = Interception.Find(request.Url, Url, answer) ?? AnswerJudge.FaultOf(answer, Conditional, IsPart(answer));
        var result = fault is null ? Useful(answer) : Failed(fault);

        // A site's robots.txt that cannot be had is tried again, whatever its error page says; all else that a server refuses is refused for as long as it
        // says.
        var isRefused = answer.Head.Status >= 400 && request.Kind != FetchKind.Robots;
        var freshUntil = fault is null || isRefused ? Freshness.FreshUntil(answer.Head, now) : null;
        return result with { NotBefore = Later(freshUntil, retryAfter), RetryAfter = retryAfter };
    }

    public FetchResult Failed(Exchange.Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new FetchResult.Failed
        {
            FinalUrl = Url,
            Status = fault.Status,
            Attempts = Attempts,
            Duration = time.GetElapsedTime(start),
            NotBefore = fault.NotBefore,
            Redirects = redirects,
            WireBytes = budget.WireBytes,
            Conditional = Conditional,
            Kind = fault.Kind,
            Cause = fault.Cause,
            Reason = fault.Reason,
        };
    }

    // Redirects followed are requests too, but not attempts at this one.
    private int Attempts => budget.Attempts - Math.Min(redirects.Count, budget.Attempts);

    private FetchResult Useful(Exchange.Answer answer)
    {
        var validators = new Validators(EntityTag.Safe(answer.Head.First("ETag")), EntityTag.Safe(answer.Head.First("Last-Modified")), Url);
        if (answer.Head.Status == 304)
            return NotModified(validators);
        var contentType = ContentType.Read(answer.Head.First("Content-Type"));
        var (optOuts, tdmPolicy) = OptOutReader.Read(answer.Head, contentType.IsHtml ? answer.Body : [], ProductToken.Of(options.UserAgent));
        if (Reserved is { } reserved && !answer.Head.Has("tdm-reservation"))
            (optOuts, tdmPolicy) = (optOuts | OptOuts.TdmReserved, tdmPolicy ?? reserved.Policy);
        if ((optOuts & options.RespectedOptOuts) is not OptOuts.None and var respected)
            return Failed(new(
                FailureKind.Permanent,
                FailureCause.OptedOut,
                $"The publisher asks for {respected}, which Ingest:Fetching:RespectedOptOuts respects.",
                answer.Head.Status));
        return new FetchResult.Fetched
        {
            FinalUrl = Url,
            Status = answer.Head.Status,
            Attempts = Attempts,
            Duration = time.GetElapsedTime(start),
            MovedTo = RedirectRules.MovedTo(hops),
            Redirects = redirects,
            WireBytes = budget.WireBytes,
            Conditional = Conditional,
            Body = answer.Body,
            IsPart = IsPart(answer),
            Charset = contentType.Charset,
            MediaType = contentType.MediaType,
            Validators = validators,
            OptOuts = optOuts,
            TdmPolicy = tdmPolicy,
        };
    }

    // RFC 3229, section 10.4.1: what was done to the answer is named, and nothing may be that was not asked for.
    private bool IsPart(Exchange.Answer answer) =>
        answer.Head.Status == 226 && Conditional && request.Kind == FetchKind.Feed && answer.Head.List("IM") is [var manipulation]
            && manipulation.Equals("feed", StringComparison.OrdinalIgnoreCase);

    private FetchResult.NotModified NotModified(Validators renewed) => new()
    {
        FinalUrl = Url,
        Status = 304,
        Attempts = Attempts,
        Duration = time.GetElapsedTime(start),
        MovedTo = RedirectRules.MovedTo(hops),
        Redirects = redirects,
        WireBytes = budget.WireBytes,
        Conditional = Conditional,
        Validators = new(renewed.ETag ?? request.Validators?.ETag, renewed.LastModified ?? request.Validators?.LastModified, Url),
    };

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
}

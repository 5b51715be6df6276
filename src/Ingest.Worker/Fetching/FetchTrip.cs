using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Hosts;

namespace Ingest.Worker.Fetching;

/// <summary>Where one fetch stands, and how its end is told.</summary>
internal sealed class FetchTrip(FetchRequest request, FetchBudget budget, TimeProvider time)
{
    private readonly long start = time.GetTimestamp();
    private readonly List<Redirect> redirects = [];

    public FetchRequest Request => request;

    public FetchBudget Budget => budget;

    public Uri Url { get; private set; } = WebUrl.Bare(request.Url);

    public IReadOnlyList<Redirect> Redirects => redirects;

    /// <summary>Whether the request under way carries validators.</summary>
    public bool Conditional { get; set; }

    public void Redirect(int status, Uri next)
    {
        redirects.Add(new(status, Url, next));
        Url = next;
    }

    public FetchResult Ended(Exchange.Answer answer, FetchingOptions options)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(options);
        var now = time.GetUtcNow();
        var retryAfter = Freshness.RetryAfter(answer.Head, now, options.MaxRetryAfter);
        if (AnswerJudge.FaultOf(answer, Conditional) is { } fault)
            return Failed(fault with { NotBefore = retryAfter }) with { RetryAfter = retryAfter };
        var notBefore = Later(Freshness.FreshUntil(answer.Head, now), retryAfter);
        var validators = new Validators(answer.Head.First("ETag"), answer.Head.First("Last-Modified"), Url);
        FetchResult result = answer.Head.Status == 304
            ? new FetchResult.NotModified
            {
                FinalUrl = Url,
                Status = 304,
                Attempts = Attempts,
                Duration = time.GetElapsedTime(start),
                Validators = new(validators.ETag ?? request.Validators?.ETag, validators.LastModified ?? request.Validators?.LastModified, Url),
            }
            : Fetched(answer, validators);
        return result with { NotBefore = notBefore, RetryAfter = retryAfter, MovedTo = RedirectRules.MovedTo(redirects), Redirects = redirects, WireBytes = budget.WireBytes, Conditional = Conditional };
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

    private FetchResult.Fetched Fetched(Exchange.Answer answer, Validators validators)
    {
        var contentType = ContentType.Read(answer.Head.First("Content-Type"));
        return new FetchResult.Fetched
        {
            FinalUrl = Url,
            Status = answer.Head.Status,
            Attempts = Attempts,
            Duration = time.GetElapsedTime(start),
            Body = answer.Body,
            Charset = contentType.Charset,
            MediaType = contentType.MediaType,
            Validators = validators,
        };
    }

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
}

using System.Threading.Tasks;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Requests;
using Ingest.Worker.Fetching.Wire;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Telemetry;

namespace Ingest.Worker.Fetching.Hosts;

/// <summary>
/// A host's pipeline: retry, circuit breaker, the host's concurrency. Then the host's turn, room in memory and a place of the node are awaited, and the
/// attempt's time runs, so that neither a retry's wait nor the wait for a turn holds a place of the node.
/// </summary>
internal sealed class HostPipeline
{
    private static readonly ResiliencePropertyKey<FetchBudget> BudgetKey = new("budget");

    private static readonly TimeSpan BreakDuration = TimeSpan.FromMinutes(1), Recheck = TimeSpan.FromSeconds(1);

    private readonly CircuitBreakerManualControl breaker = new();
    private readonly string host, site;
    private readonly HttpExchange exchange;
    private readonly HostThrottle pace;
    private readonly Func<CancellationToken, Task<Exchange.Fault?>>? server;
    private readonly WorkerLease lease;
    private readonly NodePlaces places;
    private readonly HostRecords records;
    private readonly CancellationToken closing;
    private readonly FetchingOptions options;
    private readonly TimeProvider time;
    private readonly ResiliencePipeline<Exchange> outside;
    private long lastUsed;
    private int underWay;

    public HostPipeline(
        string host, string site, HttpExchange exchange, HostThrottle pace, Func<CancellationToken, Task<Exchange.Fault?>>? server, WorkerLease lease,
        NodePlaces places, HostRecords records, CancellationToken closing, FetchingOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        (this.host, this.site, this.exchange, this.pace, this.server) = (host, site, exchange, pace, server);
        (this.lease, this.places, this.records, this.closing, this.options, this.time) = (lease, places, records, closing, options, time);
        lastUsed = time.GetTimestamp();
        var telemetry = new TelemetryOptions
        {
            LoggerFactory = loggers,
            ResultFormatter = static (_, result) => (result as Exchange.Fault)?.Cause,
            // Retries are the daily business of a reader of the web; how a fetch ended is told by its result.
            SeverityProvider = static _ => ResilienceEventSeverity.Debug,
        };
        outside = Outside(telemetry);
    }

    public bool IsIdle(TimeSpan after) => Volatile.Read(ref underWay) == 0 && time.GetElapsedTime(Volatile.Read(ref lastUsed)) > after;

    public async Task<Exchange> SendAsync(OutgoingRequest request, FetchBudget budget, CancellationToken ct)
    {
        Interlocked.Increment(ref underWay);
        var context = ResilienceContextPool.Shared.Get(ct);
        context.Properties.Set(BudgetKey, budget);
        try
        {
            var last = await outside.ExecuteAsync(static (_, s) => s.lane.AttemptAsync(s.request, s.budget, s.ct), context, (lane: this, request, budget, ct));
            if (last is Exchange.Answer answer && !IsPlainRefusal(answer)) pace.Observe(host, site, answer.Head.Status);
            return last;
        }
        catch (BrokenCircuitException e)
        {
            // A longer break than there is comes from a clock that was put back since.
            var left = e.RetryAfter ?? TimeSpan.Zero;
            if (left > BreakDuration) await breaker.CloseAsync(ct);
            var until = time.GetUtcNow() + (left < BreakDuration ? left : BreakDuration);
            return Transient(FailureCause.CircuitOpen, $"{host} failed too often just now and is left alone for a while.") with { NotBefore = until };
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            Volatile.Write(ref lastUsed, time.GetTimestamp());
            Interlocked.Decrement(ref underWay);
        }
    }

    private async ValueTask<Exchange> AttemptAsync(OutgoingRequest request, FetchBudget budget, CancellationToken caller)
    {
        if (budget.Left <= TimeSpan.Zero)
            return Transient(FailureCause.TotalTimeout, $"The fetch took longer than {budget.Total.TotalSeconds} s altogether.");
        if (await pace.AwaitTurnAsync(host, site, caller) is { } notBefore)
            return Transient(FailureCause.HostWaits, $"{site} is to be left alone until {notBefore:u}.") with { NotBefore = notBefore };
        if (server is not null && await server(caller) is { } others) return others;
        var answer = await AskAsync(request, budget, caller);
        if (answer is not Exchange.Answer { Head.Status: 429 or 503 } refusal) return answer;

        // Before the host's next request may begin, which waits at the limit of its concurrency.
        if (IsPlainRefusal(refusal)) pace.Observe(host, site, refusal.Head.Status);
        else if (AskedUntil(refusal) is { } asked) pace.HoldUntil(site, asked);
        return answer;
    }

    // It is not asked again within the fetch.
    private bool IsPlainRefusal(Exchange.Answer answer) => answer.Head.Status == 429 && AskedUntil(answer) is null;

    private static Exchange.Fault Transient(FailureCause cause, FormattableString reason) =>
        new(FailureKind.Transient, cause, FormattableString.Invariant(reason));

    private async Task<Exchange> AskAsync(OutgoingRequest request, FetchBudget budget, CancellationToken caller)
    {
        var isPrompt = records.IsPrompt(host);
        (budget.Memory.IsTrusted, budget.Memory.IsPolled) = (records.IsProven(host), budget.IsPolled);
        using var begin = CancellationTokenSource.CreateLinkedTokenSource(caller, budget is { Attempts: 0, Memory.HoldsNothing: true } ? closing : caller);
        await budget.Memory.AwaitRoomAsync(begin.Token);
        using var place = await EnterAsync(budget, isPrompt, begin.Token);
        await lease.AwaitAsync(caller);
        pace.Begin(host);
        using var attempt = new Attempt(place, budget.Memory, budget.Next(options.AttemptTimeout), time, caller);
        var brought = await budget.ChargeAsync(exchange, request, attempt);
        records.Answered(host, brought is Exchange.Answer && attempt.Elapsed <= NodePlaces.Promptly);
        if (brought is Exchange.Answer { Head.Status: 304 }) records.Worked(host, little: true);
        if (brought is Exchange.Answer) attempt.Keep();
        return brought;
    }

    // Whoever may not begin yet holds no place meanwhile.
    private async Task<NodePlaces.Place> EnterAsync(FetchBudget budget, bool isPrompt, CancellationToken ct)
    {
        for (; ; await Task.Delay(Recheck, time, ct))
        {
            var place = await places.EnterAsync(budget.Owner ?? host, isPrompt, ct);
            var may = false;
            try
            {
                if (may = budget.MayBegin) return place;
            }
            finally
            {
                if (!may) place.Dispose();
            }
        }
    }

    private ResiliencePipeline<Exchange> Outside(TelemetryOptions telemetry) =>
        new ResiliencePipelineBuilder<Exchange> { Name = "fetch", TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<Exchange>
            {
                MaxRetryAttempts = Math.Max(options.Retries, 1),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.MaxRetryDelay,
                ShouldHandle = a => ValueTask.FromResult(
                    a.Outcome.Result is { } result && MayRetry(result, a.AttemptNumber, a.Context.Properties.GetValue(BudgetKey, null!))),
                DelayGenerator = a => ValueTask.FromResult(a.Outcome.Result is Exchange.Answer answer ? AskedDelay(answer) : null),
                OnRetry = a =>
                {
                    a.Context.Properties.GetValue(BudgetKey, null!).ChargeWait(a.RetryDelay);
                    return ValueTask.CompletedTask;
                },
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Exchange>
            {
                FailureRatio = 0.8,
                MinimumThroughput = 8,
                SamplingDuration = TimeSpan.FromMinutes(2),
                BreakDuration = BreakDuration,
                ManualControl = breaker,
                ShouldHandle = a => ValueTask.FromResult(a.Outcome.Result is { } result && IsHostDown(result)),
            })
            .AddConcurrencyLimiter(options.PerHostConcurrency, int.MaxValue)
            .ConfigureTelemetry(telemetry)
            .Build();

    // A feed's next poll comes anyway: a server in trouble is not asked for it twice in a visit.
    private bool MayRetry(Exchange exchange, int attempt, FetchBudget budget) => exchange switch
    {
        Exchange.Fault { Repeat: true } when attempt == 0 => true,
        _ when attempt >= options.Retries => false,
        Exchange.Fault fault => fault.Retry,
        Exchange.Answer { Head.Status: >= 500 } when budget.IsPolled => false,
        Exchange.Answer answer => MayRetry(answer.Head.Status, AskedDelay(answer)) && Interception.ChallengerOf(answer) is null,
        _ => false,
    };

    // 429 without Retry-After is not asked again at once: that is what it complains about. A longer wait than a fetch may make is left to the
    // host's not-before time.
    private bool MayRetry(int status, TimeSpan? asked) =>
        asked is null ? status is 408 or 502 or 503 or 504 : status is 408 or 429 or 502 or 503 or 504 && asked <= options.MaxRetryDelay;

    private static bool IsHostDown(Exchange exchange) => exchange switch
    {
        Exchange.Answer answer => answer.Head.Status >= 500,
        Exchange.Fault fault => fault.Cause is FailureCause.ConnectFailed or FailureCause.ConnectTimeout or FailureCause.AnswerTimeout
            or FailureCause.BodyTimeout or FailureCause.ConnectionLost,
        _ => false,
    };

    private DateTimeOffset? AskedUntil(Exchange.Answer answer) => Freshness.RetryAfter(answer.Head, time.GetUtcNow(), options.MaxRetryAfter);

    // The retry strategy's MaxDelay does not bound what a server asks for.
    private TimeSpan? AskedDelay(Exchange.Answer answer) => AskedUntil(answer) - time.GetUtcNow();
}

using System.Diagnostics.Metrics;
using System.Reflection;
using System.Threading.Tasks;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Storage.Overview;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Microsoft.Extensions.Hosting;

namespace Ingest.Worker.Operations.Metering;

/// <summary>
/// Meter <c>Ingest.Worker.Operations</c>: how the worker and its database are, whenever somebody asks. What the database tells is the same at each worker of
/// a cluster, and is not to be added up. Started with the service, because nobody else asks for it.
/// </summary>
internal sealed class WorkerMetrics : IHostedService
{
    private readonly OverviewCache overview;

    public WorkerMetrics(IMeterFactory meters, OverviewCache overview, WriteGate gate, TurnPulse pulse, Outage outage)
    {
        this.overview = overview;
        var meter = meters.Create(HeardMeters.Own + "Operations");
        meter.CreateObservableGauge(
            "ingest.build.info", static () => new Measurement<int>(1, new KeyValuePair<string, object?>("version", Version)), null, "1, with the version.");
        meter.CreateObservableGauge(
            "ingest.save.refused", () => gate.Refused is null ? 0 : 1, null, "1 while PostgreSQL takes no writes, so that nothing is fetched.");
        meter.CreateObservableGauge("ingest.database.reached", () => outage.Length is null ? 1 : 0, null, "0 while PostgreSQL cannot be reached.");
        meter.CreateObservableGauge("ingest.turn.age", () => pulse.Age.TotalSeconds, "s", "How long ago the schedule was last seen to go on.");
        meter.CreateObservableGauge(
            "ingest.save.last.timestamp", () => Moments(gate.LastSave), "s", "When this worker saved something last, in seconds since 1970.");
        OfSources(meter);
        OfWork(meter);
        OfSize(meter);
        OfWebhooks(meter);
    }

    private static string Version { get; } =
        typeof(WorkerMetrics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void OfSources(Meter meter)
    {
        meter.CreateObservableGauge("ingest.sources", () => Facts("sources", "health"), "{source}", "Sources by their health, as in the view source_health.");
        meter.CreateObservableGauge("ingest.sources.due", () => Facts("sources.due"), "{source}", "Active sources whose time has come.");
        meter.CreateObservableGauge(
            "ingest.sources.due.longest", () => Facts("sources.due.longest"), "s", "How long the source that waits longest has been due.");
        meter.CreateObservableGauge(
            "ingest.visits.lateness", () => Facts("visits.lateness"), "s", "How late 99 of 100 visits of the last hour were at most.");
        meter.CreateObservableGauge("ingest.hosts.held", () => Facts("holds"), "{site}", "Sites that asked to be left alone, for now.");
        meter.CreateObservableGauge(
            "ingest.source.last_success.timestamp", () => Sources(static source => source.LastSuccess), "s",
            "When a source last answered usably, in seconds since 1970 (Ingest:Operations:SourcesInMetrics).");
        meter.CreateObservableGauge(
            "ingest.source.last_news.timestamp", () => Sources(static source => source.LastNews), "s",
            "When a source last brought something new, in seconds since 1970 (Ingest:Operations:SourcesInMetrics).");
        meter.CreateObservableGauge(
            "ingest.source.failure_weight",
            () => overview.Latest.Sources.Select(static source => new Measurement<double>(source.FailureWeight, Named(source))),
            null,
            "Weight of a source's failures since its last success (Ingest:Operations:SourcesInMetrics).");
    }

    private void OfWork(Meter meter)
    {
        meter.CreateObservableGauge("ingest.pages.waiting", () => Facts("pages.waiting"), "{page}", "Pages that are still to be fetched.");
        meter.CreateObservableGauge("ingest.pages.due", () => Facts("pages.due"), "{page}", "Pages among them whose time has come.");
        meter.CreateObservableGauge("ingest.pages.due.longest", () => Facts("pages.due.longest"), "s", "How long the page that waits longest has been due.");
        meter.CreateObservableGauge("ingest.search.behind", () => Facts("search.behind"), "{change}", "Changes that the search index lacks, 100,000 at most.");
        meter.CreateObservableGauge(
            "ingest.search.lag", () => Facts("search.lag"), "s", "How long ago the search index was brought up to date, when it lacks changes.");
        meter.CreateObservableGauge("ingest.refusals", () => Facts("refusals"), "{refusal}", "What PostgreSQL refused, as in the table refusals.");
        meter.CreateObservableGauge(
            "ingest.workers", () => Facts("workers"), "{worker}", "Workers of the cluster that reported within a minute; 0 without one.");
    }

    private void OfSize(Meter meter)
    {
        meter.CreateObservableGauge("ingest.database.rows", () => Facts("rows", "table"), "{row}", "Rows of the large tables, as PostgreSQL estimates them.");
        meter.CreateObservableGauge(
            "ingest.database.size", () => Facts("size", "table"), "By", "Size of the large tables with their indexes, and of the whole database.");
    }

    private void OfWebhooks(Meter meter)
    {
        meter.CreateObservableCounter("ingest.webhook.sent", () => Facts("webhook.sent", "webhook"), "{message}", "Messages that a webhook has delivered.");
        meter.CreateObservableCounter("ingest.webhook.failed", () => Facts("webhook.failed", "webhook"), "{delivery}", "Deliveries that failed.");
        meter.CreateObservableCounter(
            "ingest.webhook.given_up", () => Facts("webhook.given_up", "webhook"), "{message}", "Messages that a receiver refused again and again.");
        meter.CreateObservableGauge(
            "ingest.webhook.disabled", () => Facts("webhook.disabled", "webhook"), null, "1 for a webhook whose receiver answered 410.");
        meter.CreateObservableGauge(
            "ingest.webhook.lag", () => Facts("webhook.lag", "webhook"), "s", "How long ago a webhook had delivered everything, when there is something left.");
    }

    private IEnumerable<Measurement<double>> Facts(string name, string? label = null) => overview.Latest.Of(name).Select(
        fact => label is null
            ? new Measurement<double>(fact.Value)
            : new Measurement<double>(fact.Value, new KeyValuePair<string, object?>(label, fact.Label)));

    private IEnumerable<Measurement<double>> Sources(Func<SourceFact, DateTimeOffset?> moment) =>
        from source in overview.Latest.Sources
        let at = moment(source)
        where at is not null
        select new Measurement<double>(at.Value.ToUnixTimeMilliseconds() / 1000.0, Named(source));

    private static KeyValuePair<string, object?> Named(SourceFact source) => new("source", source.Name);

    private static IEnumerable<Measurement<double>> Moments(DateTimeOffset? at) =>
        at is { } moment ? [new Measurement<double>(moment.ToUnixTimeMilliseconds() / 1000.0)] : [];
}

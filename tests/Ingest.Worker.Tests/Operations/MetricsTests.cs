using System.Diagnostics.Metrics;
using Ingest.Worker.Operations.Metering;
using Microsoft.Extensions.DependencyInjection;

namespace Ingest.Worker.Tests.Operations;

/// <summary>Meters as Prometheus reads them.</summary>
public sealed class MetricsTests : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MetricsCollector collector;
    private readonly Meter meter;

    public MetricsTests()
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        collector = new MetricsCollector(factory);
        meter = factory.Create("Ingest.Worker.Test");
    }

    public void Dispose()
    {
        collector.Dispose();
        services.Dispose();
    }

    [Theory]
    [InlineData("ingest.fetches", "{fetch}", MetricKind.Counter, "ingest_fetches_total")]
    [InlineData("ingest.fetch.wire", "By", MetricKind.Counter, "ingest_fetch_wire_bytes_total")]
    [InlineData("ingest.fetch.duration", "s", MetricKind.Histogram, "ingest_fetch_duration_seconds")]
    [InlineData("ingest.wait.seconds", "s", MetricKind.Gauge, "ingest_wait_seconds")]
    [InlineData("cpu.share", "1", MetricKind.Gauge, "cpu_share_ratio")]
    [InlineData("cpu.share", "1", MetricKind.Amount, "cpu_share")]
    [InlineData("disk.pace", "By/s", MetricKind.Gauge, "disk_pace_bytes_per_second")]
    [InlineData("9-odd..name", null, MetricKind.Gauge, "_9_odd_name")]
    [InlineData("a.total", "{x}", MetricKind.Counter, "a_total")]
    public void Names_and_units_are_those_of_Prometheus(string name, string? unit, object kind, string expected) =>
        MetricNames.Of(name, unit, (MetricKind)kind).ShouldBe(expected);

    [Fact]
    public void Counters_gauges_and_histograms_are_told_with_their_type_help_and_labels()
    {
        var counter = meter.CreateCounter<long>("t.count", "{x}", "Counts\nthings \\ ways.");
        counter.Add(2, new("b", "say \"hi\"\n"), new("a.b", 7));
        counter.Add(3, new("a.b", 7), new("b", "say \"hi\"\n"));
        var gauge = meter.CreateGauge<double>("t.level", "By");
        gauge.Record(5);
        gauge.Record(1.5);
        var amount = meter.CreateUpDownCounter<int>("t.held");
        amount.Add(5);
        amount.Add(-2);
        var histogram = meter.CreateHistogram("t.took", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 5] });
        foreach (var value in (double[])[0.5, 1, 3, 9]) histogram.Record(value, new KeyValuePair<string, object?>("kind", "x"));

        collector.Write().ShouldContain("""
            # HELP t_count_total Counts\nthings \\ ways.
            # TYPE t_count_total counter
            t_count_total{a_b="7",b="say \"hi\"\n"} 5
            # TYPE t_held gauge
            t_held 3
            # TYPE t_level_bytes gauge
            t_level_bytes 1.5
            # TYPE t_took_seconds histogram
            t_took_seconds_bucket{kind="x",le="1"} 2
            t_took_seconds_bucket{kind="x",le="5"} 3
            t_took_seconds_bucket{kind="x",le="+Inf"} 4
            t_took_seconds_sum{kind="x"} 13.5
            t_took_seconds_count{kind="x"} 4

            """);
    }

    [Fact]
    public void What_is_observed_is_told_as_it_is_now_and_those_of_several_makers_add_up()
    {
        var held = new List<Measurement<long>> { new(3, new KeyValuePair<string, object?>("of", "a")), new(4, new KeyValuePair<string, object?>("of", "b")) };
        meter.CreateObservableUpDownCounter("t.open", () => held);
        meter.CreateObservableCounter("t.done", () => 10);
        meter.CreateObservableCounter("t.done", () => 5);
        collector.Write();
        held.RemoveAt(0);

        var text = collector.Write();
        text.ShouldContain("# TYPE t_open gauge\nt_open{of=\"b\"} 4\n");
        text.ShouldContain("t_done_total 15\n");
        text.ShouldNotContain("of=\"a\"");
    }

    [Fact]
    public void A_tag_with_ever_new_values_ends_in_one_series_for_the_rest()
    {
        var counter = meter.CreateCounter<long>("t.many");
        for (var i = 0; i < 5_000; i++) counter.Add(1, new KeyValuePair<string, object?>("value", i));

        var lines = collector.Write().Split('\n').Where(static line => line.StartsWith("t_many_total", StringComparison.Ordinal)).ToList();
        lines.Count.ShouldBe(2_001);
        lines.ShouldContain("t_many_total{otel_metric_overflow=\"true\"} 3000");
    }

    [Fact]
    public void Meters_of_others_lose_the_tags_that_name_hosts_and_unknown_meters_are_not_told_of()
    {
        using var http = new Meter("System.Net.Http");
        using var other = new Meter("Somebody.Else");
        var (requests, strange) = (http.CreateCounter<long>("t.requests"), other.CreateCounter<long>("t.strange"));
        foreach (var host in (string[])["a.example", "b.example"])
            requests.Add(1, new("server.address", host), new("http.request.method", "GET"), new("url.full", $"https://{host}/"));
        strange.Add(1);

        var text = collector.Write();
        text.ShouldContain("t_requests_total{http_request_method=\"GET\"} 2\n");
        text.ShouldNotContain("example");
        text.ShouldNotContain("strange");
    }

    [Fact]
    public void Meters_of_another_worker_in_the_process_are_not_heard()
    {
        using var others = new ServiceCollection().AddMetrics().BuildServiceProvider();
        others.GetRequiredService<IMeterFactory>().Create("Ingest.Worker.Test").CreateCounter<long>("t.theirs").Add(1);
        meter.CreateCounter<long>("t.ours").Add(1);

        collector.Write().ShouldContain("t_ours_total 1");
        collector.Write().ShouldNotContain("t_theirs");
    }
}

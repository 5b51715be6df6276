using System.Collections.Concurrent;
using System.Globalization;
using Ingest.Worker.Commands;
using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Origin;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Tests.Ingestion;

public sealed class FirstStartTests(PostgresFixture postgres)
{
    private const string Places =
        "select count(*), count(distinct next_poll_at), extract(epoch from max(next_poll_at) - min(next_poll_at))::int from ingest.sources";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "12|1|0")]
    [InlineData("5", "12|3|2")]
    [InlineData("2", "12|6|5")]
    [InlineData("100", "12|1|0")]
    public async Task A_service_asks_so_many_new_sources_a_second_and_says_so(string? perSecond, string places)
    {
        await using var origin = Origin(await ScriptedOrigin.StartAsync(), 12);
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = new TestWorker(database.ConnectionString, Settings(origin, 12, perSecond));
        using var words = new Words();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(words));
        using var watch = new SourceWatch(
            new SettingsFile("none"), worker.Get<IConfiguration>(), worker.Get<SourceSync>(), TimeProvider.System,
            loggers.CreateLogger<SourceWatch>());

        await watch.StartAsync(Ct);
        await watch.StopAsync(Ct);

        (await worker.RowsAsync(Places)).ShouldBe([places]);
        if (perSecond is null or "100") words.Said.ShouldNotContain(static line => line.Contains("sources are new"));
        else words.Said
            .ShouldContain(
                $"12 sources are new: at most {perSecond} a second are asked for the first time (Ingest:Polling:FirstPollsPerSecond), "
                    + $"the last of them after 00:00:0{places[^1..]}");
    }

    [Fact]
    public async Task A_run_of_once_asks_all_of_them_at_once()
    {
        await using var origin = Origin(await ScriptedOrigin.StartAsync(), 12);
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = new TestWorker(database.ConnectionString, Settings(origin, 12, "1"));

        (await worker.RunAsync()).Visits.Count.ShouldBe(12);

        (await worker.RowsAsync("select count(*) from ingest.fetches where kind = 'feed'")).ShouldBe(["12"]);
    }

    [Fact]
    public async Task Sources_that_are_due_because_their_settings_changed_are_asked_over_time_too()
    {
        await using var origin = Origin(await ScriptedOrigin.StartAsync(), 12);
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using (var first = new TestWorker(database.ConnectionString, Settings(origin, 12, "100"))) await first.RunAsync();
        var settings = Settings(origin, 12, "3");
        foreach (var n in Enumerable.Range(0, 12)) settings[$"Ingest:Sources:s{n.ToString(CultureInfo.InvariantCulture)}:Interval"] = "01:00:00";
        await using var worker = new TestWorker(database.ConnectionString, settings);

        await worker.Get<SourceSync>().RunAsync(Ct);

        (await worker.RowsAsync(Places)).ShouldBe(["12|4|3"]);
    }

    [Fact]
    public async Task Sources_that_a_running_service_is_given_are_all_asked_within_a_minute()
    {
        await using var origin = Origin(await ScriptedOrigin.StartAsync(), 1);
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = new TestWorker(database.ConnectionString, Settings(origin, 1, "1"));
        var sync = worker.Get<SourceSync>();
        await sync.RunAsync(Ct);
        foreach (var (key, value) in Settings(origin, 200, "1")) worker.Get<IConfiguration>()[key] = value;

        await sync.RunAsync(Ct);

        (await worker.RowsAsync(Places + " where name <> 's0'")).ShouldBe(["199|50|49"]);
    }

    private static ScriptedOrigin Origin(ScriptedOrigin origin, int sources)
    {
        for (var n = 0; n < sources; n++) origin.Serve("/" + n.ToString(CultureInfo.InvariantCulture), Reply.Feed(TestSite.Feed(origin.BaseUrl, 0)));
        return origin;
    }

    private static Dictionary<string, string> Settings(ScriptedOrigin origin, int sources, string? perSecond)
    {
        var settings = Enumerable.Range(0, sources).Select(static n => n.ToString(CultureInfo.InvariantCulture))
            .ToDictionary(static n => $"Ingest:Sources:s{n}:Url", n => origin.Url("/" + n).ToString());
        if (perSecond is not null) settings["Ingest:Polling:FirstPollsPerSecond"] = perSecond;
        return settings;
    }

    private sealed class Words : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Said { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}

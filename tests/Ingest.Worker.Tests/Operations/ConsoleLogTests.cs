using System.Text.Json;
using Ingest.PostgreSql.Embedded.Server;
using Ingest.Worker.Operations;
using Ingest.Worker.Origin;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Tests.Commands;
using Ingest.Worker.Tests.Fetching;
using Ingest.Worker.Tests.Ingestion;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Operations;

/// <summary>The log as people and programs read it.</summary>
public sealed class ConsoleLogTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_JSON_a_line_has_the_event_the_source_and_the_url_as_fields_and_a_failed_visit_is_a_warning()
    {
        var error = await RunAsync(("Logging__Console__FormatterName", "JSON"));
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => line[0] == '{')
            .Select(static line => JsonDocument.Parse(line).RootElement).ToList();

        var good = lines.Single(static line => line.GetProperty("EventId").GetInt32() == 601);
        good.GetProperty("LogLevel").GetString().ShouldBe("Information");
        good.GetProperty("State").GetProperty("Source").GetString().ShouldBe("good");
        good.GetProperty("State").GetProperty("Url").GetString().ShouldNotBeNull().ShouldEndWith("/feed");
        good.GetProperty("State").GetProperty("New").GetInt32().ShouldBe(1);
        var page = lines.Single(static line => line.GetProperty("EventId").GetInt32() == 602);
        page.GetProperty("State").GetProperty("Source").GetString().ShouldBe("good");
        var failed = lines.Single(static line => line.GetProperty("EventId").GetInt32() == 618);
        failed.GetProperty("LogLevel").GetString().ShouldBe("Warning");
        failed.GetProperty("State").GetProperty("Source").GetString().ShouldBe("broken");
        failed.GetProperty("State").GetProperty("Status").GetInt32().ShouldBe(500);
        failed.GetProperty("State").GetProperty("Failure").GetString().ShouldNotBeNull().ShouldContain("500");
    }

    [Fact]
    public async Task As_lines_it_has_no_colours_in_a_pipe_and_a_good_visit_no_word_of_a_failure()
    {
        var error = await RunAsync(("Logging__LogLevel__Default", "Debug"));

        error.ShouldContain("good: 200, 1 new, 0 changed, 0 known\n");
        error.ShouldMatch("warn: .*broken: .*500");
        error.Split('\n').Where(static line => !line.Contains(" Polly[", StringComparison.Ordinal)).ShouldAllBe(static line => !line.Contains("(null)"));
        error.ShouldNotContain("\u001b");
    }

    [Theory]
    [InlineData(null, false, "simple")]
    [InlineData("json", false, "json")]
    [InlineData(null, true, "systemd")]
    [InlineData("json", true, "json")]
    public void Systemd_has_its_formatter_unless_the_settings_name_another(string? named, bool isSystemd, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Logging:Console:FormatterName", named)]).Build();
        var services = new ServiceCollection().AddLogging(logging => ConsoleLog.Add(logging, configuration, showsTraces: false));

        // As AddSystemd does, later, where systemd started the process.
        if (isSystemd) services.Configure<ConsoleLoggerOptions>(static console => console.FormatterName = ConsoleFormatterNames.Systemd);
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value;
        (options.FormatterName ?? ConsoleFormatterNames.Simple).ShouldBe(expected);
        options.LogToStandardErrorThreshold.ShouldBe(LogLevel.Trace);
    }

    [Fact]
    public void While_the_database_is_away_what_follows_from_it_is_left_out_and_all_else_is_told()
    {
        var outage = new Outage(new FakeTimeProvider());
        using var provider = new ServiceCollection().AddSingleton(outage)
            .AddLogging(static logging => ConsoleLog.Add(logging, new ConfigurationBuilder().Build(), showsTraces: false)).BuildServiceProvider();
        var formatter = provider.GetServices<ConsoleFormatter>().Single(static one => one.Name == ConsoleFormatterNames.Simple);

        Tell().ShouldBe(["error", "event", "quartz", "other"]);
        outage.End().ShouldBeNull();
        outage.Begin().ShouldBeTrue();
        outage.Begin().ShouldBeFalse();
        Tell().ShouldBe(["other"]);
        outage.End().ShouldNotBeNull();
        outage.End().ShouldBeNull();
        Tell().Count.ShouldBe(4);

        List<string> Tell()
        {
            using var written = new StringWriter();
            Write(written, "Ingest.Worker.A", 613, "error", new InvalidOperationException("outer", new Npgsql.NpgsqlException("away")));
            Write(written, "Ingest.Worker.B", 701, "event", null);
            Write(written, "Quartz.Store", 0, "quartz", null);
            Write(written, "Ingest.Worker.C", 618, "other", new InvalidOperationException("its own"));
            return [.. ((string[])["error", "event", "quartz", "other"]).Where(word => written.ToString().Contains($"] {word}", StringComparison.Ordinal))];
        }

        void Write(StringWriter written, string category, int id, string message, Exception? error) => formatter.Write(
            new LogEntry<string>(LogLevel.Error, category, id, message, error, static (state, _) => state), null, written);
    }

    [Fact]
    public void What_the_embedded_server_says_of_sessions_that_a_stop_ends_is_no_warning()
    {
        var log = new LogOfTest();
        var server = new ServerLog(log);
        server.Relay("FATAL:  too many connections");
        server.Stopping();
        server.Relay("FATAL:  terminating connection due to administrator command");
        server.Relay("PANIC:  could not write");

        log.Warnings.ShouldBe(["PostgreSQL: FATAL:  too many connections", "PostgreSQL: PANIC:  could not write"]);
    }

    private async Task<string> RunAsync(params (string Name, string Value)[] environment)
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(1);
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1))).Serve("/broken", Reply.Error(500));
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        using var folder = new CommandFolder();
        var settings = folder.Settings(JsonSerializer.Serialize(new
        {
            ConnectionStrings = new { Ingest = database.ConnectionString },
            Ingest = new
            {
                Sources = new { good = new { Url = origin.Url("/feed").ToString() }, broken = new { Url = origin.Url("/broken").ToString() } },
                Fetching = new { AllowedNetworks = (string[])["127.0.0.0/8"], MinimumHostDelay = "00:00:00", RetryDelay = "00:00:00.001" },
            },
        }));
        var run = await WorkerProgram.RunAsync(
            ["run", "--once", "--config", settings], environment.ToDictionary(static one => one.Name, static one => one.Value));
        run.Exit.ShouldBe(0, run.Error);
        return run.Error;
    }
}

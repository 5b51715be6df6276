using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using Ingest.Worker.Origin;
using Ingest.Worker.Tests.Ingestion;
using Npgsql;

namespace Ingest.Worker.Tests.Operations;

/// <summary>What the service answers at <c>Ingest:Operations:Listen</c>, asked over loopback.</summary>
public sealed class ListenerTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_tell_of_visits_saves_and_the_database_in_lines_that_promtool_accepts()
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(2);
        origin.Serve("/feed", Origin.Reply.Feed(TestSite.Feed(origin.BaseUrl, 2))).Serve("/broken", Origin.Reply.Error(500));
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var host = await StatusHost.StartAsync(
            database.ConnectionString,
            ("Ingest:Sources:site:Url", origin.Url("/feed").ToString()),
            ("Ingest:Sources:broken:Url", origin.Url("/broken").ToString()),
            ("Ingest:Operations:SourcesInMetrics", "1"));
        await host.Worker.RunAsync();

        var (status, text) = await host.GetAsync("/metrics");
        status.ShouldBe(HttpStatusCode.OK);
        foreach (var line in (string[])
        [
            "ingest_fetches_total{kind=\"feed\",outcome=\"fetched\"} 1", "ingest_fetches_total{error_type=\"HttpStatus\",kind=\"feed\",outcome=\"failed\"} 1",
            "ingest_entries_total{change=\"new\"} 2", "ingest_page_visits_total{outcome=\"read\"} 2",
            "ingest_visit_duration_seconds_count{kind=\"source\",outcome=\"news\"} 1",
            "ingest_visit_duration_seconds_count{kind=\"source\",outcome=\"failed\"} 1",
            "ingest_visit_lag_seconds_count{kind=\"page\"} 2", "ingest_reading_time_seconds_count{kind=\"page\"} 2",
            "ingest_sources{health=\"healthy\"} 1", "ingest_sources{health=\"failing\"} 1", "ingest_sources_due 0", "ingest_pages_waiting 0",
            "ingest_save_refused 0", "ingest_database_reached 1", "ingest_memory_budget_usage_bytes 0", "ingest_source_failure_weight{source=\"broken\"} 0.5",
        ])
            text.ShouldContain(line + "\n");
        text.ShouldMatch("ingest_database_size_bytes\\{table=\"database\"\\} [0-9]{6,}\n");
        text.ShouldMatch("ingest_save_last_timestamp_seconds 1[0-9]{9}");
        text.ShouldMatch("dotnet_gc_collections_total\\{");
        text.ShouldMatch("http_client_request_duration_seconds_bucket\\{http_request_method=\"GET\"");
        text.ShouldNotContain("source=\"site\"");
        text.ShouldNotContain("127.0.0.1");
        await PromtoolAsync(text);
    }

    [Fact]
    public async Task However_many_ask_the_database_is_asked_once_in_15_seconds()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var host = await StatusHost.StartAsync(database.ConnectionString);
        using var listener = new StatementListener(new NpgsqlConnectionStringBuilder(database.ConnectionString).Database);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.GetAsync("/metrics")));
        listener.Statements.Count(static text => text.Contains("pg_database_size", StringComparison.Ordinal)).ShouldBe(1);
        host.Worker.Clock.Shift = TimeSpan.FromSeconds(16);
        await host.GetAsync("/metrics");
        listener.Statements.Count(static text => text.Contains("pg_database_size", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Only_questions_are_answered_and_only_to_names_that_are_known()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var host = await StatusHost.StartAsync(database.ConnectionString, ("Ingest:Operations:HostNames:0", "status.example.org"));

        using (var posted = await host.SendAsync(HttpMethod.Post, "/metrics"))
        {
            posted.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
            posted.Content.Headers.Allow.ShouldBe(["GET", "HEAD"]);
        }

        using (var head = await host.SendAsync(HttpMethod.Head, "/health/live"))
        {
            head.StatusCode.ShouldBe(HttpStatusCode.OK);
            head.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
            head.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            head.Headers.Contains("Server").ShouldBeFalse();
            (await head.Content.ReadAsByteArrayAsync(Ct)).ShouldBeEmpty();
        }

        (await host.GetAsync("/nothing")).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var (name, expected) in ((string, HttpStatusCode)[])
            [("evil.example", HttpStatusCode.MisdirectedRequest), ("STATUS.example.org:81", HttpStatusCode.OK), ("worker:9464", HttpStatusCode.OK)])
        {
            using var response = await host.SendAsync(HttpMethod.Get, "/health/live", name);
            response.StatusCode.ShouldBe(expected, name);
        }
    }

    [Fact]
    public async Task It_listens_at_a_socket_too_and_takes_over_one_that_a_killed_process_left()
    {
        var folder = Directory.CreateTempSubdirectory("ingest-listen-");
        var path = Path.Combine(folder.FullName, "s");
        await using var database = await postgres.CreateDatabaseAsync(Ct);

        // Who closes it removes it under the name that it was bound to.
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            left.Bind(new UnixDomainSocketEndPoint(path + "-"));
            File.Move(path + "-", path);
        }

        File.Exists(path).ShouldBeTrue();
        await using (await StatusHost.StartAsync(database.ConnectionString, ("Ingest:Operations:Listen", "unix:" + path)))
        {
            using var client = new HttpClient(new SocketsHttpHandler
            {
                ConnectCallback = async (_, ct) =>
                {
                    var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), ct);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            });
            (await client.GetStringAsync(new Uri("http://localhost/health/live"), Ct)).ShouldStartWith("ok schedule");
            var error = await Should.ThrowAsync<IOException>(
                () => StatusHost.StartAsync(database.ConnectionString, ("Ingest:Operations:Listen", "unix:" + path)));
            error.Message.ShouldBe($"Ingest:Operations:Listen is 'unix:{path}', where another process listens.");
        }

        await File.WriteAllTextAsync(path, "keep", Ct);
        var refused = await Should.ThrowAsync<IOException>(
            () => StatusHost.StartAsync(database.ConnectionString, ("Ingest:Operations:Listen", "unix:" + path)));
        refused.Message.ShouldContain("a file that is no socket");
        (await File.ReadAllTextAsync(path, Ct)).ShouldBe("keep");
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_with_its_setting()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var first = await StatusHost.StartAsync(database.ConnectionString);
        var port = new Uri(first.Url).Port;

        var error = await Should.ThrowAsync<IOException>(() => StatusHost.StartAsync(database.ConnectionString, ("Ingest:Operations:Listen", $"{port}")));
        error.Message.ShouldStartWith($"Ingest:Operations:Listen is '127.0.0.1:{port}', which cannot be listened at: ");
    }

    // What others call their metrics is not ours to change.
    private static async Task PromtoolAsync(string metrics)
    {
        if (!File.Exists("/usr/bin/promtool")) Assert.Skip("There is no promtool (Debian's package prometheus has it).");
        using var promtool = Process.Start(new ProcessStartInfo("/usr/bin/promtool", ["check", "metrics"])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardError = true,
        })!;
        await promtool.StandardInput.WriteAsync(metrics);
        promtool.StandardInput.Close();
        var words = await promtool.StandardError.ReadToEndAsync(Ct);
        await promtool.WaitForExitAsync(Ct);
        promtool.ExitCode.ShouldNotBe(1, words);
        words.Split('\n').Where(static line => line.StartsWith("ingest_", StringComparison.Ordinal) || line.StartsWith("error", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }
}

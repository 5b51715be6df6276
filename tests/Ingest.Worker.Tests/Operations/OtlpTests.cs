using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ingest.Worker.Operations.Metering;
using Ingest.Worker.Origin;
using Ingest.Worker.Tests.Ingestion;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Tests.Operations;

/// <summary>Metrics and traces that are sent, as the standard variables say.</summary>
public sealed class OtlpTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_and_the_steps_of_visits_are_sent_and_no_metric_names_a_host()
    {
        using var receiver = new HttpListener();
        var url = $"http://127.0.0.1:{FreePort()}/";
        receiver.Prefixes.Add(url);
        receiver.Start();
        var received = new ConcurrentDictionary<string, string>();
        var receiving = ReceiveAsync(receiver, received);
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(1);
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)));
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using (var host = await StatusHost.StartAsync(
            database.ConnectionString,
            ("Ingest:Operations:Listen", ""),
            ("Ingest:Sources:site:Url", origin.Url("/feed").ToString()),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", url),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_SERVICE_NAME", "my-own-name")))
            await host.Worker.RunAsync();

        // What was not sent yet is, when the worker stops.
        receiver.Stop();
        await receiving;
        var metrics = received["/v1/metrics"];
        foreach (var name in (string[])["ingest.fetches", "ingest.visit.duration", "ingest.sources.due", "http.client.request.duration", "my-own-name"])
            metrics.ShouldContain(name);
        metrics.ShouldNotContain("server.address");
        foreach (var step in (string[])["visit source", "visit page", "fetch", "read", "save", "ingest.source"]) received["/v1/traces"].ShouldContain(step);
    }

    [Theory]
    [InlineData("", "", false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://x", "", true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://x", "", true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://x", "OTEL_SDK_DISABLED=True", false)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://x", "OTEL_METRICS_EXPORTER=none", false)]
    public void Nothing_is_sent_unless_the_variables_say_where_to(string one, string other, bool expected) =>
        OtlpExport.IsOn(new ConfigurationBuilder()
            .AddInMemoryCollection(new[] { one, other }.Where(static text => text.Length > 0).Select(static text => text.Split('='))
                .Select(static parts => KeyValuePair.Create(parts[0], (string?)parts[1])))
            .Build()).ShouldBe(expected);

    private static async Task ReceiveAsync(HttpListener receiver, ConcurrentDictionary<string, string> received)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await receiver.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body, Ct);
            var text = Encoding.Latin1.GetString(body.ToArray());
            received.AddOrUpdate(context.Request.Url!.AbsolutePath, text, (_, before) => before + text);
            context.Response.Close();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

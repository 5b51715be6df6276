using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Text;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Hosts;
using Ingest.Worker.Fetching.Network;
using Ingest.Worker.Origin;
using Ingest.Worker.Tests.Fetching;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>Hosts that led from http to https and promised to stay there.</summary>
public sealed class HttpsHostTests(PostgresFixture postgres) : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly Authority authority = new();
    private readonly ConcurrentQueue<string> asked = new();

    public void Dispose() => authority.Dispose();

    [Fact]
    public async Task Are_asked_over_https_at_once_also_by_the_next_worker_and_sources_move_there()
    {
        using var leaf = authority.Issue();
        await using var clear = Serve(
            "http", null, "HTTP/1.1 301 Moved\r\nLocation: https://www.example.org/feed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var feed = TestSite.Feed(new Uri("https://www.example.org/"), 1);
        await using var secure = Serve(
            "https", leaf,
            $"HTTP/1.1 200 OK\r\nStrict-Transport-Security: max-age=864000\r\nContent-Length: "
                + $"{Encoding.UTF8.GetByteCount(feed).ToString(CultureInfo.InvariantCulture)}\r\nConnection: close\r\n\r\n{feed}");
        Task<System.IO.Stream> ConnectAsync(IPEndPoint to, CancellationToken ct) =>
            HttpStack.ConnectAsync(new IPEndPoint(IPAddress.Loopback, int.Parse(to.Port == 443 ? secure.Port : clear.Port, CultureInfo.InvariantCulture)), ct);
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var settings = new Dictionary<string, string>
        {
            ["Ingest:Sources:site:Url"] = "http://www.example.org/feed",
            ["Ingest:Sources:site:FullText"] = "Never",
            ["Ingest:Fetching:RobotsForPages"] = "false",
        };
        foreach (var day in (int[])[0, 3, 6, 30])
        {
            await using var worker = new TestWorker(database.ConnectionString, settings, Door.ToLoopback, ConnectAsync, new CertificateTrust(authority.Root));
            worker.Clock.Shift = TimeSpan.FromDays(day);
            (await worker.VisitDueAsync()).Single().Failure.ShouldBeNull();
            (await worker.RowsAsync("select host from ingest.https_hosts")).ShouldBe(["www.example.org"]);
        }

        asked.ShouldBe(["http", "https", "https", "https", "https"]);
        await using var last = new TestWorker(database.ConnectionString, settings);
        (await last.RowsAsync("select url, configured_url from ingest.sources")).ShouldBe(["https://www.example.org/feed|http://www.example.org/feed"]);
    }

    [Theory]
    [InlineData("max-age=31536000", true)]
    [InlineData("max-age=\"31536000\" ; includeSubDomains; preload", true)]
    [InlineData("MAX-AGE=99999999999999999999", true)]
    [InlineData("max-age=0", false)]
    [InlineData("includeSubDomains", false)]
    [InlineData("max-age=10; max-age=20", false)]
    [InlineData("max-age=-5", false)]
    [InlineData("max-age", false)]
    [InlineData("", false)]
    public void A_promise_is_read_strictly_and_holds_a_year_at_most(string field, bool made)
    {
        var (pledges, time) = Pledges();
        var pledge = pledges.Note(
            new Uri("https://www.example.org/a"), Head(field), [new Redirect(302, new Uri("http://www.example.org/a"), new Uri("https://www.example.org/a"))]);

        (pledge is not null).ShouldBe(made);
        pledges.Kept(new Uri("http://www.example.org/b?c")).ShouldBe(new Uri(made ? "https://www.example.org/b?c" : "http://www.example.org/b?c"));
        time.Advance(TimeSpan.FromDays(366));
        pledges.Kept(new Uri("http://www.example.org/b")).Scheme.ShouldBe("http");
    }

    [Theory]
    [InlineData("http://www.example.org/a", "https://other.example/a")]
    [InlineData("http://other.example/a", "https://www.example.org/a")]
    [InlineData("http://www.example.org:8080/a", "https://www.example.org/a")]
    [InlineData("http://www.example.org/a", "https://www.example.org:8443/a")]
    [InlineData("http://192.0.2.1/a", "https://192.0.2.1/a")]
    [InlineData("http://www.example.org/a", "http://www.example.org/b")]
    [InlineData("https://www.example.org/a", "https://www.example.org/b")]
    public void It_is_kept_of_hosts_alone_that_led_from_http_to_https_themselves(string from, string to)
    {
        var (pledges, _) = Pledges();
        pledges.Note(new Uri(to), Head("max-age=1000"), [new Redirect(301, new Uri(from), new Uri(to))]).ShouldBeNull();
        pledges.Kept(new Uri(from)).ShouldBe(new Uri(from));
    }

    [Fact]
    public void It_is_told_again_when_that_changes_much_and_taken_back_with_an_age_of_nothing()
    {
        var (pledges, time) = Pledges();
        var (url, other) = (new Uri("https://www.example.org/a"), new Uri("http://www.example.org/a"));
        pledges.Note(url, Head("max-age=864000"), [new Redirect(301, other, url)]).ShouldNotBeNull();
        time.Advance(TimeSpan.FromHours(5));
        pledges.Note(url, Head("max-age=864000"), []).ShouldBeNull();
        time.Advance(TimeSpan.FromDays(1));
        pledges.Note(url, Head("max-age=864000"), []).ShouldNotBeNull().Until.ShouldBe(time.GetUtcNow().AddDays(10));

        pledges.Note(url, Head("max-age=0"), []).ShouldNotBeNull().Until.ShouldBe(time.GetUtcNow());
        pledges.Kept(other).ShouldBe(other);
        pledges.Kept(new Uri("http://sub.www.example.org/")).Scheme.ShouldBe("http");
    }

    private static (HttpsPledges Pledges, FakeTimeProvider Time) Pledges()
    {
        var time = new FakeTimeProvider(Noon);
        return (new HttpsPledges(time), time);
    }

    private static AnswerHead Head(string field) => new(200, [KeyValuePair.Create("Strict-Transport-Security", field)]);

    private WireServer Serve(string name, System.Security.Cryptography.X509Certificates.X509Certificate2? leaf, string answer) => new(async (wire, ct) =>
    {
        var stream = leaf is null ? wire : await WireServer.SecureAsync(wire, leaf, authority.Intermediate, SslApplicationProtocol.Http11, ct);
        await WireServer.ReadHeadAsync(stream, ct);
        asked.Enqueue(name);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), ct);
    });
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CsCheck;
using Ingest.Identity.Sites;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Hosts;
using Ingest.Worker.Fetching.Network;
using Ingest.Worker.Origin;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Fetching;

/// <summary>Hosts of one platform that share an address are one machine, and paced together.</summary>
public sealed class SharedServerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_names_of_one_server_are_asked_one_after_the_other_and_none_is_put_off_for_longer_than_that_takes()
    {
        var pipeline = new Lane(static _ => 1, new FetchingOptions { MaxHostWait = TimeSpan.FromMinutes(1) });

        var starts = await pipeline.StartsAsync(200, "blogs.example.org", TimeSpan.FromMinutes(1));

        starts.Count.ShouldBe(200);
        starts.Count(static at => at < TimeSpan.FromSeconds(1)).ShouldBeInRange(1, 6);
        foreach (var (before, after) in starts.Skip(1).Zip(starts.Skip(2))) (after - before).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(199));
        starts[^1].ShouldBeLessThan(TimeSpan.FromSeconds(41));
    }

    [Fact]
    public async Task Two_hundred_names_of_as_many_servers_are_asked_at_once()
    {
        var starts = await new Lane(static host => host, new FetchingOptions()).StartsAsync(200, "blogs.example.org", TimeSpan.FromSeconds(1));

        starts.Count(static at => at == TimeSpan.Zero).ShouldBe(200);
    }

    [Fact]
    public void Of_any_number_of_servers_each_is_spared_and_none_waits_for_another() =>
        (from servers in Gen.Int[1, 12] from hosts in Gen.Int[1, 60] from delay in Gen.Int[1, 2_000] select (servers, hosts, delay)).Sample(
            static one =>
            {
                var delay = TimeSpan.FromMilliseconds(one.delay);
                var pipeline = new Lane(host => host % one.servers, new FetchingOptions { SharedServerDelay = delay, MaxHostWait = TimeSpan.FromHours(1) });
                var starts = pipeline.StartsAsync(one.hosts, "example.org", TimeSpan.FromMinutes(3), delay).GetAwaiter().GetResult();
                var most = (one.hosts + one.servers - 1) / one.servers;
                starts.Count.ShouldBe(one.hosts);
                starts[^1].ShouldBeLessThanOrEqualTo(delay * most);
                starts.GroupBy(static at => at).ShouldAllBe(together => together.Count() <= one.servers + 1);
            },
            iter: 100);

    [Fact]
    public async Task Who_would_wait_too_long_is_put_off_and_told_until_when()
    {
        var pipeline = new Lane(static _ => 1, new FetchingOptions { SharedServerDelay = TimeSpan.FromSeconds(10), MaxHostWait = TimeSpan.FromSeconds(15) });
        for (var host = 0; host < 3; host++) _ = pipeline.AskAsync(host, "example.org");

        var fault = (await pipeline.AskAsync(3, "example.org")).ShouldNotBeNull();

        fault.Cause.ShouldBe(FailureCause.HostWaits);
        fault.NotBefore.ShouldBe(pipeline.Time.GetUtcNow().AddSeconds(20));
        fault.Reason.ShouldContain("example.org at 192.0.2.1");
    }

    [Theory]
    [InlineData("http://a.example.org/", "http://b.example.org:8080/", true)]
    [InlineData("http://one.wordpress.com/", "https://two.wordpress.com/", true)]
    [InlineData("http://one.example.co.uk/", "http://two.example.co.uk/", true)]
    [InlineData("http://one.co.uk/", "http://two.co.uk/", false)]
    [InlineData("http://example.org/", "http://example.com/", false)]
    [InlineData("http://127.0.0.1/", "http://127.0.0.1:81/", false)]
    [InlineData("http://feeds/", "http://feeds:81/", false)]
    public void Names_of_one_registered_domain_or_platform_may_be_one_machine(string one, string other, bool same) =>
        (Site.PlatformOf(new Uri(one)) is { } platform && platform == Site.PlatformOf(new Uri(other))).ShouldBe(same);

    [Fact]
    public async Task A_name_that_is_alone_is_not_looked_up_and_one_that_leads_nowhere_waits_for_nobody()
    {
        var pipeline = new Lane(static host => host == 7 ? throw new SocketException((int)SocketError.HostNotFound) : 1, new FetchingOptions());
        for (var i = 0; i < 5; i++) (await pipeline.AskAsync(0, "example.org")).ShouldBeNull();
        pipeline.LookedUp.ShouldBe(0);
        for (var i = 0; i < 5; i++) (await pipeline.AskAsync(7, "example.org")).ShouldBeNull();
    }

    [Fact]
    public async Task Requests_over_loopback_are_put_off_by_names_that_share_its_address_alone()
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServeBelow("/", static _ => Reply.Feed("<rss/>"));
        await using var second = (await ScriptedOrigin.StartAsync([IPAddress.Parse("127.0.0.2")], port: 0)).ServeBelow("/", static _ => Reply.Feed("<rss/>"));
        ResolveHost resolve = static (host, _) =>
            Task.FromResult<IPAddress[]>([host.StartsWith("far", StringComparison.Ordinal) ? IPAddress.Parse("127.0.0.2") : IPAddress.Loopback]);
        await using var door = new Door(new() { ["SharedServerDelay"] = "00:01:00", ["MaxHostWait"] = "00:00:00" }, resolve: resolve);
        Uri Url(string host) => new(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{(host[0] == 'f' ? second : origin).BaseUrl.Port}/feed"));

        foreach (var host in (string[])["a.example.org", "b.example.org", "far.example.org", "c.example.com", "127.0.0.1"])
            await door.FetchWholeAsync(Url(host));
        foreach (var host in (string[])["c.example.org", "b.example.org"]) (await door.FailAsync(Url(host))).Cause.ShouldBe(FailureCause.HostWaits);
        (origin.Requests.Count, second.Requests.Count).ShouldBe((4, 1));

        await using var free = new Door(new() { ["SharedServerDelay"] = "00:00:00", ["MaxHostWait"] = "00:00:00" }, resolve: resolve);
        foreach (var host in (string[])["a.example.org", "b.example.org", "c.example.org"]) await free.FetchWholeAsync(Url(host));
    }

    /// <summary>Requests of many hosts on a fake clock.</summary>
    private sealed class Lane
    {
        private readonly SharedServers servers;
        private int lookedUp;

        public Lane(Func<int, int> server, FetchingOptions options) => servers = new SharedServers(
            (host, _) =>
            {
                Interlocked.Increment(ref lookedUp);
                var address = server(int.Parse(host[1..host.IndexOf('.', StringComparison.Ordinal)], CultureInfo.InvariantCulture));
                return Task.FromResult<IPAddress[]>([IPAddress.Parse("198.51.100.7"), new([192, 0, 2, (byte)address])]);
            },
            Options.Create(options),
            Time);

        public FakeTimeProvider Time { get; } = new();

        public int LookedUp => lookedUp;

        public async Task<Exchange.Fault?> AskAsync(int host, string domain) =>
            await servers.TurnsOf(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://h{host}.{domain}/feed")))!(Ct);

        /// <summary>When each of the requests started, all of them made at once.</summary>
        public async Task<IReadOnlyList<TimeSpan>> StartsAsync(int hosts, string domain, TimeSpan within, TimeSpan? step = null)
        {
            var begin = Time.GetUtcNow();
            var starts = new List<TimeSpan>();
            var waiting = Enumerable.Range(0, hosts).Select(host => AskAsync(host, domain)).ToList();
            for (
                var now = TimeSpan.Zero; waiting.Count > 0 && now <= within; Time.Advance(step ?? TimeSpan.FromMilliseconds(100)),
                now = Time.GetUtcNow() - begin)
            {
                foreach (var started in waiting.Where(static request => request.IsCompletedSuccessfully).ToList())
                {
                    waiting.Remove(started);
                    (await started).ShouldBeNull();
                    starts.Add(now);
                }
            }

            return starts;
        }
    }
}

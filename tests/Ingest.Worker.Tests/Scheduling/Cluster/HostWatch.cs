using System.Collections.Concurrent;
using System.Net;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Scheduling.Cluster;

/// <summary>Many hosts on one loopback listener, which watch who asks them: two workers at once are what must not be.</summary>
internal sealed class HostWatch : IAsyncDisposable
{
    private const string Feed = """
        <?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Feed</title><link>http://127.0.0.1/</link>
        <item><title>One</title><link>http://127.0.0.1/one</link><guid>one</guid><description>Whole.</description></item></channel></rss>
        """;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<SeenRequest, string>> underWay = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> overlaps = new();
    private readonly ScriptedOrigin origin;
    private long requests;

    private HostWatch(ScriptedOrigin origin) => this.origin = origin;

    public IReadOnlyCollection<string> Overlaps => overlaps;

    public long Requests => Interlocked.Read(ref requests);

    /// <summary>Told of every request: the worker's name.</summary>
    public Action<string>? OnAsked { get; set; }

    /// <summary>Starts; every request takes as long as is said.</summary>
    public static async Task<HostWatch> StartAsync(TimeSpan answer)
    {
        var origin = await ScriptedOrigin.StartAsync([IPAddress.Any], 0);
        var reply = Reply.Feed(Feed).ETag("\"v1\"").After(answer);
        origin.ServeBelow("/", _ => reply);
        var watch = new HostWatch(origin);
        origin.OnRequest = watch.Begin;
        origin.OnReply = watch.End;
        return watch;
    }

    /// <summary>Sources by name, spread evenly over hosts 127.1.0.1, 127.1.0.2 and so on.</summary>
    public IReadOnlyDictionary<string, Uri> Sources(int count, int hosts) => Enumerable.Range(0, count).ToDictionary(
        static n => FormattableString.Invariant($"source-{n:00000}"),
        n => new Uri(FormattableString.Invariant($"http://127.1.{n % hosts / 250}.{n % hosts % 250 + 1}:{origin.BaseUrl.Port}/{n / hosts}")));

    /// <summary>A worker that was killed asks nothing any more.</summary>
    public void Forget(string worker)
    {
        foreach (var host in underWay.Values)
        {
            foreach (var (request, asker) in host)
            {
                if (asker == worker) host.TryRemove(request, out _);
            }
        }
    }

    public ValueTask DisposeAsync() => origin.DisposeAsync();

    private void Begin(SeenRequest request)
    {
        var asker = request.Header("User-Agent")!.Split('/')[0];
        var host = underWay.GetOrAdd(request.Host, static _ => new(ReferenceEqualityComparer.Instance));
        host[request] = asker;
        foreach (var (other, name) in host)
        {
            if (name != asker) overlaps.Enqueue($"{request.At:HH:mm:ss.fff} {request.Host}: {asker} beside {name}, who asked at {other.At:HH:mm:ss.fff}");
        }

        if (Interlocked.Increment(ref requests) % 1000 == 0) origin.ForgetRequests();
        OnAsked?.Invoke(asker);
    }

    private void End(SeenRequest request)
    {
        if (underWay.TryGetValue(request.Host, out var host)) host.TryRemove(request, out _);
    }
}

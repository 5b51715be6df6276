using System.ComponentModel.DataAnnotations;

namespace Ingest.Worker.Operations;

/// <summary>How the worker shows that it lives: section <c>Ingest:Operations</c>.</summary>
internal sealed class OperationsOptions
{
    public const string Section = "Ingest:Operations";

    /// <summary>
    /// A file in which the service writes how it is; <c>status --health</c> reads it. Default: one for each process in a folder of this user's own,
    /// <c>/run/ingest-worker</c> for root, else <c>ingest-worker-USER</c> in the folder for temporary files.
    /// </summary>
    [MinLength(1)]
    public string? HeartbeatFile { get; init; }

    /// <summary>How often it is written. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HeartbeatEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Where the service serves its status page, <c>/metrics</c> and <c>/health/…</c>: a port (on 127.0.0.1), <c>ADDRESS:PORT</c>, <c>*:PORT</c> for all
    /// addresses, or <c>unix:PATH</c>. There is no login and no TLS: whoever reaches it may read. Default (empty): nowhere.
    /// </summary>
    public string? Listen { get; init; }

    /// <summary>
    /// Names by which the status page is asked for, as <c>ingest.example.org</c> behind a proxy. Only these, addresses and names without a dot are
    /// answered to, so that no page elsewhere on the web can have a browser read this one. Default: none.
    /// </summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>Of so many active sources, in the order of their names, metrics have series of their own. Default 0.</summary>
    [Range(0, 2000)]
    public int SourcesInMetrics { get; init; }

    /// <summary>What is wrong with the settings, in words.</summary>
    public IEnumerable<string> Contradictions()
    {
        if (ListenAddress.Read(Listen) is ListenAddress.Faulty { Right: var right }) yield return $"{Section}:{nameof(Listen)} is '{Listen}': {right}.";
        foreach (var name in HostNames.Where(static name => Uri.CheckHostName(name) == UriHostNameType.Unknown))
            yield return $"{Section}:{nameof(HostNames)} has '{name}': give the name of a host, without scheme and port.";
    }
}

using System.Globalization;
using System.IO;
using System.Net;

namespace Ingest.Worker.Operations;

/// <summary>Where the service listens: what <c>Ingest:Operations:Listen</c> says.</summary>
internal abstract record ListenAddress
{
    private const string Unix = "unix:";

    // Of a socket's name in the file system, on Linux; elsewhere it is shorter, and binding says so.
    private const int LongestPath = 107;

    private ListenAddress()
    {
    }

    /// <summary>It does not listen.</summary>
    internal sealed record Nowhere : ListenAddress;

    /// <summary>A port of one address, or of all of this machine.</summary>
    internal sealed record Tcp(IPEndPoint EndPoint) : ListenAddress;

    /// <summary>A socket in the file system.</summary>
    internal sealed record Socket(string Path) : ListenAddress;

    /// <summary>It cannot be understood.</summary>
    /// <param name="Right">What would be right; a sentence without its beginning.</param>
    internal sealed record Faulty(string Right) : ListenAddress;

    public static ListenAddress Read(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting)) return new Nowhere();
        if (setting.StartsWith(Unix, StringComparison.Ordinal)) return ReadPath(setting[Unix.Length..]);
        var colon = setting.LastIndexOf(':');
        var (host, port) = colon < 0 ? ("", setting) : (setting[..colon], setting[(colon + 1)..]);
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > IPEndPoint.MaxPort)
            return new Faulty($"give a port of 0 (any that is free) to {IPEndPoint.MaxPort}, ADDRESS:PORT, *:PORT or {Unix}PATH");
        return host switch
        {
            "" or "localhost" => new Tcp(new IPEndPoint(IPAddress.Loopback, number)),
            "*" => new Tcp(new IPEndPoint(IPAddress.IPv6Any, number)),
            ['[', .., ']'] when IPAddress.TryParse(host, out var address) => new Tcp(new IPEndPoint(address, number)),
            _ when host.Count(static letter => letter == '.') == 3 && IPAddress.TryParse(host, out var address) => new Tcp(new IPEndPoint(address, number)),
            _ => new Faulty("give an address of this machine before the port (as 127.0.0.1:9464 or [::1]:9464), or * for all of them"),
        };
    }

    private static ListenAddress ReadPath(string path) =>
        !Path.IsPathFullyQualified(path) ? new Faulty("give the socket's full path, as unix:/run/ingest-worker/status.sock")
        : System.Text.Encoding.UTF8.GetByteCount(path) > LongestPath
            ? new Faulty(string.Create(CultureInfo.InvariantCulture, $"give a path of {LongestPath} bytes at most; longer ones no socket can have"))
        : new Socket(path);
}

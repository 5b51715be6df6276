namespace Ingest.Worker.Fetching.Network;

/// <summary>On which connections a request may go: those through one proxy, to servers of one trust.</summary>
/// <param name="Proxy">URL of the proxy; empty for none, null for that of all.</param>
/// <param name="Certificate">
/// The authorities that are trusted in place of the machine's own (PEM), or the pinned key (<c>sha256//BASE64</c>); null for neither.
/// </param>
internal sealed record HttpRoute(string? Proxy, string? Certificate)
{
    public static HttpRoute Usual { get; } = new(null, null);

    // The proxy's password is nobody's to see.
    public override string ToString() => this == Usual ? "usual" : "own";
}

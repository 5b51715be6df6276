using Ingest.Worker.Fetching.Memory;
using Ingest.Worker.Fetching.Requests;

namespace Ingest.Worker.Fetching;

/// <summary>What is fetched decides the Accept header, the size cap and whether robots.txt is asked first.</summary>
internal enum FetchKind
{
    Feed,
    Page,
    Robots,
}

/// <summary>One thing to fetch.</summary>
/// <param name="Url">Absolute http(s) URL.</param>
/// <param name="Kind">Feed, page or robots.txt.</param>
/// <param name="Validators">The validators of the last full answer, sent back exactly as received; null for an unconditional request.</param>
/// <param name="Headers">Extra request headers of the source; they go to the asked host only, never across a redirect to another.</param>
/// <param name="Credential">How the source authenticates, by reference to its secret; goes to the asked host only.</param>
internal sealed record FetchRequest(
    Uri Url,
    FetchKind Kind,
    Validators? Validators,
    IReadOnlyDictionary<string, string>? Headers = null,
    Credential? Credential = null)
{
    /// <summary>How it is asked otherwise than others.</summary>
    public FetchManner Manner { get; init; } = FetchManner.Usual;

    /// <summary>For whom it is made: on a busy node owners take turns. Null for the host itself.</summary>
    public string? Owner { get; init; }

    /// <summary>What holds the body until its visit is saved; null where it is given up at once.</summary>
    public MemoryShare? Memory { get; init; }

    /// <summary>Asked before the first request leaves, again and again while the answer is no. Null where nothing can keep it.</summary>
    public Func<bool>? MayBegin { get; init; }
}

/// <summary>HTTP validators byte for byte as the server sent them, and the URL they belong to.</summary>
/// <param name="ETag">The ETag field, each char one byte of the wire (Latin-1).</param>
/// <param name="LastModified">The Last-Modified field, likewise; not parsed.</param>
/// <param name="Url">The URL that sent them, after redirects: they are sent to no other. Null when it was not kept: they are sent on every hop.</param>
internal sealed record Validators(string? ETag, string? LastModified, Uri? Url = null);

/// <summary>
/// A source's credential. It holds where the secret is found, <c>env:NAME</c> or <c>file:/path</c>; the secret itself only where it stood in the URL.
/// </summary>
internal abstract record Credential
{
    private Credential()
    {
    }

    /// <summary>RFC 7617.</summary>
    internal sealed record Basic(string UserName, string PasswordReference) : Credential;

    /// <summary>RFC 7617, as it stood in the settings' URL itself.</summary>
    internal sealed record Stated(string UserName, string Password) : Credential
    {
        public override string ToString() => $"{nameof(Stated)} {{ {nameof(UserName)} = {UserName} }}";
    }

    /// <summary>RFC 6750.</summary>
    internal sealed record Bearer(string TokenReference) : Credential;
}

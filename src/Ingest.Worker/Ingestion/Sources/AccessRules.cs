using System.Text;
using Ingest.Text.Secrets;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Requests;
using Ingest.Worker.Sources;

namespace Ingest.Worker.Ingestion.Sources;

/// <summary>How a source's server is to be asked. It comes from the settings at every use, and is never in the database.</summary>
/// <param name="Url">The configured URL with its secret parameters, without user info: what is secret goes to its host only.</param>
/// <param name="Headers">Extra request headers; null for none.</param>
/// <param name="Credential">How the source authenticates; null for not at all.</param>
/// <param name="UnconditionalCheck">Whether a server that always answers 304 is checked once in a while.</param>
internal sealed record AccessRules(Uri Url, IReadOnlyDictionary<string, string>? Headers, Credential? Credential, bool UnconditionalCheck)
{
    private static readonly Dictionary<string, string> Empty = [];

    /// <summary>How its server is asked otherwise than all others.</summary>
    public FetchManner Manner { get; init; } = FetchManner.Usual;

    /// <summary>Which of its entries are taken.</summary>
    public EntryFilter Filter { get; init; } = EntryFilter.None;

    private IReadOnlyList<KeyValuePair<string, string>> Secrets { get; init; } = [.. UrlSecrets.Of(Url).Where(static secret => !IsTopic(secret))];

    /// <summary>The URL as a server is asked for it: without the fragment, which is never sent.</summary>
    public string AskedUrl => Url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);

    /// <summary>The URL as it stands in the settings.</summary>
    public Uri UrlWithSecrets => Credential is Credential.Stated(var user, var password)
        ? new UriBuilder(Url) { UserName = Uri.EscapeDataString(user), Password = Uri.EscapeDataString(password) }.Uri
        : Url;

    /// <summary>Everybody would be asked so.</summary>
    public bool IsPlain => isPlain && Manner == FetchManner.Usual;

    private readonly bool isPlain = Headers is null && Credential is null && UrlSecrets.Of(Url).Count == 0;

    /// <summary>Whether both are asked with the same request.</summary>
    public bool AsksLike(AccessRules other) =>
        Url == other.Url && Credential == other.Credential && Manner == other.Manner
            && (Headers ?? Empty)
                .OrderBy(static header => header.Key, StringComparer.Ordinal)
                .SequenceEqual((other.Headers ?? Empty).OrderBy(static header => header.Key, StringComparer.Ordinal));

    /// <summary>The rules of a URL that somebody gave by hand: its user info is its credential, and its secrets are theirs.</summary>
    public static AccessRules Of(Uri url) => new(UrlSecrets.WithoutUserInfo(url), null, CredentialOf(url), UnconditionalCheck: true);

    /// <summary>The rules of a URL that was found: nothing in it is ours.</summary>
    public static AccessRules None(Uri url) => new(UrlSecrets.WithoutUserInfo(url), null, null, UnconditionalCheck: true) { Secrets = [] };

    /// <summary>The user info of a URL as a credential; null when it has none.</summary>
    public static Credential? CredentialOf(Uri url)
    {
        if (url.UserInfo.Length == 0) return null;
        var parts = url.UserInfo.Split(':', 2);
        return new Credential.Stated(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    /// <summary>
    /// A request for something of the source. Headers, credential, hidden parameters and what else was given for its server go with it on the configured host
    /// only, wherever the source moved.
    /// </summary>
    public FetchRequest Request(Uri url, FetchKind kind, Validators? validators)
    {
        var bare = UrlSecrets.WithoutUserInfo(url);
        return WebUrl.SameParty(Url, bare)
            ? new FetchRequest(Filled(bare), kind, validators is { Url: { } owner } ? validators with { Url = Filled(owner) } : validators, Headers, Credential)
            {
                Manner = Manner,
            }
            : new FetchRequest(bare, kind, validators) { Manner = Manner.Elsewhere };
    }

    /// <summary>What came back, without the secrets of the source's URL, which servers repeat in links and redirects: they would be stored and shown.</summary>
    public FetchResult Hidden(FetchResult result)
    {
        result = result with { FinalUrl = Hidden(result.FinalUrl), MovedTo = Place(result.MovedTo) };
        return result switch
        {
            FetchResult.Fetched fetched => fetched with { Body = Hidden(fetched.Body), Validators = Hidden(fetched.Validators) },
            FetchResult.NotModified { Validators: { } kept } same => same with { Validators = Hidden(kept) },
            _ => result,
        };
    }

    private Uri Filled(Uri url) => WebUrl.SameParty(Url, url) ? UrlSecrets.Fill(url, Url) : url;

    // "key=football" chooses among a site's feeds, and stands in the links of its articles.
    private static bool IsTopic(KeyValuePair<string, string> secret) =>
        secret.Key.Equals("key", StringComparison.OrdinalIgnoreCase) && secret.Value.Length <= 12
            && secret.Value.All(static letter => char.IsAsciiLetterLower(letter) || letter == '-');

    // Validators from behind a redirect that gave out a secret are kept for whatever URL comes.
    private Validators Hidden(Validators validators) =>
        validators.Url is { } url ? validators with { Url = UrlSecrets.Of(Hidden(url)).Count > 0 ? null : Hidden(url) } : validators;

    private Uri Hidden(Uri url)
    {
        var text = Encoding.UTF8.GetBytes(url.AbsoluteUri);
        var hidden = Hidden(text);
        return ReferenceEquals(hidden, text) ? url : new Uri(Encoding.UTF8.GetString(hidden));
    }

    // Where a redirect gives out a secret, the place holds as long as the secret: it is asked for again each time.
    private Uri? Place(Uri? moved)
    {
        if (moved is null) return null;
        var hidden = Hidden(moved);
        return UrlSecrets.Of(hidden).Count > 0 || (hidden != moved && !WebUrl.SameParty(Url, hidden)) ? null : hidden;
    }

    private byte[] Hidden(byte[] text)
    {
        foreach (var (name, value) in Secrets)
        {
            foreach (var spelled in new[] { value, Uri.UnescapeDataString(value) }.Distinct(StringComparer.Ordinal))
                text = EchoedSecret.Replace(text, name, spelled, UrlSecrets.Hidden);
        }

        return text;
    }
}

using System.ComponentModel.DataAnnotations;

namespace Ingest.Worker.Fetching.Signing;

/// <summary>How <c>Signature-Agent</c> is written.</summary>
internal enum SignatureAgentForm
{
    /// <summary>A dictionary whose member has the signature's label, which the protocol asks of signers.</summary>
    Dictionary,

    /// <summary>A bare string, as its first drafts had it; some verifiers still read nothing else.</summary>
    Text,
}

/// <summary>
/// Whether and how requests are signed, so that publishers can tell who asks (draft-ietf-webbotauth-httpsig-protocol, on RFC 9421):
/// section <c>Ingest:Fetching:Signing</c>. Off unless a key is given.
/// </summary>
internal sealed class SigningOptions
{
    public const string Section = FetchingOptions.Section + ":Signing";

    /// <summary>
    /// Where the private key (Ed25519; PKCS#8 in PEM, or a JWK) is found, <c>file:/path</c> or <c>env:NAME</c>. Default none: nothing is signed.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>The https URL under which the key directory is published, sent as <c>Signature-Agent</c>. Needed with a key. Default none.</summary>
    public string? Agent { get; init; }

    /// <summary>How long a signature is good: long enough for clocks that differ, short enough to be of little use to others. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan Validity { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How <c>Signature-Agent</c> is written. Default <see cref="SignatureAgentForm.Dictionary"/>.</summary>
    public SignatureAgentForm AgentForm { get; init; }

    /// <summary>
    /// Whether requests in clear are signed as well. Whoever listens there could send the signature again while it is good, also to the https side of the host,
    /// which has the same name in it. Default no.
    /// </summary>
    public bool SignHttp { get; init; }

    internal bool IsOn => !string.IsNullOrEmpty(Key);

    /// <summary>What is wrong; one sentence each, never with what stands in Key, since that may be the key itself.</summary>
    public IEnumerable<string> Faults()
    {
        if (IsOn && !SettingReference.IsOne(Key!))
            yield return $"{Section}:{nameof(Key)} is not a reference: give file:/path or env:NAME; the key itself does not belong in the settings.";
        if (IsOn && string.IsNullOrEmpty(Agent))
            yield return $"{Section}:{nameof(Agent)} is missing: give the https URL of the key directory, or leave {nameof(Key)} out.";
        if (!IsOn && !string.IsNullOrEmpty(Agent))
            yield return $"{Section}:{nameof(Key)} is missing: give file:/path or env:NAME, or leave {nameof(Agent)} out.";
        if (!string.IsNullOrEmpty(Agent) && !IsAgent(Agent))
            yield return $"{Section}:{nameof(Agent)} is '{Agent}': {AgentRemedy}.";
        if (!Enum.IsDefined(AgentForm))
            yield return $"{Section}:{nameof(AgentForm)} is '{AgentForm}': give {string.Join(" or ", Enum.GetNames<SignatureAgentForm>())}.";
    }

    /// <summary>What an agent's URL should be.</summary>
    public static string AgentRemedy { get; } = $"give an https URL without user, query and fragment, as https://bot.example{KeyDirectory.Path}";

    /// <summary>
    /// Whether a text may be sent as <c>Signature-Agent</c>: an https URL, whose query would be no part of who we are, in letters that need no escape in a
    /// string (RFC 9651, section 3.3.3).
    /// </summary>
    public static bool IsAgent(string text) =>
        text.StartsWith("https://", StringComparison.Ordinal) && text.All(static c => c is > ' ' and <= '~' and not ('"' or '\\' or '?' or '#'))
        && Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { UserInfo.Length: 0, IdnHost.Length: > 0 };
}

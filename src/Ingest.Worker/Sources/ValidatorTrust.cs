using Ingest.Text;

namespace Ingest.Worker.Sources;

/// <summary>What a visit asks of the server.</summary>
internal enum RevalidationMode
{
    /// <summary>Everything: there is nothing to compare with, or a 304 would not be believed.</summary>
    Whole,

    /// <summary>What changed since the last full answer.</summary>
    Changes,

    /// <summary>Everything, although validators are at hand: is a 304 of this server to be believed?</summary>
    Check,
}

/// <summary>How far a server's 304 is believed.</summary>
internal enum TrustLevel
{
    /// <summary>It is believed.</summary>
    [Word("trusted")]
    Trusted,

    /// <summary>
    /// The feed had news when it was asked for without validators: the validators from before are sent once more, and a 304 to them is a lie.
    /// </summary>
    [Word("tested", "validators known to be outdated are sent once more")]
    Tested,

    /// <summary>The server said 304 although the feed had changed.</summary>
    [Word("distrusted", "it said 304 although the feed had changed: it is asked for the whole feed")]
    Distrusted,
}

/// <summary>
/// Finds servers that answer 304 forever. Whoever has given no full answer for a while is asked for one. What a check finds is no proof, for the feed
/// may have changed since the last 304; the same validators on another body are, and so is a 304 to validators that are known to be outdated.
/// </summary>
/// <param name="Level">How far it is believed.</param>
/// <param name="Since">When it came to that.</param>
internal sealed record ValidatorTrust(TrustLevel Level, DateTimeOffset Since)
{
    // Servers are repaired now and then.
    private static readonly TimeSpan TestedAgainAfter = TimeSpan.FromDays(30);

    public static ValidatorTrust Full { get; } = new(TrustLevel.Trusted, DateTimeOffset.MinValue);

    /// <summary>What to ask now.</summary>
    /// <param name="source">The source.</param>
    /// <param name="checkEvery">How long a server may go without a full answer; null forever.</param>
    /// <param name="now">The time.</param>
    public static RevalidationMode Ask(Source source, TimeSpan? checkEvery, DateTimeOffset now) => source switch
    {
        { ETag: null, LastModified: null } or { Trust.Level: TrustLevel.Distrusted } => RevalidationMode.Whole,
        { Trust.Level: TrustLevel.Tested } => RevalidationMode.Changes,
        _ when now - source.LastFullAt >= checkEvery => RevalidationMode.Check,
        _ => RevalidationMode.Changes,
    };

    /// <summary>What the answer 304 shows.</summary>
    public ValidatorTrust AfterNotModified(DateTimeOffset now) => Level == TrustLevel.Tested ? new ValidatorTrust(TrustLevel.Distrusted, now) : this;

    /// <summary>What a full answer shows.</summary>
    /// <param name="mode">What was asked.</param>
    /// <param name="hadNews">Whether the body had new or changed entries.</param>
    /// <param name="sameValidators">Whether the answer bears the validators of the one before.</param>
    /// <param name="now">The time.</param>
    public ValidatorTrust AfterFull(RevalidationMode mode, bool hadNews, bool sameValidators, DateTimeOffset now) => mode switch
    {
        RevalidationMode.Changes => Level == TrustLevel.Trusted ? this : new ValidatorTrust(TrustLevel.Trusted, now),
        RevalidationMode.Check when hadNews => new ValidatorTrust(sameValidators ? TrustLevel.Distrusted : TrustLevel.Tested, now),
        RevalidationMode.Whole when Level == TrustLevel.Distrusted && hadNews && !sameValidators && now - Since >= TestedAgainAfter =>
            new ValidatorTrust(TrustLevel.Tested, now),
        _ => this,
    };
}

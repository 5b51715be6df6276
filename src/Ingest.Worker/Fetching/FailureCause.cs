namespace Ingest.Worker.Fetching;

/// <summary>Names of failures: stable, few, fit for a column and a metric's tag.</summary>
internal enum FailureCause
{
    Unnamed,

    // Refused before a request.
    BadUrl,
    AddressRefused,
    RobotsDisallowed,
    RobotsUnreachable,
    HostWaits,
    CircuitOpen,
    SecretMissing,
    SecretUnfit,

    // Our own side.
    ProxyFailed,
    OutOfResources,
    SigningKeyMissing,

    // The network.
    HostNotFound,
    NameServerFailed,
    ConnectFailed,
    ConnectTimeout,
    TlsFailed,
    ConnectionLost,
    ProtocolError,
    AnswerTimeout,
    BodyTimeout,
    TotalTimeout,

    // The answer.
    HttpStatus,
    TooManyRequests,
    Gone,
    NoContent,
    UnaskedNotModified,
    HeadersTooLarge,
    BodyTooLarge,
    DecompressionBomb,
    BadEncoding,

    // The way there.
    RedirectLoop,
    TooManyRedirects,
    BadRedirect,
    RedirectToInsecure,

    // A page in place of the answer.
    Challenge,
    ConsentWall,
    LoginWall,
    OptedOut,
}

using System.Globalization;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Bodies;
using Ingest.Worker.Fetching.Network;
using Ingest.Worker.Fetching.Wire;

namespace Ingest.Worker.Fetching.Requests;

/// <summary>Names what the network did wrong.</summary>
internal static class Faults
{
    /// <summary>An end that was neither the server's nor the caller's.</summary>
    /// <param name="attemptEnded">Whether the attempt's own time was up; else connecting took too long.</param>
    /// <param name="status">Status where the head had come; else 0.</param>
    /// <param name="e">How it was told.</param>
    public static Exchange.Fault OfTimeout(bool attemptEnded, int status, Exception e) => (attemptEnded, status) switch
    {
        (true, 0) => new(FailureKind.Transient, FailureCause.AnswerTimeout, "No answer came in time.", Retry: true),
        // What trickles once trickles twice.
        (true, _) => new(FailureKind.Transient, FailureCause.BodyTimeout, "The body did not end in time.", status),
        _ when e.InnerException is TimeoutException => new(FailureKind.Transient, FailureCause.ConnectTimeout, "No connection in time.", Retry: true),
        _ => new(FailureKind.Transient, FailureCause.ConnectionLost, "The connection was given up.", status, Retry: true),
    };

    /// <summary>An exception of the HTTP handler.</summary>
    public static Exchange.Fault Of(Exception e, int status, FetchingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Find<AddressRefusedException>(e) is { } refused)
            return new(FailureKind.Permanent, FailureCause.AddressRefused, $"{refused.Message}; Ingest:Fetching:AllowedNetworks can open its network.");
        if (Find<SocketException>(e)?.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable || Descriptors.AreExhausted())
            return new(
                FailureKind.Transient,
                FailureCause.OutOfResources,
                string.Create(CultureInfo.InvariantCulture, $"This worker has no file descriptors left; it may open {Descriptors.Limit}."),
                status);
        if (Find<ProxyException>(e) is { } proxy)
            return new(FailureKind.Transient, FailureCause.ProxyFailed, proxy.Message);
        if (Find<BrokenTransferException>(e) is { } broken)
            return new(FailureKind.Transient, FailureCause.ConnectionLost, $"The answer is incomplete: {broken.Message}.", status, Retry: true);
        if (Find<AuthenticationException>(e) is { } tls)
            return new(FailureKind.Permanent, FailureCause.TlsFailed, $"No trusted TLS connection: {tls.Message}");
        return (e as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.SecureConnectionError => new(FailureKind.Transient, FailureCause.TlsFailed, $"No TLS connection: {Innermost(e)}", Retry: true),
            HttpRequestError.ConfigurationLimitExceeded => new(
                FailureKind.Permanent, FailureCause.HeadersTooLarge,
                string.Create(CultureInfo.InvariantCulture, $"The headers are larger than {options.MaxHeaderKibibytes} KiB."), status),
            HttpRequestError.InvalidResponse => new(FailureKind.Server, FailureCause.ProtocolError, $"The answer is not HTTP: {Innermost(e)}", status),
            _ => OfSocket(e, status),
        };
    }

    private static Exchange.Fault OfSocket(Exception e, int status) => Find<SocketException>(e)?.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData => new(FailureKind.Permanent, FailureCause.HostNotFound, "There is no such host."),
        // No name server answers: most often our own network is down, which is no fault of the source.
        SocketError.TryAgain or SocketError.NoRecovery => new(FailureKind.Transient, FailureCause.NameServerFailed, "No name server answered.", Retry: true),
        { } error when IsConnecting(e) => new(FailureKind.Transient, FailureCause.ConnectFailed, $"No connection: {error}.", Retry: true),
        _ => new(FailureKind.Transient, FailureCause.ConnectionLost, $"The connection broke: {Innermost(e)}", status, Retry: true)
        {
            Repeat = Find<UnansweredException>(e) is { MayRepeat: true },
        },
    };

    private static bool IsConnecting(Exception e) =>
        e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };

    private static T? Find<T>(Exception? e)
        where T : Exception
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is T found)
                return found;
        }

        return null;
    }

    // Messages of the runtime quote what the server sent, so they are bounded.
    private static string Innermost(Exception e) => e.GetBaseException().Message is { Length: > 200 } longer ? longer[..200] : e.GetBaseException().Message;
}

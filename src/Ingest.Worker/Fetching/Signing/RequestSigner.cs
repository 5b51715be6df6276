using System.Net.Http;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Answers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Fetching.Signing;

/// <summary>
/// Signs each request as it leaves, so that every hop and every retry has a signature of its own. The key is looked at again each minute: a new one is taken up
/// while the worker runs, and while one cannot be read, the last good one goes on.
/// </summary>
internal sealed partial class RequestSigner(IOptions<FetchingOptions> options, TimeProvider time, ILogger<RequestSigner> logger) : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly SigningOptions settings = options.Value.Signing;
    private readonly SemaphoreSlim gate = new(1);
    private SigningKey? current;
    private long lookedAt;
    private string? told;

    /// <summary>Puts our signature on a request, in place of any that it has.</summary>
    /// <returns>Null, or why it cannot be signed, and so must not leave.</returns>
    public async ValueTask<Exchange.Fault?> SignAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var url = request.RequestUri!;
        if (!settings.IsOn || (!WebUrl.IsSecure(url) && !settings.SignHttp)) return null;
        var (key, fault) = await KeyAsync(ct);
        if (key is null) return new Exchange.Fault(FailureKind.Transient, FailureCause.SigningKeyMissing, fault!);
        var now = time.GetUtcNow();
        var signed = WebBotSignature.Of(
            MessageSignature.Authority(url), settings.Agent!, settings.AgentForm, key, now, now + settings.Validity, WebBotSignature.NewNonce());
        Set(request, WebBotSignature.AgentField, signed.Agent);
        Set(request, WebBotSignature.InputField, signed.Input);
        Set(request, WebBotSignature.SignatureField, signed.Signature);
        return null;
    }

    /// <summary>Why requests cannot be signed as things stand; null when they can, or are not to be.</summary>
    public async Task<string?> FaultAsync(CancellationToken ct) => settings.IsOn ? (await KeyAsync(ct)).Fault : null;

    public void Dispose()
    {
        current?.Dispose();
        gate.Dispose();
    }

    private async ValueTask<(SigningKey? Key, string? Fault)> KeyAsync(CancellationToken ct)
    {
        if (Volatile.Read(ref current) is { } known && (time.GetElapsedTime(Volatile.Read(ref lookedAt)) < LookEvery || gate.CurrentCount == 0))
            return (known, null);
        await gate.WaitAsync(ct);
        try
        {
            if (current is not null && time.GetElapsedTime(lookedAt) < LookEvery) return (current, null);
            var (key, fault) = await SigningKey.LoadAsync(settings.Key!, ct);
            Volatile.Write(ref lookedAt, time.GetTimestamp());
            return key is null ? Kept(fault!) : (Taken(key), null);
        }
        finally
        {
            gate.Release();
        }
    }

    private SigningKey Taken(SigningKey key)
    {
        told = null;
        if (current?.Thumbprint == key.Thumbprint)
        {
            key.Dispose();
            return current;
        }

        // The one before may be signing just now; it is wiped when nobody holds it any more.
        Volatile.Write(ref current, key);
        LogKey(logger, key.Thumbprint, settings.Agent!);
        return key;
    }

    private (SigningKey? Key, string? Fault) Kept(string fault)
    {
        var words = $"Requests cannot be signed ({SigningOptions.Section}:{nameof(settings.Key)}): {fault}.";
        if (current is null) return (null, words);
        if (told != fault) LogKept(logger, settings.Key!, fault);
        told = fault;
        return (current, null);
    }

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }

    [LoggerMessage(207, LogLevel.Information, "Requests are signed with the key {KeyId}, which {Agent} is to publish")]
    private static partial void LogKey(ILogger logger, string keyId, string agent);

    [LoggerMessage(208, LogLevel.Warning, "The signing key at {Reference} cannot be read again: {Fault}. Requests are still signed with the one before")]
    private static partial void LogKept(ILogger logger, string reference, string fault);
}

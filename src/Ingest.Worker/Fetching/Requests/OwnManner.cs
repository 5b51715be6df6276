using System.Security.Cryptography;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Network;

namespace Ingest.Worker.Fetching.Requests;

/// <summary>A source's manner with what its references lead to, read afresh each time, so that it can be renewed while the worker runs.</summary>
/// <param name="Route">The connections that its requests may go on.</param>
/// <param name="Cookie">The Cookie field; null for none.</param>
internal sealed record OwnManner(HttpRoute Route, string? Cookie)
{
    private static readonly OwnManner Usual = new(HttpRoute.Usual, null);

    /// <summary>Reads what the references lead to.</summary>
    /// <returns>The manner, or why it cannot be kept; exactly one is not null.</returns>
    public static async Task<(OwnManner? Manner, Exchange.Fault? Fault)> ResolveAsync(FetchManner manner, CancellationToken ct)
    {
        if (manner == FetchManner.Usual) return (Usual, null);
        var (cookie, fault) = manner.Cookie is null ? (null, null) : await Secrets.ReadLineAsync(manner.Cookie, ct);
        if (fault is not null) return (null, fault);
        var (certificate, unfit) = manner.Certificate is null ? (null, null) : await CertificateAsync(manner.Certificate, ct);
        return unfit is null ? (new OwnManner(new HttpRoute(manner.Proxy, certificate), cookie), null) : (null, unfit);
    }

    private static async Task<(string? Certificate, Exchange.Fault? Fault)> CertificateAsync(string setting, CancellationToken ct)
    {
        if (CertificateTrust.IsPin(setting)) return (setting, null);
        var (text, missing) = await SettingReference.ReadAsync(setting, ct);
        if (text is null) return (null, new(FailureKind.Permanent, FailureCause.SecretMissing, $"The certificate at {setting} cannot be had: {missing}."));
        try
        {
            _ = CertificateTrust.Of(text);
            return (text, null);
        }
        catch (CryptographicException)
        {
            return (
                null,
                new(FailureKind.Permanent, FailureCause.SecretUnfit, $"What is at {setting} is no certificate in PEM form (-----BEGIN CERTIFICATE-----)."));
        }
    }
}

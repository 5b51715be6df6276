using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ingest.Worker.Origin;

/// <summary>What is wrong with an origin's certificate. All are self-signed: no reader trusts them.</summary>
public enum CertificateFlaw
{
    SelfSigned,
    Expired,
    WrongName,
}

internal static class Certificates
{
    public static X509Certificate2 Make(CertificateFlaw flaw)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=origin", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (flaw == CertificateFlaw.WrongName)
            names.AddDnsName("elsewhere.example");
        else
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        var until = flaw == CertificateFlaw.Expired ? now.AddDays(-1) : now.AddDays(1);
        return request.CreateSelfSigned(now.AddDays(-2), until);
    }
}

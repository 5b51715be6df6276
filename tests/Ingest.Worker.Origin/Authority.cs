using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ingest.Worker.Origin;

/// <summary>A certificate authority: a root, an intermediate that it signed, and the leaves that the intermediate signs.</summary>
public sealed class Authority : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-2), Until = DateTimeOffset.UtcNow.AddDays(2);

    private readonly X509Certificate2 intermediateWithKey;

    public Authority()
    {
        Root = Certify("CN=Test Root", isAuthority: true, request => request.CreateSelfSigned(From, Until));
        intermediateWithKey = Certify("CN=Test Intermediate", isAuthority: true, request => request.Create(Root, From, Until, Serial()));
        Intermediate = X509CertificateLoader.LoadCertificate(intermediateWithKey.RawData);
    }

    /// <summary>What a reader may trust.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>What a server should send beside its own.</summary>
    public X509Certificate2 Intermediate { get; }

    /// <summary>A server's certificate for 127.0.0.1 and localhost.</summary>
    /// <param name="names">Names addresses for the issuer, the revocation list and OCSP below this one; null for none.</param>
    public X509Certificate2 Issue(Uri? names = null) => Certify(
        "CN=Test Leaf",
        isAuthority: false,
        request =>
        {
            var subject = new SubjectAlternativeNameBuilder();
            subject.AddIpAddress(IPAddress.Loopback);
            subject.AddDnsName("localhost");
            subject.AddDnsName("*.example.org");
            request.CertificateExtensions.Add(subject.Build());
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
            if (names is not null)
            {
                request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(
                    [new Uri(names, "/ocsp").ToString()], [new Uri(names, "/issuer.crt").ToString()]));
                request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension(
                    [new Uri(names, "/list.crl").ToString()]));
            }

            return request.Create(intermediateWithKey, From, Until, Serial());
        });

    public void Dispose()
    {
        Root.Dispose();
        intermediateWithKey.Dispose();
        Intermediate.Dispose();
    }

    private static byte[] Serial() => RandomNumberGenerator.GetBytes(8);

    private static X509Certificate2 Certify(string subject, bool isAuthority, Func<CertificateRequest, X509Certificate2> sign)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        var signed = sign(request);
        using var withKey = signed.HasPrivateKey ? signed : signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}

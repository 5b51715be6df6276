using System.Text;
using Ingest.Worker.Fetching.Signing;

namespace Ingest.Worker.Tests.Fetching.Signing;

/// <summary>Keys that everybody knows: those of the RFCs.</summary>
internal static class SigningKeys
{
    /// <summary>test-key-ed25519 of RFC 9421, appendix B.1.4.</summary>
    public const string Rfc9421 = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----\n";

    public const string Rfc9421X = "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs", Rfc9421Thumbprint = "poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U";

    /// <summary>RFC 8037, appendix A.1.</summary>
    public const string Rfc8037 =
        """{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""";

    public const string Rfc8037X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", Rfc8037Thumbprint = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";

    /// <summary>RFC 8410, section 10.3, with attributes and the public key.</summary>
    public const string Rfc8410 =
        "-----BEGIN PRIVATE KEY-----\nMHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
        + "oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB\nZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PRIVATE KEY-----\n";

    public const string Rfc8410X = "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE";

    public static SigningKey Read(string text)
    {
        var (key, fault) = SigningKey.Read(Encoding.UTF8.GetBytes(text));
        fault.ShouldBeNull();
        return key.ShouldNotBeNull();
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Ingest.Worker.Fetching.Signing;

namespace Ingest.Worker.Tests.Fetching.Signing;

public sealed class SigningKeyTests
{
    private const string Secret = "n4Ni";

    [Theory]
    [InlineData(SigningKeys.Rfc9421, SigningKeys.Rfc9421X)]
    [InlineData("\ufeff" + SigningKeys.Rfc9421 + "\r\n", SigningKeys.Rfc9421X)]
    [InlineData("What it is for: news\n" + SigningKeys.Rfc9421 + "and more", SigningKeys.Rfc9421X)]
    [InlineData(SigningKeys.Rfc8410, SigningKeys.Rfc8410X)]
    [InlineData(SigningKeys.Rfc8037, SigningKeys.Rfc8037X)]
    [InlineData(
        " \n" + """{"use":"sig","key_ops":["sign",{"kty":"RSA"}],"crv":"Ed25519","kty":"OKP","d":"n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU","kid":"any"}"""
            + "\n",
        SigningKeys.Rfc9421X)]
    public void Keys_of_every_common_form_are_read(string text, string x)
    {
        using var key = SigningKeys.Read(text);
        key.X.ShouldBe(x);
    }

    [Fact]
    public void A_key_is_named_by_its_thumbprint()
    {
        using SigningKey first = SigningKeys.Read(SigningKeys.Rfc9421), second = SigningKeys.Read(SigningKeys.Rfc8037);
        first.Thumbprint.ShouldBe(SigningKeys.Rfc9421Thumbprint);
        second.Thumbprint.ShouldBe(SigningKeys.Rfc8037Thumbprint);
    }

    [Theory]
    [InlineData("n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU", "neither a PEM file nor a JWK")]
    [InlineData("", "neither a PEM file nor a JWK")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nn4Ni", "neither a PEM file nor a JWK")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nn4NiAAAA\n-----END PRIVATE KEY-----\n", "not an Ed25519 key")]
    [InlineData(
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VuBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----\n", "not an Ed25519 key")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nn4NiAAAA\n-----END EC PRIVATE KEY-----\n", "not a private key in PKCS#8")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nn4NiAAAA\n-----END PUBLIC KEY-----\n", "not a private key in PKCS#8")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\nn4NiAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n", "encrypted")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","d":"n4Ni","x":""", "not JSON")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","d":"n4Ni"} n4Ni""", "not JSON")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","d":"n4Ni"}""", "without a private key")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","d":["n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU"]}""", "without a private key")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"}""", "without a private key")]
    [InlineData("""{"kty":"OKP","crv":"X25519","d":"n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU"}""", "not an Ed25519 key")]
    [InlineData("""{"kty":"EC","crv":"P-256","d":"n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU"}""", "not an Ed25519 key")]
    public void What_is_no_key_is_a_fault_in_words_that_hold_nothing_of_it(string text, string words)
    {
        var (key, fault) = SigningKey.Read(Encoding.UTF8.GetBytes(text));
        key.ShouldBeNull();
        fault.ShouldNotBeNull().ShouldContain(words);
        fault.ShouldNotContain(Secret);
    }

    [Fact]
    public void Whatever_key_is_written_is_read_again_and_its_signatures_hold() =>
        Gen.Select(Gen.Byte.Array[SigningKeyText.SeedBytes], Gen.Byte.Array[0, 200]).Sample(
            (seed, text) =>
            {
                using SigningKey pem = SigningKeys.Read(Encoding.ASCII.GetString(SigningKeyText.WritePem(seed))),
                jwk = SigningKeys.Read($$"""{"kty":"OKP","crv":"Ed25519","d":"{{Base64Url.EncodeToString(seed)}}"}""");
                return pem.X == jwk.X && pem.Sign(text) == jwk.Sign(text)
                    && Ed25519.Verify(Base64Url.DecodeFromChars(pem.X), text, Convert.FromBase64String(pem.Sign(text)));
            },
            iter: 20);

    [Fact]
    public void Whatever_bytes_there_are_they_are_a_key_or_a_fault() =>
        Gen.OneOf(
            Gen.Byte.Array[0, 300],
            Gen.Select(Gen.Int[0, SigningKeys.Rfc8037.Length - 1], Gen.Byte, Damaged(SigningKeys.Rfc8037)),
            Gen.Select(Gen.Int[0, SigningKeys.Rfc8410.Length - 1], Gen.Byte, Damaged(SigningKeys.Rfc8410)))
            .Sample(static text =>
            {
                var (key, fault) = SigningKey.Read(text);
                using (key) return key is null == fault is not null;
            });

    // A key must show itself nowhere, whoever prints what holds it.
    [Fact]
    public void A_key_prints_nothing_of_itself()
    {
        using var key = SigningKeys.Read(SigningKeys.Rfc9421);
        System.Text.Json.JsonSerializer.Serialize(key).ShouldNotContain(Secret);
    }

    [Fact]
    public async Task A_key_that_is_too_large_or_missing_is_told_by_its_place()
    {
        var folder = Directory.CreateTempSubdirectory("ingest-key-").FullName;
        var large = Path.Combine(folder, "large");
        await File.WriteAllBytesAsync(large, RandomNumberGenerator.GetBytes(17 << 10), TestContext.Current.CancellationToken);
        Environment.SetEnvironmentVariable("INGEST_TEST_LARGE_KEY", new string('n', 17 << 10));
        Environment.SetEnvironmentVariable("INGEST_TEST_KEY", SigningKeys.Rfc8037);

        (await FaultAsync("file:" + large)).ShouldContain("larger than 16 KiB");
        (await FaultAsync("env:INGEST_TEST_LARGE_KEY")).ShouldContain("larger than 16 KiB");
        (await FaultAsync("file:" + folder)).ShouldContain("is a folder");
        (await FaultAsync("file:" + Path.Combine(folder, "none"))).ShouldContain("is not there");
        (await FaultAsync("env:INGEST_TEST_NO_SUCH")).ShouldContain("is not set");
        (await FaultAsync(SigningKeys.Rfc8037)).ShouldBe("it is neither env:NAME nor file:/path");
        using var key = (await SigningKey.LoadAsync("env:INGEST_TEST_KEY", TestContext.Current.CancellationToken)).Key.ShouldNotBeNull();
        key.X.ShouldBe(SigningKeys.Rfc8037X);
        Directory.Delete(folder, recursive: true);
    }

    private static Func<int, byte, byte[]> Damaged(string text) => (place, value) =>
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        bytes[place] = value;
        return bytes;
    };

    private static async Task<string> FaultAsync(string reference) =>
        (await SigningKey.LoadAsync(reference, TestContext.Current.CancellationToken)).Fault.ShouldNotBeNull();
}

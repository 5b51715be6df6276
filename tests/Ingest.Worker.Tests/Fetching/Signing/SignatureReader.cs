using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching.Signing;

/// <summary>A signature that was verified.</summary>
internal sealed record VerifiedSignature(string Label, IReadOnlyList<string> Components, IReadOnlyDictionary<string, string> Parameters)
{
    public DateTimeOffset Created => DateTimeOffset.FromUnixTimeSeconds(long.Parse(Parameters["created"], CultureInfo.InvariantCulture));

    public DateTimeOffset Expires => DateTimeOffset.FromUnixTimeSeconds(long.Parse(Parameters["expires"], CultureInfo.InvariantCulture));
}

/// <summary>
/// A verifier as a publisher has it: it knows RFC 9421 from the text alone, shares no line with what signs, and takes everything from the request as it
/// arrived. Only the forms that it has to read are read; all others are a failure.
/// </summary>
internal static partial class SignatureReader
{
    /// <summary>Verifies a request's signature.</summary>
    /// <param name="request">The request as it arrived.</param>
    /// <param name="publicKey">The key, in base64url.</param>
    /// <param name="host">The verifier's own host; null for the one that was asked.</param>
    public static VerifiedSignature Verify(SeenRequest request, string publicKey, string? host = null) =>
        Verify(
            name => name == "@authority" ? (host ?? request.Header("Host")!).ToLowerInvariant() : request.Header(name),
            request.Header("Signature-Input"),
            request.Header("Signature"),
            publicKey);

    /// <summary>Verifies the signature of a message.</summary>
    /// <param name="value">What the message has under a component's name, without parameters; null for nothing.</param>
    /// <param name="input">Signature-Input.</param>
    /// <param name="signature">Signature.</param>
    /// <param name="publicKey">The key, in base64url.</param>
    /// <param name="label">Which signature; null for the only one.</param>
    public static VerifiedSignature Verify(Func<string, string?> value, string? input, string? signature, string publicKey, string? label = null)
    {
        var inputs = Members(input.ShouldNotBeNull("There is no Signature-Input"));
        label ??= inputs.Keys.ShouldHaveSingleItem();
        var stated = inputs[label];
        var list = InnerList().Match(stated);
        list.Success.ShouldBeTrue(stated);
        var components = Component().Matches(list.Groups["components"].Value).Select(static match => match.Value).ToList();
        list.Groups["components"].Value.ShouldBe(string.Join(' ', components));
        var text = string.Concat(components.Select(component => $"{component}: {ValueOf(component, value)}\n")) + $"\"@signature-params\": {stated}";
        var bytes = Bytes().Match(Members(signature.ShouldNotBeNull("There is no Signature"))[label]);
        bytes.Success.ShouldBeTrue(signature);
        Ed25519.Verify(Base64Url.DecodeFromChars(publicKey), Encoding.ASCII.GetBytes(text), Convert.FromBase64String(bytes.Groups["base64"].Value))
            .ShouldBeTrue($"The signature is wrong for\n{text}");
        return new VerifiedSignature(label, components, Parameter().Matches(list.Groups["parameters"].Value).ToDictionary(
            static match => match.Groups["name"].Value, static match => match.Groups["value"].Value.Trim('"'), StringComparer.Ordinal));
    }

    // A member of a dictionary alone is what stands behind its key.
    private static string ValueOf(string component, Func<string, string?> value)
    {
        var match = Component().Match(component);
        var field = value(match.Groups["name"].Value).ShouldNotBeNull($"{component} is not in the message");
        return match.Groups["key"] is { Success: true, Value: var key } ? Members(field)[key] : field;
    }

    private static Dictionary<string, string> Members(string dictionary)
    {
        var members = Member().Matches(dictionary);
        string.Join(", ", members.Select(static match => match.Value)).ShouldBe(dictionary);
        return members.ToDictionary(static match => match.Groups["key"].Value, static match => match.Groups["value"].Value, StringComparer.Ordinal);
    }


    [GeneratedRegex("""(?<key>[a-z*][a-z0-9_.*-]*)=(?<value>(?:"[^"]*"|[^",])+)""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Member();

    [GeneratedRegex(
        """^\((?<components>[^)]*)\)(?<parameters>(?:;[a-z]+=(?:\d+|"[ !#-\[\]-~]*"))*)$""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex InnerList();

    [GeneratedRegex("""
        "(?<name>[a-z@-]+)"(?:;key="(?<key>[^"]+)"|;req)?
        """, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Component();

    [GeneratedRegex("""
        ;(?<name>[a-z]+)=(?<value>\d+|"[^"]*")
        """, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Parameter();

    [GeneratedRegex("^:(?<base64>[A-Za-z0-9+/]{86}==):$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Bytes();
}

using System.Globalization;
using System.Text;

namespace Ingest.Worker.Fetching.Signing;

/// <summary>A component of a message that a signature covers.</summary>
/// <param name="Identifier">Its name with parameters, as serialised: <c>"@authority"</c>, quotes included.</param>
/// <param name="Value">What the message has there.</param>
internal readonly record struct CoveredComponent(string Identifier, string Value);

/// <summary>A signature of a message (RFC 9421).</summary>
/// <param name="Input">The member of Signature-Input: what is covered, and the parameters.</param>
/// <param name="Signature">The member of Signature.</param>
internal sealed record MessageSignature(string Input, string Signature)
{
    /// <summary>Signs.</summary>
    /// <param name="components">What is covered, in order.</param>
    /// <param name="parameters">Parameters of the signature as serialised, each with its semicolon before it.</param>
    /// <param name="key">The key.</param>
    public static MessageSignature Of(IReadOnlyList<CoveredComponent> components, string parameters, SigningKey key)
    {
        var input = $"({string.Join(' ', components.Select(static component => component.Identifier))}){parameters}";
        return new MessageSignature(input, $":{key.Sign(Encoding.ASCII.GetBytes(Base(components, input)))}:");
    }

    /// <summary>The text that is signed (RFC 9421, section 2.5).</summary>
    public static string Base(IReadOnlyList<CoveredComponent> components, string input)
    {
        var text = new StringBuilder();
        foreach (var (identifier, value) in components) text.Append(identifier).Append(": ").Append(value).Append('\n');
        return text.Append("\"@signature-params\": ").Append(input).ToString();
    }

    /// <summary>The component <c>@authority</c> (RFC 9421, section 2.2.3): the host in lower case, with its port where that is not the scheme's own.</summary>
    public static string Authority(Uri url)
    {
        var host = url.HostNameType == UriHostNameType.IPv6 ? $"[{url.IdnHost}]" : url.IdnHost.ToLowerInvariant();
        return url.IsDefaultPort ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{url.Port}");
    }
}

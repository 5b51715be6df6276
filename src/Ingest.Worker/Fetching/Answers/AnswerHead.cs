using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;

namespace Ingest.Worker.Fetching.Answers;

/// <summary>Status and header fields of an answer, as received: each char is a byte of the wire (Latin-1).</summary>
internal sealed class AnswerHead(int status, IEnumerable<KeyValuePair<string, string>> fields)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ILookup<string, string> fields = fields.ToLookup(f => f.Key, f => f.Value, StringComparer.OrdinalIgnoreCase);

    public int Status { get; } = status;

    public static AnswerHead Of(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return new((int)response.StatusCode, Flatten(response.Headers.NonValidated).Concat(Flatten(response.Content.Headers.NonValidated)));
    }

    /// <summary>The first field of that name; null when there is none or it is empty.</summary>
    public string? First(string name) => fields[name].FirstOrDefault(v => v.Length > 0);

    public IEnumerable<string> All(string name) => fields[name];

    public bool Has(string name) => fields.Contains(name);

    /// <summary>The members of a comma-separated field.</summary>
    public IReadOnlyList<string> List(string name) =>
        [.. fields[name].SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>A field that may hold raw UTF-8, as Location often does.</summary>
    public string? FirstAsUtf8(string name)
    {
        if (First(name) is not { } value)
            return null;
        try
        {
            return StrictUtf8.GetString(Encoding.Latin1.GetBytes(value));
        }
        catch (DecoderFallbackException)
        {
            return value;
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Flatten(HttpHeadersNonValidated headers) =>
        from header in headers from value in header.Value select KeyValuePair.Create(header.Key, value);
}

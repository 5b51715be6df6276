using System.Text;
using System.Threading.Tasks;

namespace Ingest.Worker.Fetching.Hosts;

/// <summary>Reads a source's secret from where its reference points, afresh each time, so that it can be renewed while the worker runs.</summary>
internal static class Secrets
{
    /// <summary>Whether a text says where a secret is found.</summary>
    public static bool IsReference(string text) => SettingReference.IsOne(text);

    /// <summary>Whether the secret is there.</summary>
    public static async Task<bool> IsThereAsync(string reference, CancellationToken ct) => await ReadAsync(reference, ct) is { Length: > 0 };

    /// <summary>The references of a credential and of headers.</summary>
    public static IEnumerable<string> ReferencesOf(Credential? credential, IReadOnlyDictionary<string, string>? headers) => (credential switch
    {
        Credential.Basic basic => [basic.PasswordReference],
        Credential.Bearer bearer => [bearer.TokenReference],
        _ => Array.Empty<string>(),
    }).Concat((headers ?? new Dictionary<string, string>()).Values.Where(IsReference));

    /// <summary>The headers with what their references lead to.</summary>
    /// <returns>The headers, or the reference that leads nowhere.</returns>
    public static async Task<(IReadOnlyDictionary<string, string>? Headers, string? Missing)> ResolveAsync(IReadOnlyDictionary<string, string>? headers, CancellationToken ct)
    {
        if (headers is null || !headers.Values.Any(IsReference))
            return (headers, null);
        var resolved = new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
        {
            if (!IsReference(value))
                continue;
            if (await ReadAsync(value, ct) is not { Length: > 0 } secret)
                return (null, value);
            resolved[name] = secret;
        }

        return (resolved, null);
    }

    /// <summary>The Authorization field of a credential.</summary>
    /// <returns>The field, or the reference that leads nowhere; exactly one is not null.</returns>
    public static async Task<(string? Authorization, string? Missing)> AuthorizeAsync(Credential credential, CancellationToken ct)
    {
        if (credential is Credential.Stated stated) return (Basic(stated.UserName, stated.Password), null);
        var reference = credential switch
        {
            Credential.Basic basic => basic.PasswordReference,
            Credential.Bearer bearer => bearer.TokenReference,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (await ReadAsync(reference, ct) is not { Length: > 0 } secret)
            return (null, reference);
        return credential is Credential.Basic user
            ? (Basic(user.UserName, secret), null)
            : ("Bearer " + secret, null);
    }

    private static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    private static async Task<string?> ReadAsync(string reference, CancellationToken ct) => (await SettingReference.ReadAsync(reference, ct)).Value;
}

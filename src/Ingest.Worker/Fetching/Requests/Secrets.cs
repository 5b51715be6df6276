using System.Text;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Answers;

namespace Ingest.Worker.Fetching.Requests;

/// <summary>Reads a source's secret from where its reference points, afresh each time, so that it can be renewed while the worker runs.</summary>
internal static class Secrets
{
    /// <summary>Why secrets of a source cannot be sent, as things stand; one sentence each.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(
        Credential? credential, IReadOnlyDictionary<string, string>? headers, FetchManner manner, CancellationToken ct)
    {
        var faults = new List<string>();
        if ((await OwnManner.ResolveAsync(manner, ct)).Fault is { } unkept)
            faults.Add(unkept.Reason);
        if (credential is not null && (await AuthorizeAsync(credential, ct)).Fault is { } refused)
            faults.Add(refused.Reason);
        foreach (var reference in (headers ?? new Dictionary<string, string>()).Values.Where(SettingReference.IsOne))
        {
            if ((await ReadAsync(reference, OutgoingRequest.CanCarry, ct)).Fault is { } fault)
                faults.Add(fault.Reason);
        }

        return faults;
    }

    /// <summary>The headers with what their references lead to.</summary>
    /// <returns>The headers, or why one cannot be sent.</returns>
    public static async Task<(IReadOnlyDictionary<string, string>? Headers, Exchange.Fault? Fault)> ResolveAsync(
        IReadOnlyDictionary<string, string>? headers, CancellationToken ct)
    {
        if (headers is null || !headers.Values.Any(SettingReference.IsOne))
            return (headers, null);
        var resolved = new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
        {
            if (!SettingReference.IsOne(value))
                continue;
            var (secret, fault) = await ReadAsync(value, OutgoingRequest.CanCarry, ct);
            if (fault is not null)
                return (null, fault);
            resolved[name] = secret!;
        }

        return (resolved, null);
    }

    /// <summary>What a reference leads to, where a header can carry it.</summary>
    public static Task<(string? Secret, Exchange.Fault? Fault)> ReadLineAsync(string reference, CancellationToken ct) =>
        ReadAsync(reference, OutgoingRequest.CanCarry, ct);

    /// <summary>The Authorization field of a credential.</summary>
    /// <returns>The field, or why there is none; exactly one is not null.</returns>
    public static async Task<(string? Authorization, Exchange.Fault? Fault)> AuthorizeAsync(Credential credential, CancellationToken ct)
    {
        switch (credential)
        {
            case Credential.Stated stated:
                return (Basic(stated.UserName, stated.Password), null);
            case Credential.Basic basic:
                // RFC 7617, section 2: any text but control characters.
                var (password, missing) = await ReadAsync(basic.PasswordReference, static text => !text.Any(char.IsControl), ct);
                return missing is null ? (Basic(basic.UserName, password!), null) : (null, missing);
            case Credential.Bearer bearer:
                var (token, unfit) = await ReadAsync(bearer.TokenReference, OutgoingRequest.CanCarry, ct);
                return unfit is null ? ("Bearer " + token, null) : (null, unfit);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    private static async Task<(string? Secret, Exchange.Fault? Fault)> ReadAsync(string reference, Func<string, bool> isFit, CancellationToken ct)
    {
        if ((await SettingReference.ReadAsync(reference, ct)).Value is not { } secret)
            return (null, new(
                FailureKind.Permanent, FailureCause.SecretMissing, $"The secret at {reference} is missing or unreadable; give env:NAME or file:/path."));
        return isFit(secret)
            ? (secret, null)
            : (null, new(
                FailureKind.Permanent,
                FailureCause.SecretUnfit,
                $"The secret at {reference} has line breaks, control characters or letters that a header cannot carry."));
    }
}

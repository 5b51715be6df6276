using System.Text.RegularExpressions;
using Ingest.Text.Secrets;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Requests;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Ingestion.Sources;

/// <summary>Reads how a source's server is to be asked. Faults name keys and never values, which may be secrets that were put in the wrong place.</summary>
internal static partial class AccessReader
{
    /// <summary>Reads the section of a source; faults are added to the list.</summary>
    public static AccessRules Read(IConfigurationSection section, Uri url, List<string> faults)
    {
        var credential = ReadCredential(section.GetSection(nameof(SourceOptions.Credential)), faults);
        if (AccessRules.CredentialOf(url) is Credential.Stated stated)
        {
            if (credential is not null) faults.Add($"{section.Path}:{nameof(SourceOptions.Credential)} and the user in the Url are two credentials: give one.");
            if (!IsUserName(stated.UserName) || stated.Password.Any(char.IsControl))
                faults.Add($"{section.Path}:Url has a user with a colon or control characters, which basic authentication cannot send.");
            credential = stated;
        }

        return new AccessRules(
            UrlSecrets.WithoutUserInfo(url), Headers(section.GetSection(nameof(SourceOptions.Headers)), faults), credential, ReadCheck(section, faults))
        {
            Manner = MannerReader.Read(section, faults),
            Filter = FilterReader.Read(section, faults),
        };
    }

    private static bool ReadCheck(IConfigurationSection section, List<string> faults)
    {
        if (section[nameof(SourceOptions.UnconditionalCheck)] is not { } text) return true;
        if (bool.TryParse(text, out var check)) return check;
        faults.Add($"{section.Path}:{nameof(SourceOptions.UnconditionalCheck)} is '{text}': give true or false.");
        return true;
    }

    private static Dictionary<string, string>? Headers(IConfigurationSection section, List<string> faults)
    {
        if (section.Value is { Length: > 0 }) faults.Add($"{section.Path} is a single value: give a section of names and values.");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in section.GetChildren())
        {
            if (!FieldName().IsMatch(field.Key)) faults.Add($"{field.Path} is not a valid name of a header: use letters, digits and hyphens.");
            else if (OutgoingRequest.IsOurs(field.Key))
                faults.Add(
                    $"{field.Path} is set by the worker itself, or never sent: "
                        + $"leave it out{InsteadOf(field.Key)}.");
            else if (field.Value is null || !OutgoingRequest.CanCarry(field.Value))
                faults.Add(
                    $"{field.Path} has no value, or one with control characters or letters beyond Latin-1, which a header cannot carry: give a line of text, "
                        + "env:NAME or file:/path.");
            else headers[field.Key] = field.Value;
        }

        return headers.Count == 0 ? null : headers;
    }

    private static string InsteadOf(string header) =>
        header.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? ", and use Credential"
        : header.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? ", and use Cookie of the source"
        : "";

    private static Credential? ReadCredential(IConfigurationSection section, List<string> faults)
    {
        if (section.Value is { Length: > 0 }) faults.Add($"{section.Path} is a single value: give a section with User and Password, or with Token.");
        if (!section.GetChildren().Any()) return null;
        string? user = section[nameof(CredentialOptions.User)], password = section[nameof(CredentialOptions.Password)],
        token = section[nameof(CredentialOptions.Token)];
        foreach (var key in section.GetChildren()
            .Select(static child => child.Key)
            .Where(static key => typeof(CredentialOptions).GetProperties().All(property => !property.Name.Equals(key, StringComparison.OrdinalIgnoreCase))))
            faults.Add($"{section.Path}:{key} is not a setting of a credential: use User and Password, or Token.");
        foreach (var (key, reference) in new[] { (nameof(CredentialOptions.Password), password), (nameof(CredentialOptions.Token), token) })
        {
            if (reference is not null && !SettingReference.IsOne(reference))
                faults.Add($"{section.Path}:{key} is not a reference: give env:NAME or file:/path; the secret itself does not belong in the settings.");
        }

        if (user is not null && !IsUserName(user))
            faults.Add($"{section.Path}:User has a colon or control characters, which basic authentication cannot send.");
        switch (user, password, token)
        {
            case ({ Length: > 0 }, not null, null): return new Credential.Basic(user, password);
            case (null, null, not null): return new Credential.Bearer(token);
            default:
                faults.Add($"{section.Path} is incomplete: give User and Password, or Token alone.");
                return null;
        }
    }

    private static bool IsUserName(string user) => !user.Any(static letter => char.IsControl(letter) || letter == ':');

    [GeneratedRegex("^[A-Za-z0-9-]{1,100}$", RegexOptions.CultureInvariant)]
    private static partial Regex FieldName();
}

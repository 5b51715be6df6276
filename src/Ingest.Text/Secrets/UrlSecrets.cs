using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Ingest.Text.Secrets;

/// <summary>
/// Finds what is secret in URLs, wherever in a text they stand: user info, and the values of parameters that are named like a secret. Their values
/// are then <see cref="Hidden"/>; where a URL of the settings is asked, they are put back.
/// </summary>
internal static class UrlSecrets
{
    /// <summary>What stands in a secret's place; every server would take it as it is.</summary>
    public const string Hidden = "***";

    private const int MaxNameLength = 100, MaxUserInfoLength = 2000;

    // Letters and digits of the name, in lower case: api_key, X-Api-Key and apikey[] are one.
    private static readonly FrozenSet<string> Names = new[]
    {
        "auth", "authorization", "authentication", "authcode", "oauth", "bearer", "jwt", "sig", "hmac", "hash", "pass", "pw", "pwd", "passcode", "otp",
        "cred", "creds", "sid", "sess", "session", "sessionid", "phpsessid", "jsessionid", "ticket", "accesscode",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] Endings =
    [
        "token", "key", "secret", "password", "passwd", "passphrase", "signature", "credential", "credentials", "sessionid",
    ];

    private static readonly SearchValues<char> AroundUrls = SearchValues.Create(" \t\r\n\"'<>`");

    /// <summary>A parameter of a text.</summary>
    /// <param name="Name">Its name as it is spelled.</param>
    /// <param name="Start">Where its value begins.</param>
    /// <param name="End">Where its value ends.</param>
    private readonly record struct Parameter(string Name, int Start, int End);

    /// <summary>Whether a parameter of a URL is named like a secret.</summary>
    public static bool IsSecret(string name)
    {
        var plain = string.Concat(Unescaped(name).Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return Names.Contains(plain) || Endings.Any(ending => plain.EndsWith(ending, StringComparison.Ordinal));
    }

    /// <summary>The text with every secret hidden.</summary>
    public static string Mask(string text)
    {
        var masked = MaskUserInfo(text);
        return Replace(masked, Parameters(masked), static (_, _) => Hidden);
    }

    /// <summary>The URL as it may be stored and shown: without user info, its secret parameters hidden.</summary>
    public static Uri Without(Uri url)
    {
        var bare = WithoutUserInfo(url);
        var masked = Replace(bare.AbsoluteUri, Parameters(bare.AbsoluteUri), static (_, _) => Hidden);
        return masked == bare.AbsoluteUri ? bare : new Uri(masked);
    }

    /// <summary>The URL without user info.</summary>
    public static Uri WithoutUserInfo(Uri url) =>
        url.UserInfo.Length == 0
            ? url
            : new Uri(url.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery | UriComponents.Fragment, UriFormat.UriEscaped));

    /// <summary>The secret parameters of a URL, names and values as they are spelled.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(Uri url)
    {
        var text = url.AbsoluteUri;
        return
        [
            .. Parameters(text)
                .Where(parameter => !IsHidden(text, parameter))
                .Select(parameter => KeyValuePair.Create(parameter.Name, text[parameter.Start..parameter.End])).Distinct(),
        ];
    }

    /// <summary>The URL with hidden parameters as they stand in another URL; those that this one has not stay hidden.</summary>
    /// <param name="url">A URL with hidden parameters.</param>
    /// <param name="own">The URL that is their secret.</param>
    public static Uri Fill(Uri url, Uri own)
    {
        var text = url.OriginalString;
        if (!text.Contains(Hidden, StringComparison.Ordinal)) return url;
        var values = own.AbsoluteUri;
        var known = Parameters(values);
        var filled = Replace(text, [.. Parameters(text).Where(parameter => IsHidden(text, parameter))], (parameter, number) => ValueOf(parameter.Name, number));
        return filled == text ? url : new Uri(filled);

        // A name that stands there twice has its values in their order.
        string ValueOf(string name, int number)
        {
            var same = known.Where(parameter => parameter.Name == name).ToList();
            return same.Count == 0 ? Hidden : values[same[Math.Min(number, same.Count - 1)].Start..same[Math.Min(number, same.Count - 1)].End];
        }
    }

    private static bool IsHidden(string text, Parameter parameter) => text.AsSpan(parameter.Start, parameter.End - parameter.Start).SequenceEqual(Hidden);

    private static string Replace(string text, List<Parameter> parameters, Func<Parameter, int, string> value)
    {
        if (parameters.Count == 0) return text;
        var replaced = new StringBuilder(text.Length);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var at = 0;
        foreach (var parameter in parameters)
        {
            var number = seen[parameter.Name] = seen.GetValueOrDefault(parameter.Name, -1) + 1;
            replaced.Append(text, at, parameter.Start - at).Append(value(parameter, number));
            at = parameter.End;
        }

        return replaced.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The secret parameters of a text, also of a URL that is the value of another one's parameter, escaped once more.</summary>
    private static List<Parameter> Parameters(string text)
    {
        var found = new List<Parameter>();
        if (!text.Contains('=', StringComparison.Ordinal) && !text.Contains("%3D", StringComparison.OrdinalIgnoreCase)) return found;
        var start = 0;
        for (var at = 0; at < text.Length;)
        {
            var (mark, length) = Mark(text, at);
            if (mark == '=' && at > start && at - start <= MaxNameLength && IsSecret(text[start..at]))
            {
                var end = EndOfValue(text, at + length, isEscaped: length > 1);
                if (end > at + length) found.Add(new Parameter(text[start..at], at + length, end));
                (at, start) = (end, end);
                continue;
            }

            at += length;
            if (mark is not '\0') start = at;
        }

        return found;
    }

    // Rather too much than too little: of what may stand in a value unescaped, only "&" and "#" end it. A sentence's mark behind a URL is not its own.
    private static int EndOfValue(string text, int start, bool isEscaped)
    {
        var end = start;
        while (end < text.Length && text[end] is not ('&' or '#' or <= ' ' or '"' or '<' or '>') && !(isEscaped && Mark(text, end) is ('&' or '#', _))) end++;
        if (end == text.Length || text[end] > ' ') return end;
        while (end > start && text[end - 1] is ':' or ',' or '.' or ';' or ')' or '\'') end--;
        return end;
    }

    // What separates the parameters of a URL, and URLs from the words around them; 0 for anything else.
    private static (char Mark, int Length) Mark(string text, int at)
    {
        var letter = text[at];
        if (letter is '?' or '&' or ';' or '#' or '=') return (letter, 1);
        if (letter is <= ' ' or '"' or '\'' or '<' or '>' or '(' or ')' or '{' or '}' or '|' or ',') return (' ', 1);
        if (letter != '%' || at + 2 >= text.Length) return ('\0', 1);
        return text.AsSpan(at + 1, 2) switch
        {
            "3F" or "3f" => ('?', 3),
            "26" => ('&', 3),
            "3B" or "3b" => (';', 3),
            "23" => ('#', 3),
            "3D" or "3d" => ('=', 3),
            _ => ('\0', 1),
        };
    }

    private static string MaskUserInfo(string text)
    {
        var at = text.IndexOf("://", StringComparison.Ordinal);
        if (at < 0 || !text.Contains('@', StringComparison.Ordinal)) return text;
        var masked = new StringBuilder(text.Length);
        var copied = 0;
        for (; at >= 0; at = text.IndexOf("://", at, StringComparison.Ordinal))
        {
            at += 3;
            if (EndOfUserInfo(text.AsSpan(at)) is not (var end and > 0)) continue;
            masked.Append(text, copied, at - copied).Append(Hidden);
            copied = at += end;
        }

        return masked.Append(text, copied, text.Length - copied).ToString();
    }

    // A password with a slash in it makes of the URL something else, and is a password all the same: what follows the first colon is no port then.
    private static int EndOfUserInfo(ReadOnlySpan<char> rest)
    {
        if (rest.Length > MaxUserInfoLength) rest = rest[..MaxUserInfoLength];
        if (rest.IndexOfAny(AroundUrls) is var over and >= 0) rest = rest[..over];
        var slash = rest.IndexOfAny("/?#\\") is var found and >= 0 ? found : rest.Length;
        var authority = rest[..slash];
        if (authority.LastIndexOf('@') is var at and >= 0) return at;
        var colon = authority.IndexOf(':');
        return colon < 0 || authority[0] == '[' || !authority[(colon + 1)..].ContainsAnyExceptInRange('0', '9') ? -1 : rest.LastIndexOf('@');
    }

    private static string Unescaped(string name) => name.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(name) : name;
}

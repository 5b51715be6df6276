using System.IO;
using System.Text.RegularExpressions;

namespace Ingest.Worker.Commands.Sessions;

/// <summary>
/// Translates connection URIs to Npgsql's pairs, as libpq reads them (postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS):
/// <c>postgresql://user:password@host:port,host2:port2/database?sslmode=require</c>. Faults hold nothing of what stands before the parameters.
/// </summary>
internal static partial class PostgresUri
{
    private const string Escape = "percent-encode what is special in it (@ as %40, / as %2F, : as %3A, % as %25)";

    private const string LocalSockets = "/var/run/postgresql";

    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["host"] = "Host", ["hostaddr"] = "Host", ["port"] = "Port", ["dbname"] = "Database", ["user"] = "Username", ["password"] = "Password",
        ["passfile"] = "Passfile",
        ["connect_timeout"] = "Timeout", ["application_name"] = "Application Name", ["fallback_application_name"] = "Application Name", ["options"] = "Options",
        ["sslmode"] = "SSL Mode", ["ssl"] = "SSL Mode", ["sslcert"] = "SSL Certificate", ["sslkey"] = "SSL Key", ["sslpassword"] = "SSL Password",
        ["sslrootcert"] = "Root Certificate",
        ["sslnegotiation"] = "SSL Negotiation", ["channel_binding"] = "Channel Binding", ["gssencmode"] = "Gss Encryption Mode",
        ["krbsrvname"] = "Kerberos Service Name",
        ["require_auth"] = "Require Auth", ["target_session_attrs"] = "Target Session Attributes", ["load_balance_hosts"] = "Load Balance Hosts",
        ["keepalives"] = "TCP Keepalive", ["keepalives_idle"] = "TCP Keepalive Time", ["keepalives_interval"] = "TCP Keepalive Interval",
    };

    public static bool IsOne(string text) => Scheme().IsMatch(text);

    /// <summary>Reads a URI.</summary>
    /// <returns>Npgsql's pairs, or what is wrong, as the end of a sentence.</returns>
    public static (IReadOnlyList<KeyValuePair<string, string>>? Pairs, string? Fault) Read(string uri)
    {
        var rest = uri[(uri.IndexOf("://", StringComparison.Ordinal) + 3)..];
        if (rest.Split('%').Skip(1).Any(
            static escape =>
                escape.Length < 2 || !char.IsAsciiHexDigit(escape[0]) || !char.IsAsciiHexDigit(escape[1]) || escape.StartsWith("00", StringComparison.Ordinal)))
            return (null, $"has a % that begins no valid escape: {Escape}");
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        var end = rest.AsSpan().IndexOfAny('@', '/');
        if (end >= 0 && rest[end] == '@')
        {
            var (user, password) = Split(rest[..end], ':');
            if (user.Length > 0) pairs["Username"] = Decoded(user);
            if (password.Length > 0) pairs["Password"] = Decoded(password);
            rest = rest[(end + 1)..];
        }

        var (address, query) = Split(rest, '?');
        var (hosts, database) = Split(address, '/');
        if (address.Contains('@', StringComparison.Ordinal) || query.Contains('@', StringComparison.Ordinal))
            return (null, $"has an @ behind its host: {Escape}");
        if (database.Length > 0) pairs["Database"] = Decoded(database);
        if ((hosts.Length > 0 ? Hosts(hosts, pairs) : null) is { } wrong) return (null, wrong);
        foreach (var parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
            if (Parameter(parameter, pairs) is { } fault) return (null, fault);

        // Without a host libpq asks the server of this machine by its socket.
        if (!pairs.ContainsKey("Host")) pairs["Host"] = Directory.Exists(LocalSockets) ? LocalSockets : "localhost";
        return ([.. pairs], null);
    }

    private static string? Hosts(string hosts, Dictionary<string, string> pairs)
    {
        var read = hosts.Split(',').Select(static host => Host().Match(host)).ToList();
        if (read.Any(static host => !host.Success)) return $"has an invalid host or port: {Escape}";
        var names = read.Select(static host => Decoded(host.Groups["name"].Value)).ToList();
        var ports = read.Select(static host => host.Groups["port"].Value).ToList();
        if (names.Count == 1)
        {
            pairs["Host"] = names[0].Trim('[', ']');
            if (ports[0].Length > 0) pairs["Port"] = ports[0];
        }
        else
        {
            pairs["Host"] = string.Join(',', names.Zip(ports, static (name, port) => port.Length > 0 ? $"{name}:{port}" : name));
        }

        return null;
    }

    private static string? Parameter(string parameter, Dictionary<string, string> pairs)
    {
        var (name, value) = (Decoded(Split(parameter, '=').Before), Decoded(Split(parameter, '=').After));
        if (name == "client_encoding" && value.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() is "UTF8" or "AUTO" or "UNICODE") return null;
        if (!Keys.TryGetValue(name, out var key))
            return Name().IsMatch(name)
                ? $"has the parameter {name}, which cannot be translated: leave it out, or write pairs (Host=…;Database=…)"
                : $"has an invalid parameter: {Escape}";
        if (name == "fallback_application_name" && pairs.ContainsKey(key)) return null;

        // The system's own certificates are what Npgsql takes when none are named; libpq then insists on the name too.
        if ((name, value) is ("sslrootcert", "system")) (key, value) = ("SSL Mode", "verify-full");
        pairs[key] = name switch
        {
            "sslmode" or "sslrootcert" when key == "SSL Mode" => SslMode(value),
            "ssl" => value is "true" or "1" ? "Require" : value,
            "load_balance_hosts" => value == "random" ? "true" : value == "disable" ? "false" : value,
            "keepalives" => value == "1" ? "true" : value == "0" ? "false" : value,
            _ => value,
        };
        return null;
    }

    // Spelled with hyphens; no-verify is what node-postgres calls encryption without a look at the certificate.
    private static string SslMode(string value) => value == "no-verify" ? "Require" : value.Replace("-", "", StringComparison.Ordinal);

    private static (string Before, string After) Split(string text, char at) =>
        text.IndexOf(at, StringComparison.Ordinal) is var index and >= 0 ? (text[..index], text[(index + 1)..]) : (text, "");

    private static string Decoded(string text) => Uri.UnescapeDataString(text);

    [GeneratedRegex(@"^\s*postgres(?:ql)?://", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex(
        @"^(?<name>\[[0-9A-Fa-f:.%a-z]+\]|[^:\[\]]*)(:(?<port>[0-9]*))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Host();

    [GeneratedRegex("^[a-z][a-z_]{0,30}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}

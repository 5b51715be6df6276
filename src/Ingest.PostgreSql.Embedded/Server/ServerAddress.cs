using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Ingest.PostgreSql.Embedded.Server;

/// <summary>Where the embedded server listens: a Unix socket only its account may open, 127.0.0.1 when asked for, never beyond.</summary>
internal static class ServerAddress
{
    public const string Database = "ingest";

    /// <summary>The server's settings: where it listens, how it reports, then the configured ones.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Settings(DataFolder folder, EmbeddedPostgresOptions options)
    {
        var tcp = options.Port is not null || !folder.FitsSocket;
        var port = options.Port is > 0 ? options.Port.Value : tcp ? FreePort() : DefaultPort;
        Dictionary<string, string> settings = new(StringComparer.Ordinal)
        {
            ["listen_addresses"] = tcp ? "127.0.0.1" : "",
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = folder.FitsSocket ? '"' + folder.Run.Replace("\"", "\"\"", StringComparison.Ordinal) + '"' : "",
            ["unix_socket_permissions"] = "0700",
            ["logging_collector"] = "off",
            ["log_destination"] = "stderr",
            ["log_line_prefix"] = "",
            ["lc_messages"] = "C",

            // Statements would carry whole articles into the log.
            ["log_min_error_statement"] = "panic",
            ["timezone"] = "UTC",
        };
        foreach (var (name, value) in options.Settings) settings[name] = value;
        return settings;
    }

    /// <summary>How to reach <paramref name="database"/> on a running server; the password stays in its file.</summary>
    public static string ConnectionString(PostmasterFile server, DataFolder folder, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = folder.FitsSocket ? folder.Run : "127.0.0.1",
        Port = server.Port,
        Username = ClusterSetup.Superuser,
        Passfile = folder.PassFile,
        Database = database,
    }.ConnectionString;

    private const int DefaultPort = 5432;

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

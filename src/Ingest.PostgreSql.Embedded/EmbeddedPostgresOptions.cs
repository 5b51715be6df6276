using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Ingest.PostgreSql.Embedded;

/// <summary>The PostgreSQL that the worker runs itself when no connection string is configured (section <c>Ingest:EmbeddedPostgres</c>).</summary>
public sealed partial class EmbeddedPostgresOptions : IValidatableObject
{
    public const string Section = "Ingest:EmbeddedPostgres";

    /// <summary>
    /// Folder of the cluster, its password file and its socket. Default (empty): <c>$STATE_DIRECTORY</c> under systemd; <c>/var/lib/ingest-worker</c>
    /// as root; else <c>~/Library/Application Support/ingest-worker</c> on macOS and <c>$XDG_DATA_HOME/ingest-worker</c> (<c>~/.local/share</c>) elsewhere.
    /// </summary>
    public string? DataDirectory { get; init; }

    /// <summary>Folder with <c>postgres</c> and <c>initdb</c>, version 15 or later. Default (empty): the newest one installed.</summary>
    public string? BinDirectory { get; init; }

    /// <summary>
    /// TCP port on 127.0.0.1, for tools that cannot use a socket file: 1 to 65535, or 0 for any free one. Default (empty): no TCP, only a Unix
    /// socket in the data directory (where the directory's name is too long for a socket: any free port).
    /// </summary>
    [Range(0, 65535)]
    public int? Port { get; init; }

    /// <summary>How long the server may take to accept connections, crash recovery included: 1 second to 1 hour. Default 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a fast shutdown may take before it becomes an immediate one: 1 second to 10 minutes. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Server settings by name (<c>shared_buffers</c>: <c>512MB</c>). Default: none, PostgreSQL's own.</summary>
    public IDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from name in Settings.Keys
        where !SettingName().IsMatch(name) || Reserved.Contains(name)
        select new ValidationResult(
            Reserved.Contains(name) ? $"Setting '{name}' is the worker's own; remove it." : $"'{name}' is not the name of a PostgreSQL setting.",
            [nameof(Settings)]);

    private static readonly HashSet<string> Reserved =
    [
        "config_file", "data_directory", "external_pid_file", "hba_file", "ident_file", "listen_addresses", "logging_collector", "port",
        "unix_socket_directories",
    ];

    [GeneratedRegex("^[a-z][a-z0-9_.]{0,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex SettingName();
}

using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace Ingest.Worker.Storage.Postgres;

/// <summary>
/// What a session of the worker's must be like, whatever the environment (PGCLIENTENCODING, PGTZ, PGOPTIONS), the connection string or ALTER ROLE and ALTER
/// DATABASE say: in another encoding texts would be stored wrongly and without an error, by another path strangers' functions would be called.
/// </summary>
internal static class SessionSettings
{
    /// <summary>Names and values. pg_catalog comes before the others of the path unless it is named.</summary>
    public static IReadOnlyList<(string Name, string Value)> PinnedValues { get; } =
    [
        ("search_path", "ingest,pg_temp"), ("standard_conforming_strings", "on"), ("DateStyle", "ISO"), ("IntervalStyle", "postgres"), ("bytea_output", "hex"),
        ("default_transaction_isolation", "read committed"), ("transform_null_equals", "off"), ("gin_fuzzy_search_limit", "0"),
    ];

    // What is sent when a session begins has the last word over roles and databases.
    private static readonly string Pinned =
        string.Join(' ', PinnedValues.Select(static pinned => $"-c {pinned.Name}={pinned.Value.Replace(" ", "\\ ", StringComparison.Ordinal)}"));

    /// <summary>
    /// Sets them, and leaves a session as it is when it goes back to its pool: resetting what nobody changed takes seven statements. So nothing of ours changes
    /// what outlives its transaction, but in sessions of its own (<see cref="Database.CreateLockSource"/>) or before <see cref="Database.ClearSessions"/>.
    /// </summary>
    /// <remarks>Other options of the connection string stay, <c>No Reset On Close</c> among them.</remarks>
    /// <param name="settings">The connection string.</param>
    /// <param name="mayIdle">
    /// How long a transaction may wait for the worker, unless the connection string says otherwise: a process that is stopped in the middle of one would
    /// otherwise keep its locks, and what readers of changes may see, for as long as it is stopped.
    /// </param>
    public static void Apply(NpgsqlConnectionStringBuilder settings, TimeSpan mayIdle)
    {
        // No statement of ours runs for so long that compiling it, 150 ms in a session, would pay.
        var preset = string.Create(CultureInfo.InvariantCulture, $"-c jit=off -c idle_in_transaction_session_timeout={mayIdle.TotalMilliseconds:0}");
        settings.Options = string.Join(' ', preset, settings.Options, Pinned);
        if (!settings.ShouldSerialize("No Reset On Close")) settings.NoResetOnClose = true;
        (settings.ClientEncoding, settings.Encoding, settings.Timezone, settings.SearchPath) = ("UTF8", "UTF8", "UTC", null);
    }

    /// <summary>Sessions that have them, and trust no certificate that would have to be downloaded.</summary>
    public static NpgsqlDataSource Connect(NpgsqlConnectionStringBuilder settings, TimeSpan mayIdle)
    {
        Apply(settings, mayIdle);
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        // Whoever answers in the server's place could name addresses in a certificate, from which its issuer would be downloaded.
        builder.UseSslClientAuthenticationOptionsCallback(static tls =>
        {
            if (tls.CertificateRevocationCheckMode != X509RevocationMode.NoCheck) return;
            tls.CertificateChainPolicy = new X509ChainPolicy
            {
                DisableCertificateDownloads = true,
                RevocationMode = X509RevocationMode.NoCheck,
                VerificationTimeIgnored = true,
            };
        });
        return builder.Build();
    }
}

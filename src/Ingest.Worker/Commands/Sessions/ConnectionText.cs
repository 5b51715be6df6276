using System.ComponentModel;
using System.Data.Common;
using System.Reflection;
using System.Threading.Tasks;
using Ingest.Worker.Fetching;
using Ingest.Worker.Operations;
using Npgsql;

namespace Ingest.Worker.Commands.Sessions;

/// <summary>
/// Reads <c>ConnectionStrings:Ingest</c> and <c>ConnectionStrings:Reading</c> in any of their spellings: Npgsql's pairs, a URI as libpq has it, or a reference
/// to either. Faults are sentences that hold no value, and no key that may be a piece of a password.
/// </summary>
internal static class ConnectionText
{
    public const string Key = "ConnectionStrings:Ingest";

    private const string Spellings =
        "write Host=…;Database=…;Username=…;Password=…, a value that holds ; or = or quotes within quotes, or postgresql://user:password@host/database";

    /// <summary>Reads the setting, from where it stands.</summary>
    /// <returns>A connection string for Npgsql, or the fault; exactly one is not null.</returns>
    public static Task<(string? Connection, string? Fault)> ReadAsync(string setting, CancellationToken ct) => ReadAsync(setting, Key, ct);

    /// <summary>Reads the setting of another name, from where it stands.</summary>
    public static async Task<(string? Connection, string? Fault)> ReadAsync(string setting, string name, CancellationToken ct)
    {
        if (!SettingReference.IsOne(setting)) return Read(setting, name);
        var (value, missing) = await SettingReference.ReadAsync(setting, ct);
        if (value is null) return (null, $"{name} is {setting}, and {missing}.");
        var (connection, fault) = Read(value, name);
        return (connection, fault is null ? null : $"{fault} ({setting})");
    }

    /// <summary>Reads pairs or a URI.</summary>
    /// <param name="text">What the setting says.</param>
    /// <param name="name">The setting.</param>
    public static (string? Connection, string? Fault) Read(string text, string name = Key)
    {
        var (pairs, fault) = PostgresUri.IsOne(text) ? PostgresUri.Read(text.Trim()) : Pairs(text);
        if (pairs is null) return (null, $"{name} {fault}.");
        var builder = new NpgsqlConnectionStringBuilder();
        var isBehindPassword = false;
        foreach (var (key, value) in pairs)
        {
            if (Set(builder, key, value, isBehindPassword) is { } wrong) return (null, $"{name} {wrong}.");
            isBehindPassword |= IsPassword(key);
        }

        return Contradiction(builder) is { } contradiction ? (null, $"{name} {contradiction}.") : (builder.ConnectionString, null);
    }

    /// <summary>The passwords that a connection string holds, so that they can be kept out of what is printed.</summary>
    public static IEnumerable<string> PasswordsOf(string connection)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection);
        return new[] { builder.Password, builder.SslPassword }.OfType<string>().Where(static password => password.Length > 0);
    }

    private static (IReadOnlyList<KeyValuePair<string, string>>? Pairs, string? Fault) Pairs(string text)
    {
        try
        {
            var read = new DbConnectionStringBuilder { ConnectionString = text };
            return (
                [
                    .. read.Keys.Cast<string>().Select(
                        key => KeyValuePair.Create(key, Convert.ToString(read[key], System.Globalization.CultureInfo.InvariantCulture) ?? "")),
                ],
                null);
        }
        catch (ArgumentException)
        {
            return (null, $"is not a connection string: {Spellings}");
        }
    }

    private static string? Set(NpgsqlConnectionStringBuilder builder, string key, string value, bool isBehindPassword)
    {
        try
        {
            builder[key] = value;
            return null;
        }
        catch (ArgumentException error) when (error.InnerException is KeyNotFoundException)
        {
            var known = builder.GetType().GetProperties()
                .Select(static property => property.GetCustomAttribute<DisplayNameAttribute>()?.DisplayName)
                .OfType<string>()
                .ToList();
            var meant = SettingsCheck.Meant(key, known) is { } name ? $" (did you mean {name}?)" : null;
            if (isBehindPassword)
                return $"has something behind Password that is not a key{meant}: a password that holds ; or = or quotes is written within quotes";
            return meant is null ? $"has an unknown key: {Spellings}" : $"has the unknown key '{key}'{meant}";
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException or InvalidCastException or NotSupportedException)
        {
            return $"has a wrong value for {key}: {Remedy(builder, key)}";
        }
    }

    private static string Remedy(NpgsqlConnectionStringBuilder builder, string key)
    {
        var name = key.Replace(" ", "", StringComparison.Ordinal);
        var type = builder.GetType().GetProperties().FirstOrDefault(
            property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))?.PropertyType;
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        return type is null || type == typeof(string) ? "see Npgsql's list of them"
            : type.IsEnum ? $"give {string.Join(", ", Enum.GetNames(type))}"
            : type == typeof(bool) ? "give true or false"
            : "give a whole number within its bounds";
    }

    private static string? Contradiction(NpgsqlConnectionStringBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Host)) return "names no host: add Host=…";

        // libpq's own form, pairs separated by spaces, would be taken for a single host with the password in its name.
        if (builder.Host.Any(static c => c is '=' or '@' or ' ')) return $"has an invalid host: {Spellings}";
        if (builder.Port is < 1 or > 65535) return $"has a wrong value for Port: {Remedy(builder, "Port")}";
        try
        {
            NpgsqlDataSource.Create(builder).Dispose();
            return null;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            return $"cannot be used: {error.Message.TrimEnd('.')}";
        }
    }

    private static bool IsPassword(string key) => key.Contains("password", StringComparison.OrdinalIgnoreCase) || key.ToUpperInvariant() is "PWD" or "PSW";
}

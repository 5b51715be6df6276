using System.IO;
using System.Net.Sockets;
using System.Security.Authentication;
using Ingest.Worker.Storage.Postgres;
using Npgsql;

namespace Ingest.Worker.Commands.Sessions;

/// <summary>What a failure of the database means, as the end of a sentence: what happened, and what to do about it.</summary>
internal static class DatabaseFault
{
    /// <summary>The words for an error, or null when it is none of the database's.</summary>
    public static string? Say(Exception error) => Chain(error).Select(Words).FirstOrDefault(static words => words is not null);

    /// <summary>The setting that names the database, in brackets, where an error says it.</summary>
    public static string Setting(Exception error) =>
        Chain(error).Select(static cause => cause.Data[Database.SettingOfFault]).OfType<string>().FirstOrDefault() is { } setting ? $" ({setting})" : "";

    private static string? Words(Exception error) => error switch
    {
        PostgresException refused => Refusal(refused),
        NpgsqlException { InnerException: SocketException socket } => $"cannot be reached: {Lower(socket.Message)}",
        NpgsqlException { InnerException: TimeoutException } => "does not answer in time",
        NpgsqlException { InnerException: AuthenticationException tls } => $"shows a certificate that is not trusted: {Lower(tls.Message)}",
        NpgsqlException { InnerException: EndOfStreamException } => "ended the connection",
        NpgsqlException when error.Message.Contains("No password has been provided", StringComparison.Ordinal) => "wants a password, and none is given",
        NpgsqlException when error.Message.Contains("No SSL enabled connection", StringComparison.Ordinal) => "offers no TLS, which SSL Mode demands",
        NpgsqlException => $"failed: {Lower(error.Message)}",
        _ => null,
    };

    private static string Refusal(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword => $"refuses the user or the password: {error.MessageText}",
        PostgresErrorCodes.InvalidAuthorizationSpecification when error.MessageText.Contains("no encryption", StringComparison.Ordinal) =>
            $"may want TLS (SSL Mode=Require): {error.MessageText}",
        PostgresErrorCodes.InvalidAuthorizationSpecification => $"does not let the user in: {error.MessageText}",
        PostgresErrorCodes.ProtocolViolation when error.MessageText.Contains("startup parameter", StringComparison.Ordinal) =>
            $"is reached through a pooler that refuses options of sessions: {error.MessageText}; "
                + "let PgBouncer overlook them (ignore_startup_parameters = extra_float_digits,options), or name the server itself",
        PostgresErrorCodes.InvalidCatalogName => $"is not there: {error.MessageText}; create it",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"does not let the user do what is needed: {error.MessageText}; \"ingest-worker database migrate\" as the owner of the schema, or grant it",
        PostgresErrorCodes.ReadOnlySqlTransaction => "is read-only, a standby perhaps: name the server that can be written to",
        PostgresErrorCodes.CannotConnectNow => $"is not ready: {error.MessageText}",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => $"was stopped meanwhile: {error.MessageText}",
        PostgresErrorCodes.TooManyConnections => $"has no connection left: {error.MessageText}",
        PostgresErrorCodes.DiskFull => $"has no room left: {error.MessageText}",
        _ => $"failed: {error.SqlState}: {error.MessageText}",
    };

    /// <summary>An error and those that led to it, the outermost first.</summary>
    public static IEnumerable<Exception> Chain(Exception error)
    {
        for (var next = error; next is not null; next = next.InnerException) yield return next;
    }

    private static string Lower(string text)
    {
        var line = text.Split('\n')[0].Trim().TrimEnd('.');
        return line.Length > 1 && char.IsLower(line[1]) ? char.ToLowerInvariant(line[0]) + line[1..] : line;
    }
}

using Npgsql;

namespace Ingest.Worker.Commands.Look;

/// <summary>What PostgreSQL says of a question that it refuses, for people.</summary>
internal static class SqlFault
{
    private const string ReadOnly = "This command only reads; \"ingest-worker sources\" and the settings change what the worker does.";

    public static IEnumerable<string> Lines(PostgresException error, string query)
    {
        yield return $"{error.Severity}: {error.MessageText}{Place(query, error.Position)}";
        if (error.Detail is { Length: > 0 } detail) yield return detail;
        if (error.Hint is { Length: > 0 } hint) yield return $"Hint: {hint}";
        if (error.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InsufficientPrivilege) yield return ReadOnly;
    }

    // Of a question of several statements the place counts from the beginning of its own.
    private static string Place(string query, int position)
    {
        if (position <= 0 || position > query.Length || query.TrimEnd().TrimEnd(';').Contains(';', StringComparison.Ordinal)) return "";
        var before = query[..(position - 1)];
        var line = before.Count(static c => c == '\n') + 1;
        return string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $" (line {line}, column {position - 1 - before.LastIndexOf('\n')})");
    }
}

using Npgsql;

namespace Ingest.Worker.Storage.Values;

/// <summary>Tells what is wrong with some data from what is wrong with the database.</summary>
internal static class DataFault
{
    /// <summary>
    /// PostgreSQL refused the data, and will again: classes 22 (data), 23 (constraints) and 54 (limits). See
    /// https://www.postgresql.org/docs/current/errcodes-appendix.html.
    /// </summary>
    public static bool Is(Exception error) => error is PostgresException { SqlState: var state } && state[..2] is "22" or "23" or "54";

    /// <summary>
    /// Also where what is stored already cannot be worked on: class XX (internal errors, broken rows) is met by whoever reads a row, whatever is done with it.
    /// </summary>
    public static bool IsOfStored(Exception error) => Is(error) || error is PostgresException { SqlState: ['X', 'X', ..] };

    /// <summary>What the server said, in a line.</summary>
    public static string Say(Exception error) =>
        error is PostgresException said ? $"{said.SqlState}: {Text.PlainText.Line(said.MessageText)}" : Text.PlainText.Line(error.Message);

    public static string State(Exception error) => error is PostgresException said ? said.SqlState : "XX000";
}

using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Ingest.Worker.Commands.Look;

/// <summary><c>sql [QUERY]</c>: questions to the database in SQL, which write nothing.</summary>
internal static class SqlCommand
{
    public const string Csv = "csv";

    private const string Prompt = "ingest=> ", Further = "ingest-> ";

    // Whoever may be the role of readers is it, so that not even an owner writes by accident. Times are told in UTC, as everywhere.
    private const string AsReader = """
        set default_transaction_read_only = on;
        set timezone = 'UTC';
        set datestyle = 'ISO';
        set search_path = ingest, public;
        select set_config('role', 'ingest_reader', false) from pg_roles
        where rolname = 'ingest_reader' and pg_has_role(oid, 'member') and has_table_privilege(oid, 'ingest.articles', 'select');
        """;

    public static Command Create(Option<string?> config)
    {
        var query = new Argument<string?>("query")
        {
            Description = "What is asked, in SQL; without it, standard input, statement by statement.", Arity = ArgumentArity.ZeroOrOne,
        };
        var format = new Option<string>("--format") { Description = "table, csv, json or jsonl.", DefaultValueFactory = static _ => OutputFormat.Table };
        format.AcceptOnlyFromAmong(OutputFormat.Table, Csv, OutputFormat.Json, OutputFormat.JsonLines);
        var command = new Command(
            "sql",
            "Ask the database in SQL: read only, whether or not the service runs, and without psql. \"ingest-worker database reference\" says what there is.")
        { query, format };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(config), parsed.GetValue(query), parsed.GetValue(format)!, ct));
        return command;
    }

    private static async Task<int> RunAsync(string? config, string? query, string format, CancellationToken ct)
    {
        await using var session = await WorkerSession.OpenAsync(config, isService: false, ct);
        if (session is null) return ExitCode.Failed;
        await using var connection = await session.Services.GetRequiredService<Database>().DataSource.OpenConnectionAsync(ct);
        await using (var command = new NpgsqlCommand(AsReader, connection)) await command.ExecuteNonQueryAsync(ct);
        if (query is not null) return await AskAsync(connection, query, format, ct) ? ExitCode.Ok : ExitCode.Failed;
        if (Console.IsInputRedirected) return await AskAsync(connection, await Console.In.ReadToEndAsync(ct), format, ct) ? ExitCode.Ok : ExitCode.Failed;
        await ConverseAsync(connection, format, ct);
        return ExitCode.Ok;
    }

    // Where somebody types, a question ends with a semicolon at the end of a line.
    private static async Task ConverseAsync(NpgsqlConnection connection, string format, CancellationToken ct)
    {
        await Console.Error.WriteLineAsync("End a question with ; and leave with Ctrl-D or \\q. Example: select name, state from sources;");
        var question = "";
        while (true)
        {
            await Console.Error.WriteAsync(question.Length == 0 ? Prompt : Further);
            if (await Task.Run(Console.In.ReadLine, ct).WaitAsync(ct) is not { } line || line.Trim() is "\\q" or "exit" or "quit") break;
            question = question.Length == 0 ? line : question + "\n" + line;
            if (string.IsNullOrWhiteSpace(question)) question = "";
            if (!line.TrimEnd().EndsWith(';')) continue;
            await AskAsync(connection, question, format, ct);
            question = "";
        }

        await Console.Error.WriteLineAsync();
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string query, string format, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            await Console.Error.WriteLineAsync("There is no question: give one as an argument, or on standard input.");
            return false;
        }

        try
        {
            await using var command = new NpgsqlCommand(query, connection) { AllResultTypesAreUnknown = true, CommandTimeout = 0 };
            await using var reader = await command.ExecuteReaderAsync(ct);
            do
            {
                if (reader.FieldCount > 0) await SqlOutput.WriteAsync(reader, format, ct);
            }
            while (await reader.NextResultAsync(ct));
            return true;
        }
        catch (PostgresException error)
        {
            foreach (var line in SqlFault.Lines(error, query)) await Console.Error.WriteLineAsync(line);
            return false;
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException && error is not { InnerException: IOException })
        {
            await Console.Error.WriteLineAsync(error.Message);
            return false;
        }
    }
}

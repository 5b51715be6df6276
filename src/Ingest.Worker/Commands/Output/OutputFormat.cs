using System.CommandLine;

namespace Ingest.Worker.Commands.Output;

/// <summary><c>--format table|json|jsonl</c>, wherever lists come out.</summary>
internal static class OutputFormat
{
    public const string Table = "table", Json = "json", JsonLines = "jsonl";

    public static Option<string> Option()
    {
        var option = new Option<string>("--format") { Description = "table, json or jsonl.", DefaultValueFactory = static _ => Table };
        option.AcceptOnlyFromAmong(Table, Json, JsonLines);
        return option;
    }
}

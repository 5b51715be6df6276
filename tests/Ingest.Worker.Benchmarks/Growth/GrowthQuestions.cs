using System.Diagnostics;
using Ingest.Worker.Storage.Postgres;
using Npgsql;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>What two hundred hostile and long questions take, each asked twice: the first time and the second; and whether the answer is whole.</summary>
internal static class GrowthQuestions
{
    private const int Worst = 12;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static async Task RunAsync(Database database, GeneratedArticles articles, Action<string> report)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await AskAsync(connection, new HostileQuestion("", "warm", null));
        var asked = new List<(HostileQuestion Question, double First, double Second, string Answer)>();
        foreach (var question in HostileQuestions.Make(articles))
        {
            var (first, _) = await AskAsync(connection, question);
            var (second, answer) = first > Patience ? (first, "") : await AskAsync(connection, question);
            asked.Add((question, first.TotalSeconds, second.TotalSeconds, answer));
        }

        foreach (var kind in asked.GroupBy(static one => one.Question.Kind))
            report(Sql.Say(
                $"questions: {kind.Key}: median {Middle(kind.Select(static one => one.Second)):0.000} s, ",
                $"worst {kind.Max(static one => one.Second):0.000} s, at first {kind.Max(static one => one.First):0.000} s"));
        foreach (var (question, first, second, answer) in asked.OrderByDescending(static one => one.Second).Take(Worst))
            report(Sql.Say(
                $"questions: {second:0.000} s (at first {first:0.000}) {answer}: {question.Kind}, {question.Language ?? "all"}: {Start(question.Text)}"));
        report(Sql.Say(
            $"questions: {asked.Count} asked; {asked.Count(static one => one.Second > 1)} took over 1 s ({asked.Count(static one => one.First > 1)} ",
            $"at first); ",
            $"the worst {asked.Max(static one => one.Second):0.000} s ({asked.Max(static one => one.First):0.000} at first)"));
    }

    private static async Task<(TimeSpan Took, string Answer)> AskAsync(NpgsqlConnection connection, HostileQuestion question)
    {
        var watch = Stopwatch.StartNew();
        await using var command = new NpgsqlCommand(
            "select count(*), coalesce(max(matches), 0), coalesce(bool_and(all_found), true) from ingest.search($1, language => $2)", connection)
        {
            CommandTimeout = (int)Patience.TotalSeconds,
            Parameters = { new() { Value = question.Text }, new() { Value = (object?)question.Language ?? DBNull.Value, DataTypeName = "text" } },
        };
        try
        {
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            return (watch.Elapsed, Sql.Say($"{reader.GetInt64(0)} shown of {reader.GetInt32(1)}{(reader.GetBoolean(2) ? "" : " or more")}"));
        }
        catch (NpgsqlException error) when (error.InnerException is TimeoutException)
        {
            return (watch.Elapsed, "given up");
        }
    }

    private static string Start(string text) => text.Length <= 70 ? text : text[..70] + "…";

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}

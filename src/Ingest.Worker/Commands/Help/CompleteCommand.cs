using System.CommandLine;

namespace Ingest.Worker.Commands.Help;

/// <summary><c>complete -- WORD…</c>: what the last word may become, a line each. It is for the scripts of <see cref="CompletionCommand"/>.</summary>
internal static class CompleteCommand
{
    public static Command Create(Func<Command> program)
    {
        var words = new Argument<string[]>("words") { Description = "The words so far, the one that is being written last.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("complete", "What the last of these words may become, a line each; shells ask it.") { words };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            foreach (var next in Of(program(), parsed.GetValue(words) ?? [])) Console.Out.WriteLine(next);
        });
        return command;
    }

    /// <summary>What may stand in the place of the last word, in the order of its names.</summary>
    public static IEnumerable<string> Of(Command program, IReadOnlyList<string> words)
    {
        if (program.Parse([.. words.SkipLast(1)]).UnmatchedTokens.Count > 0) return [];
        var last = words.Count == 0 ? "" : words[^1];
        var line = string.Join(' ', words.SkipLast(1).Select(Quoted).Append(last));
        var isOption = last.StartsWith('-');
        return program.Parse(line).GetCompletions(line.Length)
            .Select(static item => item.InsertText ?? item.Label)
            .Where(word => word.StartsWith(last, StringComparison.OrdinalIgnoreCase) && word.StartsWith('-') == isOption && word is not ("-?" or "/?" or "/h"))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
    }

    private static string Quoted(string word) =>
        word.Contains(' ', StringComparison.Ordinal) || word.Length == 0 ? $"\"{word.Replace("\"", "", StringComparison.Ordinal)}\"" : word;
}

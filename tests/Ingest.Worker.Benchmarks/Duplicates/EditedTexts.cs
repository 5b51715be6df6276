using System.Text.RegularExpressions;

namespace Ingest.Worker.Benchmarks.Duplicates;

/// <summary>What other outlets make of a text that all of them got from one agency.</summary>
internal sealed partial class EditedTexts(IReadOnlyList<string> bodies, Passages passages, Random random)
{
    public static readonly IReadOnlyList<string> Kinds = ["other headline", "truncated", "local intro", "boilerplate added", "words edited"];

    private readonly string[] vocabulary =
    [
        .. bodies.SelectMany(static body => Word().Matches(body).Select(static match => match.Value)).Distinct().Order(StringComparer.Ordinal),
    ];

    public string Edit(string body, string kind) => kind switch
    {
        "other headline" => OtherQuotes(body),
        "truncated" => Truncated(body),
        "local intro" => Intro() + "\n\n" + body,
        "boilerplate added" => WithBoilerplate(body),
        "words edited" => WordsEdited(body),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    // The body is the same but for the spelling of quotes, dashes and spaces.
    private static string OtherQuotes(string body) =>
        body.Replace('’', '\'').Replace('“', '"')
            .Replace('”', '"')
            .Replace("—", " - ", StringComparison.Ordinal)
            .Replace("\n\n", "\n", StringComparison.Ordinal);

    private string Truncated(string body)
    {
        var units = Units(body);
        var kept = Math.Max(Math.Min(units.Length, 60), (int)(units.Length * (0.25 + (random.NextDouble() * 0.4))));
        return string.Concat(units[..kept]).TrimEnd() + "…\n\nRead the full story on our site.";
    }

    private string Intro() => "By our own correspondent. " + passages.Take(30 + random.Next(60)) + ".";

    private string WithBoilerplate(string body)
    {
        var paragraphs = body.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        paragraphs.Insert(random.Next(paragraphs.Count + 1), Boilerplates.All[random.Next(Boilerplates.All.Count)]);
        paragraphs.Add(Boilerplates.All[random.Next(Boilerplates.All.Count)]);
        return string.Join("\n\n", paragraphs);
    }

    // A tenth of the words are others, a paragraph may be missing, and paragraphs stand in another order.
    private string WordsEdited(string body)
    {
        var edited = Word().Replace(body, match => random.Next(10) == 0 ? vocabulary[random.Next(vocabulary.Length)] : match.Value);
        var paragraphs = edited.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (paragraphs.Count > 6) paragraphs.RemoveAt(random.Next(paragraphs.Count));
        for (var swaps = paragraphs.Count / 4; swaps > 0; swaps--)
        {
            var (one, other) = (random.Next(paragraphs.Count), random.Next(paragraphs.Count));
            (paragraphs[one], paragraphs[other]) = (paragraphs[other], paragraphs[one]);
        }

        return string.Join("\n\n", paragraphs);
    }

    // Words with what follows them; letters where a script does not part its words.
    private static string[] Units(string body) => [.. Unit().Matches(body).Select(static match => match.Value)];

    [GeneratedRegex(
        @"[\u0E00-\u0EFF\u3040-\u30FF\u3400-\u9FFF]|[^\s\u0E00-\u0EFF\u3040-\u30FF\u3400-\u9FFF]+\s*|\s+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Unit();

    [GeneratedRegex(@"(?<=\s)\p{Ll}{3,}(?=[\s,.])", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Word();
}

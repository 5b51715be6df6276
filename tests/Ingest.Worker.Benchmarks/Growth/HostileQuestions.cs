namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>A question that was made to take long, or is merely long.</summary>
/// <param name="Kind">What is hard about it.</param>
/// <param name="Text">As it is asked.</param>
/// <param name="Language">In which language; null for all.</param>
internal sealed record HostileQuestion(string Kind, string Text, string? Language);

/// <summary>
/// Two hundred questions, always the same: many words, rare and frequent, phrases that nobody wrote, exclusions, signs, scripts, and what people paste.
/// </summary>
internal static class HostileQuestions
{
    private const int Each = 10;

    public static IReadOnlyList<HostileQuestion> Make(GeneratedArticles articles)
    {
        var random = new Deterministic(20);
        (string Kind, Func<int, string> Make)[] kinds =
        [
            ("rare words with or", i => Joined(" or ", 10 + (i * 5), () => Rare())),
            ("middling words with or", i => Joined(" or ", 10 + (i * 5), () => Middling())),
            ("frequent words with or", i => Joined(" or ", 10 + (i * 5), () => Frequent())),
            ("pairs of frequent words with or", i => Joined(" or ", 5 + (i * 2), () => $"{Frequent()} {Frequent()}")),
            ("pairs of a rare and a frequent word with or", i => Joined(" or ", 5 + (i * 2), () => $"{Rare()} {Frequent()}")),
            ("frequent words, all of them", i => Joined(" ", 2 + i, () => Frequent())),
            ("words, all of them", i => Joined(" ", 5 + (i * 5), () => Middling())),
            ("phrases of frequent words with or", i => Joined(" or ", 3 + (i * 2), () => $"\"{Frequent()} {Frequent()}\"")),
            ("phrases of middling words with or", i => Joined(" or ", 3 + (i * 2), () => $"\"{Middling()} {Middling()}\"")),
            ("a phrase of frequent words", i => $"\"{Joined(" ", 2 + i, () => Frequent())}\""),
            ("a long phrase", i => $"\"{Joined(" ", 10 + (i * 4), () => Middling())}\""),
            ("a word and many exclusions", i => Frequent() + " " + Joined(" ", 5 + (i * 5), () => "-" + Frequent())),
            ("a word and many excluded phrases", i => Frequent() + " " + Joined(" ", 3 + (i * 2), () => $"-\"{Frequent()} {Middling()}\"")),
            ("only exclusions", i => Joined(" or ", 1 + (i * 4), () => "-" + Frequent())),
            ("compounds with or", i => Joined(" or ", 3 + (i * 2), () => $"{Frequent()}-{Middling()}-{Frequent()}")),
            ("addresses with or", i => Joined(" or ", 2 + i, () => $"https://www.{Middling()}.example/{Frequent()}/{Rare()}?{Frequent()}={Middling()}")),
            ("Chinese at length", i => Joined("", 5 + (i * 20), () => articles.Word("zh", 1 + random.Next(3000)))),
            ("stop words of many languages", i => Joined(" ", 5 + (i * 4), () => Stop())),
            ("words of several languages, a text pasted", i => Joined(" ", 10 + (i * 10), () => articles.Word(Tags[random.Next(4)], random.Next(5000)))),
            ("signs and nonsense", i => Joined(" ", 5 + (i * 5), () => Nonsense[random.Next(Nonsense.Length)])),
        ];
        return [.. kinds.SelectMany(kind => Enumerable.Range(0, Each).Select(i => new HostileQuestion(kind.Kind, kind.Make(i), i % 3 == 0 ? "en" : null)))];

        string Rare() => articles.Word("en", 20_000 + random.Next(40_000));
        string Middling() => articles.Word("en", 300 + random.Next(3000));
        string Frequent() => articles.Word("en", 40 + random.Next(60));
        string Stop() => articles.Word(Tags[random.Next(4)], random.Next(30));
    }

    private static readonly string[] Tags = ["en", "de", "fr", "ru"];

    private static readonly string[] Nonsense =
    [
        "\"", "-", "or", "( & !", "\"\"", "--", "|", ":*", "<->", "'", "\\", "@2026", "-\"", "a", "!!", "%", "()", new string('x', 90),
        "\u202e", "漢", "é", "🙂",
    ];

    private static string Joined(string by, int count, Func<string> make) => string.Join(by, Enumerable.Range(0, count).Select(_ => make()));
}

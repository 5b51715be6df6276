using System.Globalization;

namespace Ingest.Tests;

/// <summary>Running text by name: the same name is the same text, and two names share no sentence.</summary>
internal static class SampleText
{
    private static readonly string[] Words =
        ("river council market harbour teacher winter letter bridge garden doctor window village engine station island forest family member record summer "
            + "valley office report answer number season weather company morning evening "
        + "opened carried reached followed described offered promised wanted started finished counted measured painted repaired visited remembered announced "
        + "discussed planned ordered "
        + "quiet heavy early broken narrow public famous former local recent careful simple distant modern wooden empty bright common serious gentle "
        + "because although while before after without across between around against during under behind beyond").Split(' ');

    private static readonly string[] Syllables =
    [
        "山", "川", "市", "会", "人", "年", "時", "分", "新", "古", "道", "橋", "学", "校", "海", "空", "町", "村", "店", "家", "書", "話", "聞", "見", "食", "飲", "行", "来", "出", "入",
        "多", "少",
    ];

    /// <summary>Paragraphs of about fifty words.</summary>
    public static IReadOnlyList<string> Paragraphs(string name, int count) =>
        [.. Enumerable.Range(0, count).Select(n => Paragraph($"{name} {n.ToString(CultureInfo.InvariantCulture)}"))];

    public static string Body(string name, int count) => string.Join("\n\n", Paragraphs(name, count));

    /// <summary>Text of a script that does not part its words.</summary>
    public static string Ideographs(string name, int letters)
    {
        var random = Seeded(name);
        return string.Concat(Enumerable.Range(0, letters).Select(n => n % 25 == 24 ? "。" : Syllables[random.Next(Syllables.Length)]));
    }

    private static string Paragraph(string name)
    {
        var random = Seeded(name);
        return string.Join(' ', Enumerable.Range(0, 5).Select(_ => Sentence(random)));
    }

    private static string Sentence(Random random)
    {
        var words = string.Join(' ', Enumerable.Range(0, 10).Select(_ => Words[random.Next(Words.Length)]));
        return char.ToUpperInvariant(words[0]) + words[1..] + ".";
    }

    private static Random Seeded(string name) => new(name.Aggregate(17, static (seed, c) => unchecked((seed * 31) + c)));
}

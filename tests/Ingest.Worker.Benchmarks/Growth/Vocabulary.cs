using System.Text;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>Words of a made-up language that is distributed, inflected and written as a real one is: drawn by Zipf's law with a flattened head.</summary>
internal sealed class Vocabulary
{
    private const int Words = 60_000;
    private const int Draws = 1 << 18;

    private static readonly string[] Onsets =
    [
        "", "", "b", "c", "ch", "d", "f", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pr", "r", "s", "sh", "st", "t", "tr", "v", "w", "z",
    ];
    private static readonly string[] Nuclei = ["a", "e", "i", "o", "u", "a", "e", "i", "ea", "ou"];
    private static readonly string[] Codas = ["", "", "", "", "n", "r", "s", "l", "m", "t", "ck", "nd"];

    private readonly string[] words;
    private readonly int[] draws = new int[Draws];

    private Vocabulary(string[] words)
    {
        this.words = words;
        FillDraws(words.Length);
    }

    public string this[int rank] => words[rank];

    public int Count => words.Length;

    /// <summary>An alphabetic language with its own function words and endings.</summary>
    /// <param name="functionWords">Its most frequent words, the most frequent first.</param>
    /// <param name="endings">What its words inflect with.</param>
    /// <param name="seed">Tells languages apart.</param>
    /// <param name="spelling">How a Latin letter is written.</param>
    public static Vocabulary Alphabetic(string functionWords, string[] endings, ulong seed, Func<string, string>? spelling = null)
    {
        var random = new Deterministic(seed);
        var words = new List<string>(functionWords.Split(' '));
        var seen = new HashSet<string>(words, StringComparer.Ordinal);
        while (words.Count < Words)
        {
            var word = Stem(ref random, words.Count) + endings[random.Next(endings.Length)];
            if (spelling is not null) word = spelling(word);
            if (seen.Add(word)) words.Add(word);
        }

        return new Vocabulary([.. words]);
    }

    /// <summary>Words of one to three Han characters, the frequent ones short.</summary>
    public static Vocabulary Han(ulong seed)
    {
        var random = new Deterministic(seed);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var words = new List<string>(Words);
        while (words.Count < Words)
        {
            var length = words.Count < 200 ? 1 : words.Count < 20_000 ? 2 : 3;
            var word = string.Create(length, random.NextUInt64(), static (span, bits) =>
            {
                for (var i = 0; i < span.Length; i++) span[i] = (char)(0x4E00 + (int)((bits >> (i * 16)) % 3000));
            });
            if (seen.Add(word)) words.Add(word);
        }

        return new Vocabulary([.. words]);
    }

    public string Draw(ref Deterministic random) => words[draws[random.Next(Draws)]];

    private static string Stem(ref Deterministic random, int rank)
    {
        var word = new StringBuilder();
        var syllables = rank < 400 ? 1 : rank < 5000 ? 1 + random.Next(2) : 2 + random.Next(2);
        for (var i = 0; i < syllables; i++)
            word.Append(Onsets[random.Next(Onsets.Length)]).Append(Nuclei[random.Next(Nuclei.Length)]).Append(Codas[random.Next(Codas.Length)]);
        return word.ToString();
    }

    // Zipf-Mandelbrot with the constants of English news.
    private void FillDraws(int count)
    {
        var cumulative = new double[count];
        var sum = 0.0;
        for (var rank = 0; rank < count; rank++) cumulative[rank] = sum += 1 / Math.Pow(rank + 2.7, 1.0);
        var at = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var target = (draw + 0.5) / Draws * sum;
            while (cumulative[at] < target) at++;
            draws[draw] = at;
        }
    }
}

/// <summary>SplitMix64: the same numbers on every machine.</summary>
internal struct Deterministic(ulong seed)
{
    private ulong state = seed;

    public ulong NextUInt64()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public int Next(int bound) => (int)(((NextUInt64() >> 32) * (ulong)bound) >> 32);
}

using System.Globalization;
using System.Text;

namespace Ingest.Text.Languages;

/// <summary>A writing system (<c>Data/scripts.txt</c>).</summary>
/// <param name="Name">As the languages' files call it.</param>
/// <param name="Number">Its place in the table, from 1.</param>
/// <param name="IsSpaceless">Its words are written without spaces between them.</param>
/// <param name="IsDense">A character says as much as two letters.</param>
internal sealed record Script(string Name, int Number, bool IsSpaceless, bool IsDense);

/// <summary>Tells the scripts of characters and texts: the one table of their ranges.</summary>
internal static class Scripts
{
    private static readonly List<Script> All = [];
    private static readonly byte[] Numbers = new byte[char.MaxValue + 1];
    private static readonly bool[] Spaceless = new bool[char.MaxValue + 1];
    private static readonly List<(int First, int Last, Script Script)> Beyond = [];

    private static readonly Script Latin;
    private static readonly Script Kana;
    private static readonly Script Han;

    static Scripts()
    {
        foreach (var line in DataLines.Read(TextData.Read("scripts.txt")))
        {
            var script = new Script(line.Key, All.Count + 1, line.Values.Contains("spaceless"), line.Values.Contains("dense"));
            All.Add(script);
            foreach (var range in line.Values.Where(static value => value.Contains('-', StringComparison.Ordinal))) Add(range, script);
        }

        (Latin, Kana, Han) = (Named("Latin")!, Named("Kana")!, Named("Han")!);
    }

    /// <summary>Null when there is no script of that name.</summary>
    public static Script? Named(string name) => All.Find(script => script.Name == name);

    /// <summary>Do characters such as this one stand for words, or parts of words, that are written without spaces? Korean has spaces.</summary>
    public static bool IsSpaceless(char c) => Spaceless[c];

    /// <summary>The same of characters beyond the basic plane too.</summary>
    public static bool IsSpaceless(Rune rune) => rune.IsBmp ? IsSpaceless((char)rune.Value) : Of(rune.Value) is { IsSpaceless: true };

    /// <summary>Does the character say as much as two letters: Chinese, Japanese, Korean?</summary>
    public static bool IsDense(char c) => Numbers[c] is > 0 and var number && All[number - 1].IsDense;

    /// <summary>The script of most letters; Japanese counts as kana wherever a tenth of it is; null for a text without letters.</summary>
    public static Script? Most(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[All.Count + 1];
        counts.Clear();
        foreach (var c in text) counts[Numbers[c]]++;
        counts[0] = 0;
        if (counts[Kana.Number] * 10 > counts[Han.Number] && counts[Kana.Number] + counts[Han.Number] > counts[Latin.Number]) return Kana;

        // A Han character is worth about two letters.
        counts[Han.Number] *= 2;
        var best = 0;
        for (var at = 1; at < counts.Length; at++)
        {
            if (counts[at] > counts[best]) best = at;
        }

        return best == 0 ? null : All[best - 1];
    }

    private static Script? Of(int codePoint) => Beyond.Find(range => codePoint >= range.First && codePoint <= range.Last).Script;

    private static void Add(string range, Script script)
    {
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        var (first, last) = (Hex(range[..dash]), Hex(range[(dash + 1)..]));
        if (first > char.MaxValue)
        {
            Beyond.Add((first, last, script));
        }
        else
        {
            Numbers.AsSpan(first, last - first + 1).Fill((byte)script.Number);
            Spaceless.AsSpan(first, last - first + 1).Fill(script.IsSpaceless);
        }
    }

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}

namespace Ingest.Identity.Duplicates;

/// <summary>A text as the overlapping groups of neighbouring words that it is made of; groups of letters where a script does not part words.</summary>
internal sealed class ShingledText
{
    /// <summary>Words in a group.</summary>
    public const int WordsWide = 4;

    /// <summary>Letters in a group, for scripts that do not part words: about four words.</summary>
    public const int LettersWide = 8;

    // Longer texts are compared by their beginning: about 60 pages of a book.
    private const int MostTokens = 20_000;

    // Made when it is asked for: of most texts only the smallest groups are.
    private Dictionary<ulong, int>? places;

    private ShingledText(List<Token> tokens, ulong[] sequence, int width)
    {
        Tokens = tokens;
        Sequence = sequence;
        Width = width;
        Groups = EachOnce(sequence);
    }

    /// <summary>The tokens in their order.</summary>
    public IReadOnlyList<Token> Tokens { get; }

    /// <summary>The groups' hashes in their order: group i begins at token i.</summary>
    public IReadOnlyList<ulong> Sequence { get; }

    /// <summary>Tokens in a group.</summary>
    public int Width { get; }

    /// <summary>Each group once, the smallest first.</summary>
    public ArraySegment<ulong> Groups { get; }

    private Dictionary<ulong, int> Places => places ??= PlacesOf(Sequence);

    public bool Contains(ulong group) => Places.ContainsKey(group);

    /// <summary>The token at which a group first begins; -1 where it does not stand in the text.</summary>
    public int PlaceOf(ulong group) => Places.GetValueOrDefault(group, -1);

    /// <summary>Cuts a text; one with fewer tokens than a group is wide has no groups.</summary>
    public static ShingledText Of(string text)
    {
        var tokens = TokenReader.Read(text, MostTokens);
        var letters = 0;
        foreach (var token in tokens) letters += token.Kind == TokenKind.Letter ? 1 : 0;
        var width = letters * 2 > tokens.Count ? LettersWide : WordsWide;
        var sequence = new ulong[Math.Max(0, tokens.Count - width + 1)];
        for (var i = 0; i < sequence.Length; i++) sequence[i] = HashOf(tokens, i, width);
        return new ShingledText(tokens, sequence, width);
    }

    private static ArraySegment<ulong> EachOnce(ulong[] sequence)
    {
        ulong[] groups = [.. sequence];
        Array.Sort(groups);
        var count = 0;
        foreach (var group in groups)
        {
            if (count == 0 || groups[count - 1] != group) groups[count++] = group;
        }

        return new ArraySegment<ulong>(groups, 0, count);
    }

    private static Dictionary<ulong, int> PlacesOf(IReadOnlyList<ulong> sequence)
    {
        var places = new Dictionary<ulong, int>(sequence.Count);
        for (var i = 0; i < sequence.Count; i++) places.TryAdd(sequence[i], i);
        return places;
    }

    private static ulong HashOf(List<Token> tokens, int start, int width)
    {
        var hash = 0x9E3779B97F4A7C15UL;
        for (var i = start; i < start + width; i++) hash = (hash ^ tokens[i].Hash) * 0xFF51AFD7ED558CCDUL ^ (hash >> 29);

        // MurmurHash3's finaliser: the smallest hashes are to be a fair sample.
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53UL;
        return hash ^ (hash >> 33);
    }
}

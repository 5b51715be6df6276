using System.Text;
using Ingest.Text.Languages;

namespace Ingest.Text.Decoding.Tables;

/// <summary>An index of the Encoding Standard: which character each pointer means (folder <c>Data/encodings</c>).</summary>
internal sealed class CharacterTable
{
    /// <summary>Big5 with the characters of Hong Kong (HKSCS) and of ETEN.</summary>
    public static Lazy<CharacterTable> Big5 { get; } = new(static () => Load("big5"));

    /// <summary>JIS X 0208 with NEC's row and NEC's and IBM's own characters.</summary>
    public static Lazy<CharacterTable> Jis0208 { get; } = new(static () => Load("jis0208"));

    /// <summary>JIS X 0212, the third plane of EUC-JP.</summary>
    public static Lazy<CharacterTable> Jis0212 { get; } = new(static () => Load("jis0212"));

    private readonly int[] _characters;

    private CharacterTable(IEnumerable<int> characters) => _characters = [.. characters];

    /// <summary>The character's code; U+FFFD where there is none.</summary>
    public int this[int pointer] => (uint)pointer < (uint)_characters.Length ? _characters[pointer] : Rune.ReplacementChar.Value;

    /// <summary>The table of a single-byte encoding, from the byte 0x80 on; null when there is none of that name.</summary>
    public static CharacterTable? OfSingle(string name)
    {
        foreach (var line in TextData.Read("encodings/single.txt").Split('\n'))
        {
            if (!line.StartsWith(name + " ", StringComparison.Ordinal)) continue;
            var characters = line[(name.Length + 1)..];
            return new CharacterTable(Enumerable.Range(0x80, 0x80 - characters.Length).Concat(characters.Select(static c => (int)c)));
        }

        return null;
    }

    private static CharacterTable Load(string name) =>
        new(TextData.Read($"encodings/{name}.txt").EnumerateRunes().Select(static rune => rune.Value).Where(static code => code != '\n'));
}

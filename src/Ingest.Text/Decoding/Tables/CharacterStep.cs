namespace Ingest.Text.Decoding.Tables;

/// <summary>One character out of the bytes at the beginning of a text.</summary>
/// <param name="Used">How many bytes it took; 0 when more are needed to tell.</param>
/// <param name="Code">Its code; U+FFFD when the bytes are none.</param>
/// <param name="Mark">A second character, which stands on the first; 0 when none.</param>
internal readonly record struct CharacterStep(int Used, int Code, char Mark = '\0')
{
    public static CharacterStep Incomplete => default;

    /// <summary>A byte that begins no character, alone or with what follows.</summary>
    public static CharacterStep Broken(int used) => new(used, 0xFFFD);

    /// <summary>A character of two bytes; where there is none, an ASCII byte in the second place stands for itself.</summary>
    public static CharacterStep OfPair(int code, byte second) => code == 0xFFFD ? Broken(second < 0x80 ? 1 : 2) : new(2, code);
}

/// <summary>Reads the character that the bytes begin with; never asked for none.</summary>
internal delegate CharacterStep CharacterReader(ReadOnlySpan<byte> bytes);

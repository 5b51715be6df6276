namespace Ingest.Text.Decoding.Tables;

/// <summary>The decoders of the Encoding Standard (sections 9 to 13) for what the framework reads otherwise.</summary>
internal static class WebReaders
{
    private const int HalfWidthKatakana = 0xFF61 - 0xA1;

    // Rows 94 to 103 of Shift_JIS are the user's own (section 12.3.1).
    private const int FirstOfUsers = 8836;
    private const int LastOfUsers = 10715;

    public static CharacterReader Single(CharacterTable table) => bytes => new(1, bytes[0] < 0x80 ? bytes[0] : table[bytes[0] - 0x80]);

    public static CharacterStep Big5(ReadOnlySpan<byte> bytes)
    {
        var first = bytes[0];
        if (first < 0x80) return new(1, first);
        if (first is 0x80 or 0xFF) return CharacterStep.Broken(1);
        if (bytes.Length < 2) return CharacterStep.Incomplete;
        var second = bytes[1];
        if (second is not ((>= 0x40 and <= 0x7E) or (>= 0xA1 and <= 0xFE))) return CharacterStep.OfPair(0xFFFD, second);
        var pointer = ((first - 0x81) * 157) + second - (second < 0x7F ? 0x40 : 0x62);
        return pointer switch
        {
            // Letters of Cantonese and Taiwanese that Unicode has in two characters only.
            1133 => new(2, 'Ê', '\u0304'),
            1135 => new(2, 'Ê', '\u030C'),
            1164 => new(2, 'ê', '\u0304'),
            1166 => new(2, 'ê', '\u030C'),
            _ => CharacterStep.OfPair(CharacterTable.Big5.Value[pointer], second),
        };
    }

    public static CharacterStep ShiftJis(ReadOnlySpan<byte> bytes)
    {
        var first = bytes[0];
        if (first <= 0x80) return new(1, first);
        if (first is >= 0xA1 and <= 0xDF) return new(1, first + HalfWidthKatakana);
        if (first is 0xA0 or > 0xFC) return CharacterStep.Broken(1);
        if (bytes.Length < 2) return CharacterStep.Incomplete;
        var second = bytes[1];
        if (second is not ((>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFC))) return CharacterStep.OfPair(0xFFFD, second);
        var pointer = ((first - (first < 0xA0 ? 0x81 : 0xC1)) * 188) + second - (second < 0x7F ? 0x40 : 0x41);
        return pointer is >= FirstOfUsers and <= LastOfUsers
            ? new(2, 0xE000 - FirstOfUsers + pointer)
            : CharacterStep.OfPair(CharacterTable.Jis0208.Value[pointer], second);
    }

    public static CharacterStep EucJp(ReadOnlySpan<byte> bytes)
    {
        var first = bytes[0];
        if (first < 0x80) return new(1, first);
        if (first is not (0x8E or 0x8F or (>= 0xA1 and <= 0xFE))) return CharacterStep.Broken(1);
        if (bytes.Length < 2) return CharacterStep.Incomplete;
        var second = bytes[1];
        if (second is < 0xA1 or 0xFF) return CharacterStep.OfPair(0xFFFD, second);
        if (first == 0x8E) return second <= 0xDF ? new(2, second + HalfWidthKatakana) : CharacterStep.Broken(2);
        if (first != 0x8F) return CharacterStep.OfPair(CharacterTable.Jis0208.Value[Pointer(first, second)], second);
        if (bytes.Length < 3) return CharacterStep.Incomplete;
        var third = bytes[2];
        if (third is < 0xA1 or 0xFF) return CharacterStep.Broken(third < 0x80 ? 2 : 3);
        return new(3, CharacterTable.Jis0212.Value[Pointer(second, third)]);
    }

    private static int Pointer(byte row, byte cell) => ((row - 0xA1) * 94) + cell - 0xA1;
}

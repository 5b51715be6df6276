using System.Text;

namespace Ingest.Text.Decoding.Tables;

/// <summary>Decodes a text piece by piece, keeping a character that a piece ends within.</summary>
internal sealed class WebDecoder(CharacterReader read) : Decoder
{
    private byte[] _kept = [];

    /// <summary>The most bytes of one character.</summary>
    public const int LongestCharacter = 3;

    public override int GetCharCount(byte[] bytes, int index, int count) => GetCharCount(bytes, index, count, flush: false);

    public override int GetCharCount(byte[] bytes, int index, int count, bool flush) =>
        Decode(Whole(bytes.AsSpan(index, count)), [], flush, counts: true).Chars;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes, byteIndex, byteCount, chars, charIndex, flush: false);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex, bool flush)
    {
        var whole = Whole(bytes.AsSpan(byteIndex, byteCount));
        var (used, written) = Decode(whole, chars.AsSpan(charIndex), flush, counts: false);
        _kept = whole[used..].ToArray();
        return written;
    }

    public override void Reset() => _kept = [];

    private ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> bytes) => _kept.Length == 0 ? bytes : (byte[])[.. _kept, .. bytes];

    private (int Bytes, int Chars) Decode(ReadOnlySpan<byte> bytes, Span<char> into, bool flush, bool counts)
    {
        var (at, written) = (0, 0);
        Span<char> units = stackalloc char[LongestCharacter];
        while (at < bytes.Length)
        {
            var step = read(bytes[at..]);
            if (step.Used == 0)
            {
                if (!flush) break;
                step = CharacterStep.Broken(bytes.Length - at);
            }

            var length = new Rune(step.Code).EncodeToUtf16(units);
            if (step.Mark != '\0') units[length++] = step.Mark;
            if (!counts) units[..length].CopyTo(into[written..]);
            at += step.Used;
            written += length;
        }

        return (at, written);
    }
}

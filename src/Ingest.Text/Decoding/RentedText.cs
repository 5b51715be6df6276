using System.Buffers;
using System.Text;

namespace Ingest.Text.Decoding;

/// <summary>A text of which the characters may be changed where they are, in an array that is lent: a page is too long for a string of each step.</summary>
public sealed class RentedText : IDisposable
{
    // A pool keeps what it has lent. What is longer is rare, and not kept.
    private const int LongestKept = 1 << 20;

    private bool _isKept;
    private char[] _array;
    private int _start;

    private RentedText(int length)
    {
        _isKept = length <= LongestKept;
        _array = _isKept ? ArrayPool<char>.Shared.Rent(length) : GC.AllocateUninitializedArray<char>(length);
        Length = length;
    }

    public int Length { get; private set; }

    public Span<char> Span => _array.AsSpan(_start, Length);

    public ReadOnlyMemory<char> Memory => _array.AsMemory(_start, Length);

    public static RentedText Of(string text)
    {
        var rented = new RentedText(text.Length);
        text.CopyTo(rented.Span);
        return rented;
    }

    internal static RentedText Decode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        var rented = new RentedText(encoding.GetCharCount(bytes));
        rented.Cut(encoding.GetChars(bytes, rented.Span));
        return rented;
    }

    /// <summary>Leaves out characters at the beginning.</summary>
    public void Skip(int count) => (_start, Length) = (_start + count, Length - count);

    /// <summary>Leaves out what is behind a length.</summary>
    public void Cut(int length) => Length = length;

    public override string ToString() => Span.ToString();

    public void Dispose()
    {
        if (_isKept) ArrayPool<char>.Shared.Return(_array);
        (_array, _start, Length, _isKept) = ([], 0, 0, false);
    }
}

using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Ingest.Worker.Tests.Fetching.Signing;

/// <summary>
/// Verifies Ed25519 signatures as RFC 8032, section 5.1.7, says it, with nothing but big numbers: slow, and independent of the library that signs.
/// </summary>
internal static class Ed25519
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger L = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture);
    private static readonly BigInteger D = Modulo(-121665 * Inverse(121666));
    private static readonly BigInteger RootOfMinusOne = BigInteger.ModPow(2, (P - 1) / 4, P);
    private static readonly Point Base = Decode(Convert.FromHexString("5866666666666666666666666666666666666666666666666666666666666666"))!;

    /// <summary>A point of the curve in affine coordinates.</summary>
    private sealed record Point(BigInteger X, BigInteger Y);

    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != 64 || Decode(publicKey) is not { } key || Decode(signature[..32]) is not { } r) return false;
        var s = Number(signature[32..]);
        if (s >= L) return false;
        var h = Number(SHA512.HashData([.. signature[..32], .. publicKey, .. text])) % L;
        return Times(Base, s) == Plus(r, Times(key, h));
    }

    private static Point? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != 32) return null;
        var y = Number(bytes);
        var isOdd = y >> 255 == 1;
        y &= (BigInteger.One << 255) - 1;
        if (y >= P) return null;
        var square = Modulo((y * y - 1) * Inverse(D * y * y + 1));
        var x = BigInteger.ModPow(square, (P + 3) / 8, P);
        if (Modulo(x * x) != square) x = Modulo(x * RootOfMinusOne);
        if (Modulo(x * x) != square || (x.IsZero && isOdd)) return null;
        return new Point(x.IsEven == isOdd ? P - x : x, y);
    }

    private static Point Times(Point point, BigInteger factor)
    {
        var sum = new Point(0, 1);
        for (; factor > 0; factor >>= 1, point = Plus(point, point))
            if (!factor.IsEven) sum = Plus(sum, point);
        return sum;
    }

    private static Point Plus(Point a, Point b)
    {
        var product = Modulo(D * Modulo(a.X * b.X) * Modulo(a.Y * b.Y));
        var inverse = Inverse((1 + product) * (1 - product));
        return new Point(Modulo((a.X * b.Y + b.X * a.Y) * (1 - product) * inverse), Modulo((a.Y * b.Y + a.X * b.X) * (1 + product) * inverse));
    }

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Modulo(value), P - 2, P);

    private static BigInteger Modulo(BigInteger value) => value % P is var rest && rest.Sign < 0 ? rest + P : rest;

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true);
}

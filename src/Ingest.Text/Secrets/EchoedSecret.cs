using System.IO;
using System.Text;

namespace Ingest.Text.Secrets;

/// <summary>Replaces a secret parameter in what a server sent back, before anything of it is read.</summary>
internal static class EchoedSecret
{
    /// <summary>The bytes with another value for the parameter wherever it has this one; the same array when it has it nowhere.</summary>
    public static byte[] Replace(byte[] text, string name, string value, string replacement)
    {
        var secret = Encoding.UTF8.GetBytes($"{name}={value}");
        MemoryStream? replaced = null;
        var copied = 0;
        for (var at = Next(text, secret, 0); at >= 0; at = Next(text, secret, at + secret.Length))
        {
            if (!IsWhole(text, at, at + secret.Length)) continue;
            replaced ??= new MemoryStream(text.Length);
            replaced.Write(text, copied, at - copied);
            replaced.Write(Encoding.UTF8.GetBytes($"{name}={replacement}"));
            copied = at + secret.Length;
        }

        if (replaced is null) return text;
        replaced.Write(text, copied, text.Length - copied);
        return replaced.ToArray();
    }

    private static int Next(byte[] text, byte[] secret, int from) => text.AsSpan(from).IndexOf(secret) is var at and >= 0 ? from + at : -1;

    // Neither the end of a longer name nor the beginning of a longer value. JSON may spell "&" as \u0026.
    private static bool IsWhole(byte[] text, int start, int end) =>
        StartsWhole(text, start) && (end == text.Length || !IsWord(text[end]));

    private static bool StartsWhole(byte[] text, int start) =>
        start == 0 || !IsWord(text[start - 1]) || EndsEscaped(text.AsSpan(0, start));

    private static bool EndsEscaped(ReadOnlySpan<byte> before) =>
        before.EndsWith("u0026"u8) || before.EndsWith("%26"u8) || before.EndsWith("%3F"u8);

    private static bool IsWord(byte letter) =>
        char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'_' or (byte)'-' or (byte)'.' or (byte)'~' or (byte)'%' or (byte)'+';
}

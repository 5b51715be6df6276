using System.IO;
using System.Security;
using System.Text;
using System.Threading.Tasks;

namespace Ingest.Worker.Fetching.Hosts;

/// <summary>A setting that stands elsewhere: <c>env:NAME</c> or <c>file:/path</c>.</summary>
internal static class SettingReference
{
    private const string Variable = "env:", NamedFile = "file:";
    private const int MaxBytes = 16 << 10;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether a text says where the setting is found.</summary>
    public static bool IsOne(string text) => Names(text, Variable) || Names(text, NamedFile);

    /// <summary>Reads what the reference leads to, without the mark at its beginning and the line break at its end that editors leave.</summary>
    /// <returns>The value, or why there is none, in words that hold nothing of it; exactly one is not null.</returns>
    public static async Task<(string? Value, string? Fault)> ReadAsync(string reference, CancellationToken ct)
    {
        if (Names(reference, Variable))
        {
            var name = reference[Variable.Length..];
            return Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? (Trimmed(value), null) : (null, $"the environment variable {name} is not set");
        }

        if (!Names(reference, NamedFile)) return (null, "it is neither env:NAME nor file:/path");
        var path = reference[NamedFile.Length..];
        try
        {
            await using var file = File.OpenRead(path);
            var buffer = new byte[MaxBytes + 1];
            var length = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
            if (length > MaxBytes) return (null, $"{path} is larger than {MaxBytes >> 10} KiB");
            return Trimmed(Decode(buffer.AsSpan(0, length))) is { Length: > 0 } value ? (value, null) : (null, $"{path} is empty");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, $"{path} is not there");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException)
        {
            return (null, Directory.Exists(path) ? $"{path} is a folder" : $"{path} cannot be read");
        }
    }

    private static bool Names(string text, string scheme) => text.StartsWith(scheme, StringComparison.Ordinal) && text.Length > scheme.Length;

    private static string Trimmed(string text) => text.Trim('\uFEFF').TrimEnd('\r', '\n');

    // PowerShell writes UTF-16 with a mark; what is no UTF-8 is no text (ArgumentException).
    private static string Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xff, 0xfe, ..] => Encoding.Unicode.GetString(bytes),
        [0xfe, 0xff, ..] => Encoding.BigEndianUnicode.GetString(bytes),
        _ => StrictUtf8.GetString(bytes),
    };
}

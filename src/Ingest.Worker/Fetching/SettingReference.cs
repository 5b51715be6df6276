using System.IO;
using System.Security;
using System.Text;
using System.Threading.Tasks;

namespace Ingest.Worker.Fetching;

/// <summary>A setting that stands elsewhere: <c>env:NAME</c> or <c>file:/path</c>.</summary>
internal static class SettingReference
{
    private const string Variable = "env:", NamedFile = "file:";

    /// <summary>The longest that is read.</summary>
    public const int MaxBytes = 16 << 10;

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
            return Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
                ? (Trimmed(value), null)
                : (null, $"the environment variable {name} is not set");
        }

        var buffer = new byte[MaxBytes + 1];
        var (length, fault) = await ReadAsync(reference, buffer, ct);
        if (fault is not null) return (null, fault);
        var path = reference[NamedFile.Length..];
        try
        {
            return Trimmed(Decode(buffer.AsSpan(0, length))) is { Length: > 0 } value ? (value, null) : (null, $"{path} is empty");
        }
        catch (ArgumentException)
        {
            return (null, $"{path} cannot be read");
        }
    }

    /// <summary>Reads the bytes that the reference leads to, as they are: of a file none is left elsewhere in memory.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="buffer">Gets them; one longer than <see cref="MaxBytes"/>.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>How many there are, or why there are none, in words that hold nothing of them.</returns>
    public static async Task<(int Length, string? Fault)> ReadAsync(string reference, byte[] buffer, CancellationToken ct)
    {
        if (Names(reference, Variable)) return FromEnvironment(reference[Variable.Length..], buffer);
        if (!Names(reference, NamedFile)) return (0, "it is neither env:NAME nor file:/path");
        var path = reference[NamedFile.Length..];
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            var length = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
            return length > MaxBytes ? (0, $"{path} is larger than {MaxBytes >> 10} KiB") : length > 0 ? (length, null) : (0, $"{path} is empty");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return (0, $"{path} is not there");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException)
        {
            return (0, Directory.Exists(path) ? $"{path} is a folder" : $"{path} cannot be read");
        }
    }

    private static (int Length, string? Fault) FromEnvironment(string name, byte[] buffer)
    {
        if (Environment.GetEnvironmentVariable(name) is not { Length: > 0 } value) return (0, $"the environment variable {name} is not set");
        return Encoding.UTF8.TryGetBytes(value, buffer, out var length) && length <= MaxBytes
            ? (length, null)
            : (0, $"the environment variable {name} is larger than {MaxBytes >> 10} KiB");
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

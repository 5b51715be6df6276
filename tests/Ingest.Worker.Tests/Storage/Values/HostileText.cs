namespace Ingest.Worker.Tests.Storage.Values;

/// <summary>Texts that databases do not like, each with a word by which it is found again.</summary>
internal static class HostileText
{
    /// <summary>Part of every hostile text.</summary>
    public const string Mark = "HOSTILE";

    public static TheoryData<string> Kinds => [.. All.Keys];

    private static readonly Dictionary<string, Func<string>> All = new(StringComparer.Ordinal)
    {
        ["nul"] = static () => $"{Mark}\0 \0\0 after",
        ["nul, escaped"] = static () => $"{Mark}\\u0000 \\0 \\x00 %00",
        ["lone surrogates"] = static () => $"\uDC00{Mark}\uD800 \uD83D",
        ["noncharacters"] = static () => $"{Mark}\uFFFE\uFFFF\uFDD0",
        ["controls"] = static () => $"{Mark}\u001F\u001E\u0001\u001B[2J\u0007\u0085\u202E\u2028",
        ["quotes"] = static () => $"{Mark}'\"\\$1 {{,NULL}} \\n '; drop schema ingest cascade; --",
        ["incompressible, 9,000 characters"] = static () => Mark + Random(9_000, 0x4E00, 0x9FFF),
        ["Chinese, 160,000 characters"] = static () => Mark + Random(160_000, 0x4E00, 0x9FFF),
        ["different words, 60,000"] = static () =>
            Mark + ' ' + string.Join(' ', Enumerable.Range(0, 60_000).Select(static i => FormattableString.Invariant($"w{i:x}"))),
        ["one word of a million letters"] = static () => Mark + new string('x', 1_000_000),
        ["beyond the basic plane"] = static () => Mark + string.Concat(Enumerable.Range(0, 20_000).Select(static i => char.ConvertFromUtf32(0x20000 + i))),
        ["combining marks"] = static () => Mark + 'e' + new string('\u0301', 5_000),
        ["white"] = static () => $"   {Mark}  \t\r\n  ",
    };

    public static string Of(string kind) => All[kind]();

    private static string Random(int length, int from, int to)
    {
        var random = new Random(length);
        return string.Create(length, (random, from, to), static (span, state) =>
        {
            foreach (ref var c in span) c = (char)state.random.Next(state.from, state.to);
        });
    }
}

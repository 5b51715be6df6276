using System.Text;
using System.Text.Json;

namespace Ingest.Worker.Commands.SourceLists;

/// <summary>Takes a source out of the text of a settings file and leaves every other character of it, comments included, as it is.</summary>
internal static class SettingsCut
{
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly string[] SourcesPath = ["Ingest", "Sources"];

    /// <summary>A member of an object.</summary>
    /// <param name="Before">Where what stands before it ended: the member before, or the bracket.</param>
    /// <param name="Start">Offset of its name.</param>
    /// <param name="End">Offset behind its value.</param>
    private readonly record struct Member(int Before, int Start, int End);

    /// <summary>The text without the source; null when <c>Ingest:Sources</c> has no such member.</summary>
    /// <param name="settings">Settings that can be read.</param>
    /// <param name="name">Name of the source, in any case.</param>
    public static byte[]? Without(ReadOnlySpan<byte> settings, string name)
    {
        var bom = settings.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var json = settings[bom..];
        var reader = new Utf8JsonReader(json, Lenient);
        if (!reader.Read() || Find(ref reader, [.. SourcesPath, name], 0) is not { } member) return null;
        var comma = Comma(json, member.End);
        var before = comma < 0 ? Comma(json, member.Before, member.Start) : -1;
        var (from, to) = Lines(json, member.Start, comma < 0 ? member.End : comma + 1);
        return
        [
            .. settings[..bom],
            .. before < 0 ? json[..from] : [.. json[..before], .. json[(before + 1)..from]],
            .. json[to..],
        ];
    }

    private static Member? Find(ref Utf8JsonReader reader, string[] path, int depth)
    {
        var before = (int)reader.BytesConsumed;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var isNext = string.Equals(reader.GetString(), path[depth], StringComparison.OrdinalIgnoreCase);
            reader.Read();
            var isInner = isNext && depth + 1 < path.Length && reader.TokenType == JsonTokenType.StartObject;
            if (isInner && Find(ref reader, path, depth + 1) is { } found) return found;
            if (!isInner) reader.Skip();
            if (isNext && depth + 1 == path.Length) return new Member(before, start, (int)reader.BytesConsumed);
            before = (int)reader.BytesConsumed;
        }

        return null;
    }

    /// <summary>Where the next comma stands, with nothing but blanks and comments before it; negative for nowhere.</summary>
    private static int Comma(ReadOnlySpan<byte> json, int from, int to = int.MaxValue)
    {
        for (var at = from; at < Math.Min(to, json.Length); at++)
        {
            if (json[at] == ',') return at;
            if (json[at] == '/') at = EndOfComment(json, at);
            else if (json[at] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) return -1;
        }

        return -1;
    }

    // The last byte of it.
    private static int EndOfComment(ReadOnlySpan<byte> json, int at)
    {
        var isBlock = json[at + 1] == '*';
        var length = json[(at + 2)..].IndexOf(isBlock ? "*/"u8 : "\n"u8);
        return length < 0 ? json.Length : at + 2 + length + (isBlock ? 1 : 0);
    }

    // What has its lines to itself goes with them; of what has not, the blanks beside it.
    private static (int From, int To) Lines(ReadOnlySpan<byte> json, int start, int end)
    {
        var (from, to) = (start, end);
        while (from > 0 && json[from - 1] is (byte)' ' or (byte)'\t') from--;
        while (to < json.Length && json[to] is (byte)' ' or (byte)'\t' or (byte)'\r') to++;
        var begins = from == 0 || json[from - 1] == '\n';
        if (begins && to < json.Length && json[to] == '\n') return (from, to + 1);
        return begins ? (start, to) : (from, end);
    }
}

using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ingest.Worker.Commands.SourceLists.Opml;

namespace Ingest.Worker.Commands.SourceLists;

/// <summary>Adds sources to the text of a settings file and leaves every other character of it, comments included, as it is.</summary>
internal static class SettingsText
{
    private static readonly string[] SourcesPath = ["Ingest", "Sources"];
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text with the sources at the end of <c>Ingest:Sources</c>, which is made where it is missing.</summary>
    /// <param name="settings">JSON as settings files may have it: UTF-8, comments and trailing commas allowed.</param>
    /// <param name="sources">Name and feed; the names must not be there yet.</param>
    /// <exception cref="InvalidDataException">The text is not such JSON, or has no object where one is needed.</exception>
    public static byte[] Add(ReadOnlySpan<byte> settings, IReadOnlyList<(string Name, OpmlFeed Feed)> sources)
    {
        var bom = settings.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        try
        {
            var place = Find(settings[bom..]);
            var text = Encoding.UTF8.GetBytes(Members(sources, place));
            return [.. settings[..(bom + place.At)], .. text, .. settings[(bom + place.At)..]];
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    /// <summary>Where members are added: behind the last one of the innermost object of the path that exists.</summary>
    /// <param name="At">Offset in bytes.</param>
    /// <param name="Depth">How many names of the path lead to it.</param>
    /// <param name="IsEmpty">The object has no member.</param>
    private readonly record struct Place(int At, int Depth, bool IsEmpty);

    private static Place Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Lenient);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new InvalidDataException("It is not a JSON object.");
        var place = default(Place?);
        Walk(ref reader, 0, ref place);
        if (reader.Read()) throw new InvalidDataException("Something follows the JSON object.");
        return place!.Value;
    }

    // Reads one object; the innermost object of the path is left first, and its place counts.
    private static void Walk(ref Utf8JsonReader reader, int depth, ref Place? place)
    {
        var at = (int)reader.BytesConsumed;
        var isEmpty = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isNext = depth < SourcesPath.Length && string.Equals(reader.GetString(), SourcesPath[depth], StringComparison.OrdinalIgnoreCase);
            reader.Read();
            if (isNext && reader.TokenType == JsonTokenType.StartObject) Walk(ref reader, depth + 1, ref place);
            else if (isNext) throw new InvalidDataException($"{string.Join(':', SourcesPath[..(depth + 1)])} is not an object.");
            else reader.Skip();
            (at, isEmpty) = ((int)reader.BytesConsumed, false);
        }

        place ??= new Place(at, depth, isEmpty);
    }

    private static string Members(IReadOnlyList<(string Name, OpmlFeed Feed)> sources, Place place)
    {
        var text = new StringBuilder(place.IsEmpty ? "" : ",");
        for (var depth = place.Depth; depth < SourcesPath.Length; depth++) NewLine(text, depth).Append('"').Append(SourcesPath[depth]).Append("\": {");
        for (var i = 0; i < sources.Count; i++)
            NewLine(text, SourcesPath.Length).Append(Quoted(sources[i].Name))
                .Append(": ")
                .Append(Value(sources[i].Feed))
                .Append(i + 1 < sources.Count ? "," : "");
        for (var depth = SourcesPath.Length - 1; depth >= place.Depth; depth--) NewLine(text, depth).Append('}');
        if (place.IsEmpty) NewLine(text, place.Depth - 1);
        return text.ToString();
    }

    private static StringBuilder NewLine(StringBuilder text, int depth) => text.Append('\n').Append(' ', 2 * (depth + 1));

    private static string Value(OpmlFeed feed)
    {
        var tags = feed.Tags.Count == 0 ? "" : $", \"Tags\": [{string.Join(", ", feed.Tags.Select(Quoted))}]";
        return $"{{ \"Url\": {Quoted(feed.Url.AbsoluteUri)}{tags} }}";
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text, OneLine);
}

using System.Text;
using System.Text.Json;

namespace Ingest.Feeds.Json;

/// <summary>Cuts a damaged or truncated JSON Feed behind its last whole item.</summary>
internal static class WholeItems
{
    /// <summary>A document of the items before the damage; null when there is none.</summary>
    public static string? Before(string text, JsonDocumentOptions options)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(
            bytes,
            new JsonReaderOptions
            {
                AllowTrailingCommas = options.AllowTrailingCommas,
                CommentHandling = options.CommentHandling,
                MaxDepth = options.MaxDepth,
            });
        var (isInItems, end) = (false, 0L);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1) isInItems = reader.ValueTextEquals("items"u8);
                else if (isInItems && reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == 2) end = reader.BytesConsumed;
            }
        }
        catch (JsonException)
        {
            // The place of the damage; what was whole before it is known by now.
        }

        return end == 0 ? null : Encoding.UTF8.GetString(bytes, 0, (int)end) + "]}";
    }
}

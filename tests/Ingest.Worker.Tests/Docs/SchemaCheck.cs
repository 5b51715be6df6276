using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ingest.Worker.Tests.Docs;

/// <summary>Holds a document to a JSON Schema, as far as <see cref="SettingsSchema"/> uses its words; another word in a schema is an error.</summary>
internal static class SchemaCheck
{
    private static readonly HashSet<string> Told = ["$schema", "description", "default"];

    /// <summary>What does not fit, by its path.</summary>
    public static IEnumerable<string> Faults(JsonNode? document, JsonObject schema, string path = "") =>
        schema.Where(static rule => !Told.Contains(rule.Key)).SelectMany(rule => Faults(document, rule.Key, rule.Value!, schema, path));

    private static IEnumerable<string> Faults(JsonNode? document, string rule, JsonNode value, JsonObject schema, string path) => rule switch
    {
        "type" => Types(value).Any(type => Is(document, type)) ? [] : [$"{path} is no {value}"],
        "enum" => value.AsArray().Any(word => JsonNode.DeepEquals(word, document)) ? [] : [$"{path} is none of {value.ToJsonString()}"],
        "pattern" => Text(document) is { } text && !Regex.IsMatch(text, value.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(1))
            ? [$"{path} does not match {value}"]
            : [],
        "minLength" => Text(document) is { } text && text.Length < value.GetValue<int>() ? [$"{path} is too short"] : [],
        "minimum" => Is(document, "number") && Number(document!) < Number(value) ? [$"{path} is below {value}"] : [],
        "maximum" => Is(document, "number") && Number(document!) > Number(value) ? [$"{path} is above {value}"] : [],
        "required" => document is JsonObject section
            ? value.AsArray().Where(name => !section.ContainsKey(name!.GetValue<string>())).Select(name => $"{path} has no {name}")
            : [],
        "items" => document is JsonArray list ? list.SelectMany((item, at) => Faults(item, value.AsObject(), $"{path}:{at}")) : [],
        "anyOf" => value.AsArray().Any(choice => !Faults(document, choice!.AsObject(), path).Any()) ? [] : [$"{path} fits no choice"],
        "properties" => document is JsonObject section
            ? value.AsObject().Where(property => section.ContainsKey(property.Key))
                .SelectMany(property => Faults(section[property.Key], property.Value!.AsObject(), $"{path}:{property.Key}"))
            : [],
        "additionalProperties" => document is JsonObject section
            ? section.Where(property => schema["properties"]?[property.Key] is null).SelectMany(property => value is JsonObject other
                ? Faults(property.Value, other, $"{path}:{property.Key}")
                : [$"{path}:{property.Key} is not known"])
            : [],
        _ => throw new NotSupportedException(rule),
    };

    private static IEnumerable<string> Types(JsonNode value) =>
        value is JsonArray several ? several.Select(static each => each!.GetValue<string>()) : [value.GetValue<string>()];

    private static string? Text(JsonNode? document) => Is(document, "string") ? document!.GetValue<string>() : null;

    private static bool Is(JsonNode? document, string type) => document?.GetValueKind() switch
    {
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        JsonValueKind.Number => type == "number" || type == "integer" && Number(document) % 1 == 0,
        _ => false,
    };

    private static decimal Number(JsonNode value) => decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);
}

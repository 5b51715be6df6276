using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage.Duplicates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Ingest.Worker.Tests.Docs;

/// <summary>
/// Makes the JSON Schema (draft 7, which editors know best) of a settings file out of the options classes: names, types, bounds, defaults and what is said of
/// each.
/// </summary>
internal static class SettingsSchema
{
    public const string File = "appsettings.schema.json";

    private const string TimePattern = @"^(\d+\.)?\d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,7})?)?$";

    /// <summary>The schema as it is written to the file.</summary>
    /// <param name="classes">Each section, <c>NAME</c> standing for names of the user's, with its class.</param>
    public static JsonObject Write(IEnumerable<(string Section, Type Options)> classes)
    {
        var root = Section("The settings of ingest-worker.", isClosed: false);
        root.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        root["properties"]!["$schema"] = Of("string");
        root["properties"]!["ConnectionStrings"] = Connections();
        root["properties"]!["Logging"] = Logging();
        var inOrder = classes.Select(static each => (Names: each.Section.Split(':'), each.Options))
            .OrderBy(static each => each.Names.Length)
            .ThenBy(static each => each.Names[^1], StringComparer.Ordinal);
        foreach (var (names, options) in inOrder)
        {
            var parent = names[..^1].Aggregate(root, Child);
            if (Place(parent, names[^1]) is not null) continue;
            var schema = SectionOf(options);
            if (names[^1] == "NAME") parent["additionalProperties"] = schema;
            else parent["properties"]![names[^1]] = schema;
        }

        return root;
    }

    private static JsonObject Child(JsonObject parent, string name) =>
        Place(parent, name) as JsonObject ?? (JsonObject)(parent["properties"]![name] = Section(null, isClosed: true));

    private static JsonNode? Place(JsonObject parent, string name) =>
        name == "NAME" ? parent["additionalProperties"] as JsonObject : parent["properties"]![name];

    private static JsonObject SectionOf(Type options)
    {
        var section = Section(Said(SettingSummary.TextOf($"T:{options.FullName}", options.Assembly)), isClosed: true);
        var defaults = Activator.CreateInstance(options, nonPublic: true)!;
        foreach (var setting in SettingsTable.Settings(options)) section["properties"]![setting.Name] = Setting(setting, setting.GetValue(defaults));
        if (options == typeof(SourceOptions)) section["required"] = new JsonArray("Url");

        // The one section that may be a word alone.
        if (options == typeof(DuplicatesOptions)) return new JsonObject { ["anyOf"] = new JsonArray(Words(Enum.GetNames<DuplicatesMode>()), section) };
        return section;
    }

    private static JsonObject Setting(PropertyInfo setting, object? value)
    {
        var type = Nullable.GetUnderlyingType(setting.PropertyType) ?? setting.PropertyType;
        var schema = type == typeof(string) && setting.DeclaringType == typeof(SourceOptions) ? SourceText(setting) : Value(type);
        if (setting.GetCustomAttribute<RangeAttribute>() is { } range && schema.ContainsKey("type") && type != typeof(TimeSpan)) Bound(schema, range, type);
        if (schema["type"]?.GetValue<string>() == "string" && (setting.IsDefined(typeof(RequiredAttribute)) || setting.IsDefined(typeof(MinLengthAttribute))))
            schema["minLength"] = 1;
        if (Said(SettingSummary.TextOf($"P:{setting.DeclaringType!.FullName}.{setting.Name}", setting.DeclaringType.Assembly)) is { Length: > 0 } said)
        {
            schema.Remove("description");
            schema.Insert(0, "description", said);
        }

        if (Default(value) is { } byDefault) schema["default"] = byDefault;
        return schema;
    }

    private static JsonObject Value(Type type)
    {
        if (type == typeof(bool)) return Of("boolean");
        if (type == typeof(int) || type == typeof(long)) return Of("integer");
        if (type == typeof(double)) return Of("number");
        if (type == typeof(string)) return Of("string");
        if (type == typeof(TimeSpan)) return Of("string", ("pattern", TimePattern));
        if (type.IsEnum && !type.IsDefined(typeof(FlagsAttribute))) return Words(Enum.GetNames(type));
        if (type.IsEnum) return Of("string", ("pattern", $"^({Any(type)})( *, *({Any(type)}))*$"));
        if (!type.IsAssignableTo(typeof(IEnumerable))) return SectionOf(type);
        return type.GetGenericArguments().Length == 2
            ? new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") } }
            : new JsonObject { ["type"] = "array", ["items"] = Of("string") };
    }

    // Settings of sources are texts in their class, so that one of them that is wrong costs no other source.
    private static JsonObject SourceText(PropertyInfo setting) => setting.Name switch
    {
        nameof(SourceOptions.Url) => Of("string", ("pattern", "^ *[hH][tT][tT][pP][sS]?://")),
        nameof(SourceOptions.FullText) => Words(Enum.GetNames<FullText>()),
        nameof(SourceOptions.Interval) => Of("string", ("pattern", TimePattern)),
        _ => SettingSummary.Of($"P:{typeof(SourceOptions).FullName}.{setting.Name}", typeof(SourceOptions).Assembly).StatedDefault is "true" or "false"
            ? Of("boolean")
            : Of("string"),
    };

    private static void Bound(JsonObject schema, RangeAttribute range, Type type)
    {
        schema["minimum"] = Number(range.Minimum, type);
        if (range.Maximum is not (double and >= long.MaxValue)) schema["maximum"] = Number(range.Maximum, type);
    }

    // An attribute holds long numbers as double ones.
    private static JsonNode Number(object bound, Type type) => type == typeof(double)
        ? JsonValue.Create(Convert.ToDouble(bound, CultureInfo.InvariantCulture))
        : JsonValue.Create(Convert.ToInt64(bound, CultureInfo.InvariantCulture));

    private static JsonNode? Default(object? value) => value switch
    {
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        string text => JsonValue.Create(text),
        TimeSpan time => JsonValue.Create(time.ToString("c", CultureInfo.InvariantCulture)),
        Enum word => JsonValue.Create(word.ToString()),
        _ => null,
    };

    private static JsonObject Connections() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["Ingest"] = Of(
                "string",
                ("description", "The PostgreSQL database: Host=…;Database=…, a postgresql:// URI, or file:/path or env:NAME. Empty: the embedded one.")),
        },
    };

    private static JsonObject Logging() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["LogLevel"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = Words(Enum.GetNames<LogLevel>()) },
            ["Console"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["FormatterName"] = Words(ConsoleFormatterNames.Simple, ConsoleFormatterNames.Json, ConsoleFormatterNames.Systemd),
                },
            },
        },
    };

    private static JsonObject Section(string? said, bool isClosed)
    {
        var section = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() };
        if (said is { Length: > 0 }) section.Insert(0, "description", said);
        if (isClosed) section["additionalProperties"] = false;
        return section;
    }

    private static JsonObject Of(string type, params (string Key, string Value)[] more)
    {
        var schema = new JsonObject { ["type"] = type };
        foreach (var (key, value) in more) schema[key] = value;
        return schema;
    }

    private static JsonObject Words(params string[] words) => new() { ["enum"] = new JsonArray([.. words.Select(static word => (JsonNode)word)]) };

    private static string Any(Type words) => string.Join('|', Enum.GetNames(words));

    // Summaries are Markdown; editors show descriptions as they are.
    private static string Said(string summary) =>
        summary.Replace("&lt;", "<", StringComparison.Ordinal).Replace("\\|", "|", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);
}

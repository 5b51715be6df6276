using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Operations;

/// <summary>
/// Holds a configuration section against its options class and tells everything that is wrong with it at once, where the binder would stop at
/// the first: settings that do not exist, values that are no value of their type, values out of range.
/// </summary>
internal static class SettingsCheck
{
    /// <summary>One sentence a fault: key, value and what would be right.</summary>
    public static IEnumerable<string> Faults<TOptions>(IConfiguration configuration, string sectionName)
        where TOptions : new() => Faults(configuration.GetSection(sectionName), typeof(TOptions));

    private static IEnumerable<string> Faults(IConfigurationSection section, Type options)
    {
        if (section.Value is { Length: > 0 }) return [$"{section.Path} is '{section.Value}': give a section of settings."];
        var properties = options.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        return section.GetChildren().SelectMany(child =>
            properties.FirstOrDefault(property => string.Equals(property.Name, child.Key, StringComparison.OrdinalIgnoreCase)) is { } property
                ? SettingFaults(child, property)
                : [$"{child.Path} is not a valid setting: {Nearest(child.Key, [.. properties.Select(static property => property.Name)])}"]);
    }

    private static IEnumerable<string> SettingFaults(IConfigurationSection setting, PropertyInfo property)
    {
        var isList = property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable));
        if (isList && setting.Value is { Length: > 0 })
        {
            yield return $"{setting.Path} is '{setting.Value}': give a list.";
            yield break;
        }

        if (!isList && property.PropertyType is { IsClass: true, IsArray: false } && property.PropertyType != typeof(string))
        {
            foreach (var fault in Faults(setting, property.PropertyType)) yield return fault;
            yield break;
        }

        if (isList || setting.Value is null) yield break;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (setting.Value.Length == 0 && type != property.PropertyType) yield break;
        if (!TryConvert(setting.Value, type, out var value))
            yield return $"{setting.Path} is '{setting.Value}': give {Describe(type)}.";
        else if (property.GetCustomAttribute<RangeAttribute>() is { } range && !range.IsValid(value))
            yield return $"{setting.Path} is '{Say(value)}': give a value from {Say(range.Minimum)} to {Say(range.Maximum)}.";
        else if (property.GetCustomAttributes<ValidationAttribute>().Any(
            attribute => attribute is RequiredAttribute or MinLengthAttribute && !attribute.IsValid(value)))
            yield return $"{setting.Path} is empty: give a value, or leave it out for the default.";
    }

    private static bool TryConvert(string text, Type type, out object? value)
    {
        value = null;

        // A bare number would be a number of days, which nobody means.
        if (type == typeof(TimeSpan) && !text.Contains(':', StringComparison.Ordinal)) return false;
        try
        {
            value = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
            return true;
        }
        catch (Exception error) when (error is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    private static string Describe(Type type) =>
        type == typeof(TimeSpan) ? "a time as [d.]hh:mm:ss"
        : type == typeof(bool) ? "true or false"
        : type.IsEnum ? string.Join(" or ", Enum.GetNames(type))
        : type == typeof(double) ? "a number"
        : "a whole number";

    /// <summary>What may have been meant: the name that is nearest, or all there are. A sentence without its beginning.</summary>
    public static string Nearest(string key, IReadOnlyCollection<string> names) =>
        Meant(key, names) is { } meant ? $"did you mean {meant}?"
            : names.Count == 0 ? "there are none."
            : $"there are {string.Join(", ", names.Order(StringComparer.Ordinal))}.";

    /// <summary>The name that was surely meant; null for none.</summary>
    public static string? Meant(string key, IReadOnlyCollection<string> names)
    {
        var nearest = names.MinBy(name => Distance(key.ToUpperInvariant(), name.ToUpperInvariant()));
        return nearest is not null && Distance(key.ToUpperInvariant(), nearest.ToUpperInvariant()) <= Math.Min(3, nearest.Length / 2) ? nearest : null;
    }

    /// <summary>The names, the likeliest to have been meant first: those that hold the key or are held by it, then by what differs.</summary>
    public static IEnumerable<string> ByDistance(string key, IReadOnlyCollection<string> names) => names
        .OrderByDescending(
            name => key.Length > 1 && (name.Contains(key, StringComparison.OrdinalIgnoreCase) || key.Contains(name, StringComparison.OrdinalIgnoreCase)))
        .ThenBy(name => Distance(key.ToUpperInvariant(), name.ToUpperInvariant()))
        .ThenBy(static name => name, StringComparer.Ordinal);

    // Levenshtein distance, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], cost);
            }
        }

        return row[^1];
    }

    private static string Say(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}

using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Ingest.Worker.Tests.Docs;

/// <summary>Writes the table of an options class: each setting with its type, default and bounds, and what its summary says.</summary>
internal static class SettingsTable
{
    public static string Write(Type options)
    {
        var defaults = Activator.CreateInstance(options, nonPublic: true)!;
        var text = new StringBuilder("| setting | type | default | bounds | meaning |\n|---|---|---|---|---|\n");
        foreach (var setting in Settings(options))
        {
            var summary = SummaryOf(setting);
            var byDefault = Default(setting, setting.GetValue(defaults), summary);
            string[] cells = [$"`{setting.Name}`", TypeOf(setting), byDefault, Bounds(setting), summary.Meaning + Values(setting)];
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }

        return text.ToString();
    }

    /// <summary>What is wrong: settings without a summary, or with one that states another default than the class has.</summary>
    public static IEnumerable<string> Faults(Type options)
    {
        var defaults = Activator.CreateInstance(options, nonPublic: true)!;
        foreach (var setting in Settings(options))
        {
            var summary = SummaryOf(setting);
            if (summary.Meaning.Length == 0) yield return $"{options.Name}.{setting.Name} has no summary.";
            if (summary.StatedDefault is { } stated && setting.GetValue(defaults) is { } value && !Agrees(setting, stated, value))
                yield return $"{options.Name}.{setting.Name} is {Say(setting, value)} by default; its summary says {stated}.";
        }
    }

    public static IEnumerable<PropertyInfo> Settings(Type options) =>
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static setting => setting.SetMethod is not null)
            .OrderBy(static setting => setting.MetadataToken);

    private static SettingSummary SummaryOf(PropertyInfo setting) =>
        SettingSummary.Of($"P:{setting.DeclaringType!.FullName}.{setting.Name}", setting.DeclaringType.Assembly);

    private static bool Agrees(PropertyInfo setting, string stated, object value) => value switch
    {
        string text => stated == $"`{text}`",
        bool flag => (stated is "true" or "yes") == flag,
        TimeSpan time => TimeOf(stated) == time,
        Enum word => stated.Trim('`') == (Say(setting, word) is "none" ? "none" : word.ToString()),
        long => Say(setting, value).Contains(stated, StringComparison.Ordinal),
        int or double => Say(setting, value) == stated,
        IEnumerable all => stated == "none" && !all.Cast<object>().Any(),
        _ => true,
    };

    private static TimeSpan? TimeOf(string stated) =>
        stated.Split(' ') is [var number, var unit] && double.TryParse(number, CultureInfo.InvariantCulture, out var count)
            ? unit switch
            {
                "ms" => TimeSpan.FromMilliseconds(count),
                "s" or "seconds" => TimeSpan.FromSeconds(count),
                "min" or "minutes" => TimeSpan.FromMinutes(count),
                "h" => TimeSpan.FromHours(count),
                "day" or "days" => TimeSpan.FromDays(count),
                _ => null,
            }
            : null;

    private static string TypeOf(PropertyInfo setting)
    {
        var type = Nullable.GetUnderlyingType(setting.PropertyType) ?? setting.PropertyType;
        if (type == typeof(TimeSpan)) return "time";
        if (type == typeof(bool)) return "true or false";
        if (type == typeof(double)) return "number";
        if (type == typeof(int) || type == typeof(long)) return "whole number";
        if (type.IsEnum) return type.IsDefined(typeof(FlagsAttribute)) ? "words" : "word";
        if (type == typeof(string)) return "text";
        if (!type.IsAssignableTo(typeof(IEnumerable))) return "section";
        return type.GetGenericArguments().Length == 2 ? "texts by name" : "list of texts";
    }

    private static string Default(PropertyInfo setting, object? value, SettingSummary summary) => value switch
    {
        null => TypeOf(setting) == "section" ? "none" : summary.StatedDefault ?? "see right",
        string text => $"`{text}`",
        IEnumerable => "none",
        _ when TypeOf(setting) == "section" => "off",
        _ => Say(setting, value),
    };

    private static string Bounds(PropertyInfo setting)
    {
        if (setting.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            var (least, most) = (Bound(setting, range, range.Minimum), Bound(setting, range, range.Maximum));
            return range.Maximum is double and >= long.MaxValue ? $"{least} or more" : $"{least} to {most}";
        }

        return setting.IsDefined(typeof(RequiredAttribute)) || setting.IsDefined(typeof(MinLengthAttribute)) ? "not empty" : "";
    }

    // An attribute holds times as text, and long numbers as double ones.
    private static string Bound(PropertyInfo setting, RangeAttribute range, object bound) => Say(setting, bound switch
    {
        string text when range.OperandType == typeof(TimeSpan) => TimeSpan.Parse(text, CultureInfo.InvariantCulture),
        double number when range.OperandType == typeof(double) && TypeOf(setting) == "whole number" => (long)number,
        _ => bound,
    });

    private static string Say(PropertyInfo setting, object value) => value switch
    {
        TimeSpan time => Words(time),
        bool flag => flag ? "true" : "false",
        Enum word when Convert.ToInt64(word, CultureInfo.InvariantCulture) == 0 && word.GetType().IsDefined(typeof(FlagsAttribute)) => "none",
        Enum word => $"`{word}`",
        string text => $"`{text}`",
        // All of them are numbers of bytes but the number of articles, which has no upper bound.
        long bytes when setting.Name != "MaxArticles" => string.Create(CultureInfo.InvariantCulture, $"{bytes} ({Bytes(bytes)})"),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Words(TimeSpan time)
    {
        if (time == TimeSpan.Zero) return "0";
        (double Count, string Unit)[] units =
            [(time.TotalDays, "days"), (time.TotalHours, "h"), (time.TotalMinutes, "min"), (time.TotalSeconds, "s"), (time.TotalMilliseconds, "ms")];
        var (count, unit) = units.First(static unit => unit.Count >= 1 && (unit.Count % 1 == 0 || unit.Unit == "s"));
        return string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 && unit == "days" ? "day" : unit)}");
    }

    private static string Bytes(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        var unit = 0;
        for (; bytes >= 1024 && bytes % 1024 == 0 && unit < units.Length - 1; unit++) bytes /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{bytes} {units[unit]}");
    }

    // The values of a word whose class explains them.
    private static string Values(PropertyInfo setting)
    {
        var type = Nullable.GetUnderlyingType(setting.PropertyType) ?? setting.PropertyType;
        if (!type.IsEnum) return "";
        var values = Enum.GetNames(type).Where(static name => name != "None")
            .Select(name => (Name: name, Text: SettingSummary.TextOf($"F:{type.FullName}.{name}", type.Assembly)))
            .Select(static value => value.Text.Length == 0 ? $"`{value.Name}`" : $"`{value.Name}`: {value.Text.TrimEnd('.')}");
        return $" Values: {string.Join("; ", values)}.";
    }
}

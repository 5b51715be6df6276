using System.Globalization;
using System.Text.RegularExpressions;
using Ingest.Worker.Sources;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Ingestion.Sources;

/// <summary>Reads which entries of a source are taken.</summary>
internal static class FilterReader
{
    private const int LongestExpression = 1_000;

    // In time that grows with the text and nothing else, whatever the expression and the text are.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>Reads the sections of a source; faults are added to the list.</summary>
    public static EntryFilter Read(IConfigurationSection source, List<string> faults)
    {
        var keep = Rules(source.GetSection(nameof(SourceOptions.Keep)), faults);
        var block = Rules(source.GetSection(nameof(SourceOptions.Block)), faults);
        return keep.Count + block.Count == 0 ? EntryFilter.None : new EntryFilter(keep, block);
    }

    private static List<FilterRule> Rules(IConfigurationSection section, List<string> faults)
    {
        var names = Enum.GetNames<FilterField>();
        if (section.Value is { Length: > 0 }) faults.Add($"{section.Path} is '{section.Value}': give a section with {string.Join(", ", names)}.");
        var rules = new List<FilterRule>();
        foreach (var setting in section.GetChildren())
        {
            if (names.FirstOrDefault(name => name.Equals(setting.Key, StringComparison.OrdinalIgnoreCase)) is not { } name)
                faults.Add($"{setting.Path} is not a setting of a filter: use {string.Join(", ", names)}.");
            else if (Expression(setting, out var fault) is { } expression) rules.Add(new FilterRule(Enum.Parse<FilterField>(name), expression));
            else faults.Add($"{setting.Path} {fault}.");
        }

        return rules;
    }

    private static Regex? Expression(IConfigurationSection setting, out string fault)
    {
        fault = "";
        if (string.IsNullOrEmpty(setting.Value)) fault = "is empty: give a regular expression";
        else if (setting.Value.Length > LongestExpression)
            fault = string.Create(CultureInfo.InvariantCulture, $"has {setting.Value.Length} characters: give an expression of at most {LongestExpression}");
        if (fault.Length > 0) return null;
        try
        {
            return new Regex(setting.Value!, Options);
        }
        catch (RegexParseException error)
        {
            fault = $"is '{setting.Value}', which is no regular expression: {error.Message.TrimEnd('.')}";
        }
        catch (NotSupportedException)
        {
            fault = $"is '{setting.Value}': give an expression without lookarounds, backreferences and atomic groups, which can take forever";
        }

        return null;
    }
}

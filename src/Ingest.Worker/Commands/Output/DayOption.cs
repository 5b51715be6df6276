using System.CommandLine;
using System.Globalization;

namespace Ingest.Worker.Commands.Output;

/// <summary>A day on the command line.</summary>
internal static class DayOption
{
    public static Option<string?> Create(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && DayOf(text) is null) result.AddError($"{name} {text} is not a day; write YYYY-MM-DD.");
        });
        return option;
    }

    public static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

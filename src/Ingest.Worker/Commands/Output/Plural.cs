using System.Globalization;

namespace Ingest.Worker.Commands.Output;

/// <summary>Numbers of things, in words.</summary>
internal static class Plural
{
    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The number with its noun, which takes an s where there is not one of it.</summary>
    public static string Of(long number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}

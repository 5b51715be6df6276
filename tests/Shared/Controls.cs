using System.Globalization;
using System.Text;

namespace Ingest.Tests;

/// <summary>Characters that do something to a terminal, to a line or to the order of letters, or hide.</summary>
internal static class Controls
{
    public static bool Act(string text) => text.EnumerateRunes().Any(static rune => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}

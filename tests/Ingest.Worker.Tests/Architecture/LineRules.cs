namespace Ingest.Worker.Tests.Architecture;

/// <summary>Lines that do not fit beside another file.</summary>
internal static class LineRules
{
    public const int Longest = 160;

    /// <summary>Lines that are too long, each as <c>path:line</c>.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mayHoldData">Whether its raw strings are data of tests, which stay as they are.</param>
    public static IEnumerable<string> LongLines(SourceText file, bool mayHoldData)
    {
        var (start, isInside) = (0, false);
        foreach (var line in file.Text.Split('\n'))
        {
            var marks = line.Split("\"\"\"").Length - 1;
            var isData = isInside || marks > 0;
            isInside ^= marks % 2 == 1;
            if (line.Length > Longest && !(mayHoldData && isData)) yield return file.PlaceOf(start);
            start += line.Length + 1;
        }
    }
}

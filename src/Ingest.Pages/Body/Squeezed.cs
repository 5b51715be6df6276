namespace Ingest.Pages.Body;

/// <summary>Text reduced to its letters and digits in lower case, to compare texts whose spaces and marks differ.</summary>
internal static class Squeezed
{
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        return string.Create(Count(text), text, static (span, from) =>
        {
            var to = 0;
            foreach (var c in from)
            {
                if (char.IsLetterOrDigit(c)) span[to++] = char.ToLowerInvariant(c);
            }
        });
    }

    private static int Count(string text)
    {
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c)) count++;
        }

        return count;
    }
}

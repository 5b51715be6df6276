namespace Ingest.Worker.Operations.Site;

/// <summary>What differs between two texts, paragraph by paragraph: the longest common run of them stays, in their order.</summary>
internal static class TextDiff
{
    // Beyond so many paragraphs only those at the beginning and the end are compared, which is linear.
    private const int Most = 400;

    public static Html Between(string before, string after)
    {
        var (old, now) = (Paragraphs(before), Paragraphs(after));
        var (start, end) = (0, 0);
        while (start < old.Length && start < now.Length && old[start] == now[start]) start++;
        while (end < old.Length - start && end < now.Length - start && old[^(end + 1)] == now[^(end + 1)]) end++;
        var (gone, come) = (old[start..^end], now[start..^end]);
        var between = gone.Length > Most || come.Length > Most
            ? gone.Select(Gone).Concat(come.Select(Come))
            : Changes(gone, come);
        return Html.Of($"{Kept(start)}{between}{Kept(end)}");
    }

    private static IEnumerable<Html> Changes(string[] old, string[] now)
    {
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                yield return Html.Of($"<p>{old[i]}</p>");
                (i, j) = (i + 1, j + 1);
            }
            else if (j == now.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                yield return Gone(old[i++]);
            }
            else
            {
                yield return Come(now[j++]);
            }
        }
    }

    private static string[] Paragraphs(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Html Gone(string text) => Html.Of($"<p>− <del>{text}</del></p>\n");

    private static Html Come(string text) => Html.Of($"<p>+ <ins>{text}</ins></p>\n");

    private static Html Kept(int paragraphs) =>
        paragraphs == 0 ? Html.None : Html.Of($"<p class=\"soft\">… {paragraphs} {(paragraphs == 1 ? "paragraph" : "paragraphs")} as before …</p>\n");
}

using System.Text;
using AngleSharp.Dom;

namespace Ingest.Pages.Body.Blocks.Runs;

/// <summary>
/// Reads text that stands twice, once for eyes and once for ears: a decorated initial or price is hidden from screen readers, and its copy from eyes.
/// One of them belongs to the sentence.
/// </summary>
internal static class SpokenCopy
{
    private const int Longest = 200;
    private const int MostSiblings = 8;
    private const int LongestInitial = 2;

    /// <summary>Whether a hidden element is all that says a word of the sentence.</summary>
    public static bool IsNeeded(IElement hidden) => IsHiddenFromEars(hidden) ? IsInitial(hidden) : IsCopy(hidden);

    /// <summary>The letter that a picture before the rest of its word stands for; null when it is a picture.</summary>
    public static string? LetterOf(IElement picture) =>
        picture.GetAttribute("alt") is { Length: 1 } alt && char.IsUpper(alt[0]) && BeginsWithLetter(picture.NextSibling) ? alt : null;

    private static bool IsHiddenFromEars(IElement element) => element.GetAttribute("aria-hidden") is "true";

    // An initial without a copy: the rest of its word follows at once.
    private static bool IsInitial(IElement element) =>
        Before(element) is null && BeginsWithLetter(element.NextSibling) && Letters([element]) is { Length: > 0 and <= LongestInitial };

    private static bool BeginsWithLetter(INode? node) => node is IText { Data: { Length: > 0 } text } && char.IsLetter(text[0]);

    private static bool IsCopy(IElement element)
    {
        var said = Letters([element]);
        return said.Length > 0 && (Says(Run(element, Before), said) || Says(Run(element, After), said));
    }

    // Without a name an element is shown, as nothing but its being unheard speaks against it.
    private static bool Says(List<IElement> run, string text) => run.TrueForAll(static element => element.HasAttribute("class")) && Letters(run) == text;

    // The elements beside one that are hidden from screen readers, in reading order.
    private static List<IElement> Run(IElement element, Func<INode, INode?> next)
    {
        var run = new List<IElement>();
        for (var node = next(element); node is IElement { } at && run.Count < MostSiblings && IsHiddenFromEars(at); node = next(at)) run.Add(at);
        if (next == Before) run.Reverse();
        return run;
    }

    private static INode? Before(INode node) => node.PreviousSibling is IText blank && string.IsNullOrWhiteSpace(blank.Data)
        ? blank.PreviousSibling
        : node.PreviousSibling;

    private static INode? After(INode node) => node.NextSibling is IText blank && string.IsNullOrWhiteSpace(blank.Data) ? blank.NextSibling : node.NextSibling;

    private static string Letters(IEnumerable<IElement> elements)
    {
        var letters = new StringBuilder();
        var left = Longest;
        foreach (var element in elements) Gather(element, letters, ref left);
        return letters.ToString();
    }

    private static void Gather(INode parent, StringBuilder letters, ref int left)
    {
        var nodes = parent.ChildNodes;
        for (var i = 0; i < nodes.Length && left > 0; i++)
        {
            left--;
            if (nodes[i] is not IText text)
            {
                Gather(nodes[i], letters, ref left);
                continue;
            }

            foreach (var c in text.Data)
            {
                if (--left <= 0) return;
                if (char.IsLetterOrDigit(c)) letters.Append(c);
            }
        }
    }
}

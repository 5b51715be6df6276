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
    /// <param name="hidden">The element.</param>
    /// <param name="at">Its place among its siblings, which the parser's nodes do not know.</param>
    public static bool IsNeeded(IElement hidden, int at) => IsHiddenFromEars(hidden) ? IsInitial(hidden, at) : IsCopy(hidden, at);

    /// <summary>The letter that a picture before the rest of its word stands for; null when it is a picture.</summary>
    public static string? LetterOf(IElement picture, int at) =>
        picture.GetAttribute("alt") is { Length: 1 } alt && char.IsUpper(alt[0]) && BeginsWithLetter(NodeAt(Siblings(picture), at + 1)) ? alt : null;

    private static INodeList Siblings(IElement element) => element.Parent!.ChildNodes;

    private static INode? NodeAt(INodeList nodes, int at) => at >= 0 && at < nodes.Length ? nodes[at] : null;

    private static bool IsHiddenFromEars(IElement element) => element.GetAttribute("aria-hidden") is "true";

    // An initial without a copy: the rest of its word follows at once.
    private static bool IsInitial(IElement element, int at) =>
        NodeAt(Siblings(element), Next(Siblings(element), at, -1)) is null && BeginsWithLetter(NodeAt(Siblings(element), at + 1))
            && Letters([element]) is { Length: > 0 and <= LongestInitial };

    private static bool BeginsWithLetter(INode? node) => node is IText { Data: { Length: > 0 } text } && char.IsLetter(text[0]);

    private static bool IsCopy(IElement element, int at)
    {
        var said = Letters([element]);
        return said.Length > 0 && (Says(Run(element, at, -1), said) || Says(Run(element, at, 1), said));
    }

    // Without a name an element is shown, as nothing but its being unheard speaks against it.
    private static bool Says(List<IElement> run, string text) => run.TrueForAll(static element => element.HasAttribute("class")) && Letters(run) == text;

    // The elements on one side that are hidden from screen readers, in reading order.
    private static List<IElement> Run(IElement element, int from, int step)
    {
        var run = new List<IElement>();
        var nodes = Siblings(element);
        for (var at = Next(nodes, from, step); NodeAt(nodes, at) is IElement next && IsHiddenFromEars(next) && run.Count < MostSiblings;)
        {
            run.Add(next);
            at = Next(nodes, at, step);
        }

        if (step < 0) run.Reverse();
        return run;
    }

    // The place beside one, over a blank.
    private static int Next(INodeList nodes, int at, int step) =>
        NodeAt(nodes, at + step) is IText blank && string.IsNullOrWhiteSpace(blank.Data) ? at + (2 * step) : at + step;

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

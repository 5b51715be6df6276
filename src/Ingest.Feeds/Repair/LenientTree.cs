using System.Xml.Linq;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Repair;

/// <summary>A tree read from XML that is none, with what was wrong in words.</summary>
/// <param name="Root">The root element; null when there was no element at all.</param>
/// <param name="Repairs">In the order of first sight, each once.</param>
internal sealed record LenientTree(XElement? Root, IReadOnlyList<string> Repairs)
{
    /// <summary>Builds a tree from anything: every tag that can be told is an element, everything else is text. Linear in the length of the text.</summary>
    public static LenientTree Parse(string text, ReadingLimit limit)
    {
        var builder = new LenientBuilder();
        var scanner = new LenientScanner(text, builder, limit);
        scanner.Run();
        return new LenientTree(builder.Finish(), builder.Repairs);
    }
}

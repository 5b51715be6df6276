using System.Collections.Frozen;
using System.Text;
using System.Xml.Linq;

namespace Ingest.Feeds.Markup;

/// <summary>Writes the elements inside an entry back as HTML.</summary>
internal static class MarkupWriter
{
    /// <summary>Elements of HTML that never have content.</summary>
    private static readonly FrozenSet<string> Void = new[]
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Appends what is inside <paramref name="element"/>, stopping when <paramref name="max"/> characters are written.</summary>
    public static void WriteContent(XElement element, StringBuilder markup, int max)
    {
        foreach (var node in element.Nodes())
        {
            if (markup.Length >= max) return;
            if (node is XText text) markup.Append(PlainAsHtml.Escape(text.Value));
            else if (node is XElement inner) WriteElement(inner, markup, max);
        }
    }

    // As deep as the tree, which FeedLimits.MaxDepth bounds.
    private static void WriteElement(XElement element, StringBuilder markup, int max)
    {
        var name = element.Name.LocalName;
        markup.Append('<').Append(name);
        foreach (var attribute in element.Attributes())
        {
            if (attribute.IsNamespaceDeclaration) continue;
            markup.Append(' ').Append(attribute.Name.NamespaceName == XNamespace.Xml.NamespaceName ? "xml:" : "").Append(attribute.Name.LocalName)
                .Append("=\"").Append(PlainAsHtml.Escape(attribute.Value).Replace("\"", "&quot;", StringComparison.Ordinal)).Append('"');
        }

        markup.Append('>');
        if (Void.Contains(name) && !element.Nodes().Any()) return;
        WriteContent(element, markup, max);
        markup.Append("</").Append(name).Append('>');
    }
}

using System.IO;
using System.Text;
using System.Xml;
using Ingest.Text.Secrets;

namespace Ingest.Worker.Commands.SourceLists.Opml;

/// <summary>Writes subscription lists in OPML 2.0 (opml.org/spec2.opml).</summary>
internal static class OpmlWriter
{
    public static void Write(Stream stream, IReadOnlyList<OpmlFeed> feeds)
    {
        using var xml = XmlWriter.Create(
            stream, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), CloseOutput = false, CheckCharacters = true });
        xml.WriteStartElement("opml");
        xml.WriteAttributeString("version", "2.0");
        xml.WriteStartElement("head");
        xml.WriteElementString("title", "Sources of Ingest.Worker");
        xml.WriteEndElement();
        xml.WriteStartElement("body");
        foreach (var feed in feeds) Write(xml, feed);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, OpmlFeed feed)
    {
        xml.WriteStartElement("outline");
        xml.WriteAttributeString("text", Fit(feed.Text ?? feed.Url.Host));
        if (feed.Title is { Length: > 0 } title) xml.WriteAttributeString("title", Fit(title));
        xml.WriteAttributeString("type", "rss");
        xml.WriteAttributeString("xmlUrl", feed.Url.AbsoluteUri);
        if (feed.SiteUrl is { Length: > 0 } site) xml.WriteAttributeString("htmlUrl", Fit(site));

        // A comma would part one tag into two.
        if (feed.Tags.Count > 0) xml.WriteAttributeString("category", Fit(string.Join(',', feed.Tags.Select(static tag => tag.Replace(',', ' ')))));
        xml.WriteEndElement();
    }

    // Titles come from feeds, which may hold characters that XML does not, and others that no reader should be shown.
    private static string Fit(string text)
    {
        text = SafeLine.Of(text);
        var fit = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) fit.Append(text[i]).Append(text[++i]);
            else if (XmlConvert.IsXmlChar(text[i])) fit.Append(text[i]);
        }

        return fit.ToString();
    }
}

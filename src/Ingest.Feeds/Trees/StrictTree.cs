using System.IO;
using System.Xml;
using System.Xml.Linq;
using Ingest.Text.Decoding;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Trees;

/// <summary>Well-formed XML to a tree, behind the guard.</summary>
internal static class StrictTree
{
    private const int CharactersAtOnce = 16 * 1024;

    /// <summary>The root element.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="encoding">What it is written in.</param>
    /// <param name="repairs">Takes what was read otherwise than it is written.</param>
    /// <param name="limit">Asked with each node.</param>
    /// <exception cref="XmlException">The document is not well-formed.</exception>
    /// <exception cref="FeedLimitException">The document is past a limit.</exception>
    public static XElement Load(byte[] bytes, EncodingChoice encoding, List<string> repairs, ReadingLimit limit)
    {
        using var text = new StreamReader(
            new MemoryStream(bytes, encoding.Skip, bytes.Length - encoding.Skip, writable: false),
            encoding.Encoding,
            detectEncodingFromByteOrderMarks: false,
            CharactersAtOnce);
        using var reader = new GuardedXmlReader(XmlReader.Create(text, Settings()), limit);
        var root = XDocument.Load(reader).Root!;
        if (reader.HasUnwrapped) repairs.Add("escaped CDATA marks left out");
        return root;
    }

    // A DTD is skipped, never read: its entities are the way to a billion laughs. A document that needs them fails here and is repaired.
    private static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = FeedLimits.MaxBytes,
        NameTable = new BoundedNames(),
        CloseInput = true,
    };
}

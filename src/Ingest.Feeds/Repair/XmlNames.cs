using System.Xml;

namespace Ingest.Feeds.Repair;

/// <summary>Makes XML names of what stands where a name should.</summary>
internal static class XmlNames
{
    private const int Longest = 100;

    /// <summary>The characters that a name without a prefix may hold; <c>x</c> when none remains.</summary>
    public static string Clean(string name)
    {
        var cut = name.Length <= Longest ? name : name[..Longest];
        if (cut.Length > 0 && XmlConvert.IsStartNCNameChar(cut[0]) && cut.All(XmlConvert.IsNCNameChar)) return cut;
        var kept = string.Concat(cut.SkipWhile(static c => !XmlConvert.IsStartNCNameChar(c)).Where(XmlConvert.IsNCNameChar));
        return kept.Length > 0 ? kept : "x";
    }
}

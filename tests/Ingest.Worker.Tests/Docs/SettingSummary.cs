using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Ingest.Worker.Tests.Docs;

/// <summary>What an options class says of a setting, taken from the XML documentation that the build writes beside the assembly.</summary>
/// <param name="Meaning">In Markdown, without the default where that is all that is said of it.</param>
/// <param name="StatedDefault">The default in the words of the summary; null when it states none.</param>
internal sealed partial record SettingSummary(string Meaning, string? StatedDefault)
{
    private static readonly Dictionary<string, Dictionary<string, XElement>> Files = [];

    /// <summary>Reads the summary of a member, by its documentation id: <c>T:Name</c>, <c>P:Name.Property</c>, <c>F:Name.Value</c>.</summary>
    public static SettingSummary Of(string id, System.Reflection.Assembly assembly) => Split(TextOf(id, assembly));

    /// <summary>The summary of a member as one line of Markdown; empty when there is none.</summary>
    public static string TextOf(string id, System.Reflection.Assembly assembly)
    {
        var name = assembly.GetName().Name!;
        if (!Files.TryGetValue(name, out var members))
        {
            var file = XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{name}.xml"));
            Files[name] = members = file.Descendants("member").ToDictionary(static member => member.Attribute("name")!.Value, StringComparer.Ordinal);
        }

        return members.GetValueOrDefault(id)?.Element("summary") is { } summary ? Space().Replace(Markdown(summary), " ").Trim() : "";
    }

    // "Default 5 min." alone is what the table's column says; "Default true; with false, …" says more, and stays.
    private static SettingSummary Split(string text)
    {
        if (text.EndsWith(" Required.", StringComparison.Ordinal)) return new SettingSummary(text[..^" Required.".Length], "required");
        var at = text.LastIndexOf(". Default ", StringComparison.Ordinal);
        if (at < 0) return new SettingSummary(text, null);
        var rest = text[(at + ". Default ".Length)..];
        var end = rest.IndexOf(". ", StringComparison.Ordinal);
        var statement = Range().Replace((end < 0 ? rest : rest[..end]).TrimEnd('.'), "");
        var stated = statement.Split([';', ':', ',', '('])[0].Trim();
        var tail = end < 0 ? "" : rest[(end + 1)..];
        return stated == statement
            ? new SettingSummary(text[..(at + 1)] + tail, stated)
            : new SettingSummary($"{text[..(at + 1)]} Default {statement}.{tail}", stated.Length == 0 ? null : stated);
    }

    private static string Markdown(XElement summary)
    {
        var text = new StringBuilder();
        foreach (var node in summary.Nodes())
        {
            if (node is XText plain) text.Append(plain.Value.Replace("<", "&lt;", StringComparison.Ordinal));
            else if (node is XElement { Name.LocalName: "see" } see) text.Append('`').Append(see.Attribute("cref")!.Value.Split('.')[^1]).Append('`');
            else if (node is XElement code) text.Append('`').Append(code.Value).Append('`');
        }

        return text.Replace("|", "\\|").ToString();
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Space();

    [GeneratedRegex(", range .*$", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Range();
}

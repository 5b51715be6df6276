using Ingest.Pages.Claims.People;
using Ingest.Text;

namespace Ingest.Pages.Claims.Marks;

/// <summary>Keeps the texts that begin as bylines do, also where one element says "By" and the next one who.</summary>
internal sealed class BylineTexts(PageSignals signals)
{
    private const int LongestByline = 120;
    private const int MostBylines = 30;

    // A text that only announces the name to come: "By".
    private string _lead = "";

    // The same in Chinese, where it ends a text.
    private string _reporter = "";

    public void Visit(string text, int order, ElementContext surroundings)
    {
        VisitEastAsian(text, order, surroundings);
        var begins = text.Length < LongestByline && Byline.MayBegin(text);
        if (_lead.Length == 0 && !begins) return;
        var line = PlainText.Line(_lead + text);
        var isLeadAlone = begins && _lead.Length == 0 && Byline.IsLead(line);
        if (!isLeadAlone && line.Length < LongestByline && signals.Bylines.Count < MostBylines && !surroundings.Any(ElementContext.Comments))
            signals.Bylines.Add(new TextMark(line, order, surroundings));
        _lead = isLeadAlone ? line + " " : "";
    }

    private void VisitEastAsian(string text, int order, ElementContext surroundings)
    {
        if (signals.Reporters.Count >= MostBylines || surroundings.Any(ElementContext.Elsewhere)) return;
        if (text.AsSpan().IndexOfAnyInRange('\u3040', '\uD7A3') < 0)
        {
            _reporter = "";
            return;
        }

        var line = PlainText.Line(_reporter + text);
        if (EastAsianByline.Names(line) is { Count: > 0 } names) signals.Reporters.Add(new NamesMark(names, order, surroundings));
        _reporter = !surroundings.Any(ElementContext.Link) && EastAsianByline.Announces(line) ? line + " " : "";
    }
}

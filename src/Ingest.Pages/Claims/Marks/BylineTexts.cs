using AngleSharp.Dom;
using Ingest.Pages.Claims.People;
using Ingest.Text;

namespace Ingest.Pages.Claims.Marks;

/// <summary>Keeps the texts that begin as bylines do, also where one element says "By", the next one who, and others "and" and who else.</summary>
internal sealed class BylineTexts(PageSignals signals)
{
    private const int LongestByline = 120;
    private const int MostBylines = 30;
    private const int MostAccounts = 200;
    private const int FarthestPart = 6;
    private const int LongestAccount = 40;
    private const int DeepestName = 3;
    private const int LongestLabel = 20;

    // A text that only announces the name to come: "By".
    private string _lead = "";

    // The same in Chinese, where it ends a text.
    private string _reporter = "";
    private bool _isReporterBefore;

    // The "and" behind the last byline.
    private string _joint = "";
    private int _lastOrder = int.MinValue;

    public void Visit(IText node, string text, int order, ElementContext surroundings)
    {
        VisitEastAsian(text, order, surroundings);
        if (surroundings.Any(ElementContext.Link)) VisitLink(node, text, order, surroundings);
        else if (signals.PlainNames.Count < MostAccounts && PlainName.MayBe(text) && !surroundings.Any(ElementContext.Elsewhere))
            signals.PlainNames.Add(new TextMark(PlainText.Line(text), order, surroundings));
        if (Continues(text, order, surroundings)) return;
        var begins = text.Length < LongestByline && Byline.MayBegin(text);
        if (_lead.Length == 0 && !begins) return;
        var line = PlainText.Line(_lead + (begins && _lead.Length == 0 && IsLabel(node, text) ? text.Trim() + ":" : text));
        // "By", and "Author: Lawyer" in one element and the name in the next.
        var isLeadAlone = begins && _lead.Length == 0 ? Byline.IsLead(line) : _lead.Length > 0 && !Byline.IsName(PlainText.Line(text));
        if (!isLeadAlone && line.Length < LongestByline && signals.Bylines.Count < MostBylines && !surroundings.Any(ElementContext.Comments))
        {
            signals.Bylines.Add(new TextMark(line, order, surroundings));
            _lastOrder = order;
        }

        _lead = isLeadAlone && line.Length < LongestByline ? (_lead.Length > 0 ? _lead : line + " ") : "";
    }

    // "<li><b>Interview</b> <span>Jane Doe</span></li> <li><b>Pictures</b> …": in a list of pairs a label needs no colon. Elsewhere it is a kicker.
    private static bool IsLabel(IText node, string text) =>
        text.Trim().Length <= LongestLabel && node.Parent is IElement { ChildNodes.Length: 1, NextElementSibling: not null } label && Byline.IsSignature(text)
            && label.ParentElement is { ChildElementCount: 2 } pair && (IsLike(pair, pair.NextElementSibling) || IsLike(pair, pair.PreviousElementSibling));

    private static bool IsLike(IElement pair, IElement? other) =>
        other is { ChildElementCount: 2 } && other.LocalName == pair.LocalName && other.ClassName == pair.ClassName;

    // "By <a href="/members/17">snow4ever</a>": whose page a link leads to may have any name behind an announcement, or beside a picture or a date.
    private void VisitLink(IText node, string text, int order, ElementContext surroundings)
    {
        var isAnnounced = _lead.Length > 0;
        var marks = isAnnounced ? signals.Linked : signals.Accounts;
        if (text.Length > LongestAccount * 2 || marks.Count >= (isAnnounced ? MostBylines : MostAccounts)
            || surroundings.Any(isAnnounced ? ElementContext.Comments : ElementContext.Comments | ElementContext.Navigation))
            return;
        var link = node.ParentElement;
        for (var i = 0; i < DeepestName && link is { LocalName: not "a" }; i++) link = link.ParentElement;
        if (link is not { LocalName: "a" } || !AuthorLinks.IsPersons(link.GetAttribute("rel"), link.GetAttribute("href"))) return;
        var name = PlainText.Line(text);
        if (name.Length <= LongestAccount && Byline.IsName(name) && ElementText.Line(link) == name)
            marks.Add(new NamesMark([name], order, surroundings) { Href = link.GetAttribute("href") ?? "", IsPictured = HasPicture(link) });
    }

    // The picture of a member stands in the link to their page, or before it.
    private static bool HasPicture(IElement link) =>
        link.PreviousElementSibling is { LocalName: "img" } || (link.ChildElementCount > 0 && link.GetElementsByTagName("img").Length == 1);

    private bool Continues(string text, int order, ElementContext surroundings)
    {
        if (order - _lastOrder is < 0 or > FarthestPart || text.Length > LongestByline)
        {
            _joint = "";
            return false;
        }

        // Behind a comma a town or a house may follow, unless it is a link as the name before it.
        if (_joint.Length > 0 && (_joint[0] is not (',' or ';') || surroundings.Any(ElementContext.Link)))
        {
            var last = signals.Bylines[^1];
            signals.Bylines[^1] = last with { Text = PlainText.Line($"{last.Text}{_joint}{text}") };
            (_joint, _lastOrder) = ("", last.Text.Length < LongestByline ? order : int.MinValue);
            return true;
        }

        var joint = text.Trim();
        if (!BylinePatterns.Joints.Contains(joint))
        {
            // "By Jane Doe | Tags: Richard Roe, Ann Poe": what stands between is the end of the byline.
            if (joint.Length > 0) _lastOrder = int.MinValue;
            return false;
        }

        _joint = joint is "," or ";" ? joint + " " : $" {joint} ";
        return true;
    }

    private void VisitEastAsian(string text, int order, ElementContext surroundings)
    {
        if (signals.Reporters.Count >= MostBylines || surroundings.Any(ElementContext.Elsewhere)) return;
        if (text.AsSpan().IndexOfAnyInRange('\u3040', '\uD7A3') < 0)
        {
            (_reporter, _isReporterBefore) = ("", false);
            return;
        }

        var line = PlainText.Line(_reporter + text);
        var names = EastAsianByline.Names(line);
        if (names.Count > 0) AddReporters(names, order, surroundings);
        var announces = EastAsianByline.Announces(line);
        _isReporterBefore = names.Count > 0 || (_isReporterBefore && announces);
        _reporter = !surroundings.Any(ElementContext.Link) && announces ? line + " " : "";
    }

    // Reporters and trainees may have a line each.
    private void AddReporters(IReadOnlyList<string> names, int order, ElementContext surroundings)
    {
        if (_isReporterBefore && signals.Reporters is [.., var last] && order - last.Order <= FarthestPart && last.Names.Count + names.Count <= FarthestPart)
            signals.Reporters[^1] = new NamesMark([.. last.Names.Concat(names).Distinct(StringComparer.Ordinal)], order, last.Surroundings);
        else signals.Reporters.Add(new NamesMark(names, order, surroundings));
    }
}

using System.Buffers;
using System.Runtime.InteropServices;
using AngleSharp.Dom;
using Ingest.Pages.Claims.People;
using Ingest.Text;
using Ingest.Text.Dates.Tokens;

namespace Ingest.Pages.Claims.Marks.Dated;

/// <summary>Collects what may be a date on the walk: elements that state a moment for machines, elements named for one, and short texts with digits.</summary>
internal sealed class DateMarks(PageSignals signals)
{
    private const int LongestText = 250;
    private const int LongestLabel = 40;
    private const int LongestDateLink = 45;
    private const int ShortestName = 12;
    private const int LabelReach = 3;
    private const int DeepestDate = 6;
    private const int LongestDateline = 50;
    private const int ShortestDay = 6;
    private const int ShortestTeaser = 30;
    private const int LongestEntry = 400;
    private const int MostMarks = 2_000;

    private static readonly SearchValues<char> BehindDatelines = SearchValues.Create("–—|:)„“\"«");

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Seen<T>(T What, INode? Node, int Order);

    private readonly Dictionary<IElement, bool> _short = new(ReferenceEqualityComparer.Instance);

    private Seen<string> _label = new("", null, 0);
    private Seen<int> _lastText;
    private Seen<int> _lastTime;
    private Seen<int> _teaser;

    private readonly DatePieces _pieces = new();
    private readonly OwnLinks _own = new(signals);

    /// <summary>What a link adds to the surroundings of a date in it: one that says more than a date leads to another article.</summary>
    public ElementContext OfLink(IElement element, Attributes attributes, int order)
    {
        if (element.LocalName != "a" || attributes.Href is not { Length: > 0 } href || href.Contains('#', StringComparison.Ordinal)) return ElementContext.None;
        var text = ElementText.Line(element);
        if (text.Length >= ShortestName && _own.Is(href))
        {
            TakeTeaser(element, order, PageSignals.OwnTeaser);
            return ElementContext.None;
        }

        if (text.Length >= ShortestTeaser && !AuthorLinks.IsAuthors(attributes.Rel, href)) TakeTeaser(element, order, order);
        return element.ChildElementCount > 0 && (text.Length > LongestDateLink || HoldsName(element)) ? ElementContext.Card : ElementContext.None;
    }

    /// <summary>Takes the element, if it is one for dates.</summary>
    /// <param name="element">The element.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <param name="own">What it is by its own tag and names.</param>
    /// <param name="outer">The surroundings of the element.</param>
    /// <param name="inner">Those of what is in it.</param>
    /// <param name="order">Its place.</param>
    public void Visit(IElement element, Attributes attributes, ElementContext own, ElementContext outer, ElementContext inner, int order)
    {
        var tag = element.LocalName;
        if (signals.DateTexts.Count >= MostMarks || signals.Times.Count >= MostMarks) return;
        if (tag is "time" or "relative-time" or "local-time" or "time-ago" || (attributes.StatesMoment && own.Any(ElementContext.Date)))
        {
            _lastTime = new Seen<int>(signals.Times.Count, element, order);
            signals.Times.Add(
                new ElementMark(element, attributes.Names, order, inner | ElementContext.Date) { Label = Label(order), Teaser = TeaserOf(element) });
        }

        if (!(inner & ~outer).Any(ElementContext.Date) || tag is "time" or "main" or "article" || element.ChildNodes.Length is <= 1 or > 12) return;
        if (ElementText.Line(element) is { Length: > 0 and <= LongestText } text && MayHoldDay(text))
            signals.DateTexts.Add(new TextMark(text, order, inner) { Label = Label(order), Teaser = TeaserOf(element) });
    }

    /// <summary>Takes the text, if there may be a date in it, else as what announces the next.</summary>
    public void Visit(INode text, string data, ElementContext surroundings, int order)
    {
        var length = data.AsSpan().Trim().Length;
        var hasDigit = data.Length <= LongestText * 4 && MayHoldDay(data);
        if (_pieces.Join(data, order) is { } joined) (data, length) = (joined, joined.Length);
        if (hasDigit && length is >= 6 and <= LongestText && signals.DateTexts.Count < MostMarks && !surroundings.Any(ElementContext.Comments))
        {
            _lastText = new Seen<int>(signals.DateTexts.Count, text, order);
            signals.DateTexts.Add(new TextMark(data, order, surroundings) { Label = Label(order), Teaser = TeaserOf(text) });
        }

        if (length > LongestText && signals.DateTexts.Count < MostMarks && !surroundings.Any(ElementContext.Comments) && Dateline(data) is { } line)
            signals.DateTexts.Add(new TextMark(line, order, surroundings));
        if (!hasDigit && length > 1) _label = new Seen<string>(length <= LongestLabel ? PlainText.Line(data) : "", null, order);
    }

    /// <summary>
    /// The beginning of a paragraph that may be a dateline, "HAMBURG, 5 March 2024 – The mill …", "Bergen (05.03.2024). The mill …": the text before the mark,
    /// if there is a number in it and nothing but a place before that; else null.
    /// </summary>
    private static string? Dateline(string paragraph)
    {
        var head = paragraph.AsSpan().TrimStart();
        head = head[..Math.Min(head.Length, LongestDateline)];
        var digit = head.IndexOfAnyInRange('0', '9');
        if (digit < 0) return null;
        var end = digit + head[digit..].IndexOfAny(BehindDatelines);
        var dash = digit + head[digit..].IndexOf(" - ", StringComparison.Ordinal);
        if (dash > digit && (end < digit || dash < end)) end = dash;
        if (end - digit < ShortestDay) return null;
        return digit == 0 || head[..digit].IndexOfAny(",(") >= 0 ? head[..end].ToString() : null;
    }

    private static bool HoldsName(IElement link) =>
        link.Children.Any(static child => IsHeading(child) || child.Children.Any(static inner => IsHeading(inner) || inner.Children.Any(IsHeading)))
        || (link.ChildElementCount > 1 && link.Children.Any(
            static child => child.LocalName != "time" && ElementText.Line(child) is { Length: >= ShortestName } text && !DateTokens.HaveDigit(text)));

    // Chinese numerals are no digits: 二〇二四年三月五日.
    private static bool MayHoldDay(string text) =>
        DateTokens.HaveDigit(text) || (text.IndexOf('年', StringComparison.Ordinal) is > 0 and var year && text.IndexOf('月', year) > year);

    private static bool IsHeading(IElement element) => element.LocalName is ['h', >= '1' and <= '6'];

    // The date of a list's entry stands behind its link, or before it.
    private void TakeTeaser(IElement link, int order, int teaser)
    {
        _teaser = new Seen<int>(teaser, link, order);
        if (_lastText.Node is { } text && AreOneEntry(text, link))
            signals.DateTexts[_lastText.What] = signals.DateTexts[_lastText.What] with { Teaser = teaser };
        if (_lastTime.Node is { } time && AreOneEntry(time, link))
            signals.Times[_lastTime.What] = signals.Times[_lastTime.What] with { Teaser = teaser };
    }

    private int TeaserOf(INode date) =>
        _teaser.Node is { } link && (AreOneEntry(date, link) || (_teaser.What == PageSignals.OwnTeaser && IsWithin(date, link))) ? _teaser.What : 0;

    private static bool IsWithin(INode date, INode link)
    {
        var level = date.Parent;
        for (var i = 0; i < DeepestDate && level is not null; i++, level = level.Parent)
        {
            if (level == link) return true;
        }

        return false;
    }

    // "<li><a>The title of another article</a> <span>5 March 2024</span></li>", each perhaps in an element of its own.
    private bool AreOneEntry(INode date, INode link) =>
        Holder(date.Parent, link) || Holder(date.Parent?.Parent, link);

    private bool Holder(INode? holder, INode link) =>
        holder is IElement { LocalName: not ("body" or "main" or "ul" or "ol" or "dl" or "tr" or "tbody" or "table") } entry
        && (holder == link.Parent || holder == link.Parent?.Parent) && IsShort(entry);

    // All links of an element ask how long it is.
    private bool IsShort(IElement entry)
    {
        if (!_short.TryGetValue(entry, out var isShort)) _short[entry] = isShort = ElementText.Line(entry).Length <= LongestEntry;
        return isShort;
    }

    private string Label(int order) => order - _label.Order <= LabelReach ? _label.What : "";
}

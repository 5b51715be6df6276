using System.Runtime.InteropServices;

namespace Ingest.Pages.Body.Regions;

/// <summary>
/// Which parts of a page are out because of what their elements are called. A name is believed unless the element holds most of
/// the page's prose: a theme may well put the article itself into <c>aside</c> or <c>.promo</c>.
/// </summary>
internal sealed class ExcludedRegions
{
    // Shares of the page's prose from which a name is no longer believed. Comments often outweigh the article they stand under.
    private const double BoilerplateLimit = 0.55;
    private const double DoubtfulLimit = 0.25;
    private const double CommentsLimit = 0.97;
    private const double SiblingsLimit = 0.6;

    private const double HeadlineLimit = 0.2;
    private const int MostOfIntroduction = 12;
    private const double MostBeforeIntroduction = 300;

    private static readonly Hint[] SiblingHints = [Hint.Doubtful, Hint.Caption, Hint.Hidden];

    private readonly bool[] _out;
    private readonly double[] _massBefore;
    private readonly double[] _charsBefore;
    // By the index of the region.
    private readonly Hint[] _outHints;
    private readonly int _headline;

    /// <summary>Reads the names of a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="listened">The hints that are listened to at all.</param>
    public ExcludedRegions(PageText page, Hint listened = Hint.Out)
    {
        Page = page;
        _out = new bool[page.Blocks.Count];
        _massBefore = new double[_out.Length + 1];
        _charsBefore = new double[_out.Length + 1];
        _outHints = new Hint[page.Regions.Count];
        _headline = HeadlineOf(page);
        var believed = BelievedNames(listened);
        TakeOut(believed);
        if (DroppedProse.Find(this, _headline) is not { Count: > 0 } doubted) return;
        foreach (var region in doubted) believed[region.Index] &= ~DroppedProse.Doubted;
        TakeOut(believed);
    }

    public PageText Page { get; }

    /// <summary>Prose inside a region that is not out.</summary>
    public double Mass(Region region) => _massBefore[region.End] - _massBefore[region.First];

    /// <summary>Characters inside a region that are not out and not links.</summary>
    public double Chars(Region region) => _charsBefore[region.End] - _charsBefore[region.First];

    /// <summary>Whether the block at an index is out by the name of an element around it.</summary>
    public bool IsOut(int block) => _out[block];

    /// <summary>The believed names around and on a region that take it out.</summary>
    public Hint OutHint(Region region) => _outHints[region.Index];

    private Hint[] BelievedNames(Hint listened)
    {
        var total = Math.Max(1, Page.Mass(Page.Root) - CommentMass(Page));
        var alike = MassOfSiblings(Page);
        var named = new NamesakeMass(Page);
        var topics = new TopicNames(Page);
        var inText = new BoxesInText(Page);
        var recipes = new RecipeCards(Page);
        var believed = new Hint[Page.Regions.Count];
        foreach (var region in Page.Regions)
        {
            var hint = region.Hint & Hint.Out & listened;
            if (hint != Hint.None) hint = Believed(hint, region, total, alike);
            if ((hint & NamesakeMass.Hints) != Hint.None && named.Of(region) >= SiblingsLimit * total) hint &= ~NamesakeMass.Hints;
            if ((hint & ~Hint.Hidden) != Hint.None && topics.Explain(region)) hint &= Hint.Hidden;
            if ((hint & Hint.Byline) != Hint.None && inText.IsDatelined(region)) hint &= ~Hint.Byline;
            if (hint == Hint.Doubtful && (inText.Has(region) || recipes.Has(region) || IsOfSummary(region))) hint = Hint.None;
            // Embedded posts come in a quote in a "social widget", code in a box with a "toolbar"; the quote and the code are the article's.
            if (IsQuoted(region)) hint &= ~Hint.Doubtful;
            believed[region.Index] = hint;
        }

        return believed;
    }

    private void TakeOut(Hint[] believed)
    {
        foreach (var region in Page.Regions)
        {
            var hint = believed[region.Index];
            if (region.Parent is { } parent && OutHint(parent) is not Hint.None and var outer) hint |= WhatReaches(region, outer);
            _outHints[region.Index] = hint;
        }

        BelieveHeadings();
        for (var i = 0; i < _out.Length; i++)
        {
            _out[i] = OutHint(Page.Blocks[i].Region) != Hint.None;
            _charsBefore[i + 1] = _charsBefore[i] + (_out[i] ? 0 : Page.Blocks[i].Text.Length - Page.Blocks[i].LinkChars);
            _massBefore[i + 1] = _massBefore[i] + (_out[i] ? 0 : Page.Blocks[i].Mass);
        }
    }

    private Hint Believed(Hint hint, Region region, double total, Dictionary<(Region? Parent, string Tag, Hint Hint), double> alike)
    {
        var share = Page.Mass(region) / total;
        if (share >= BoilerplateLimit) hint &= ~(Hint.Boilerplate | Hint.Caption | Hint.Hidden);
        if (share >= DoubtfulLimit) hint &= ~(Hint.Doubtful | Hint.Byline);
        if (Page.Mass(region) >= CommentsLimit * Page.Mass(Page.Root)) hint &= ~Hint.Comments;
        if (share >= HeadlineLimit && region.First <= _headline && _headline < region.End) hint &= Hint.Hidden | Hint.Caption;
        foreach (var single in SiblingHints)
        {
            if ((hint & single) != Hint.None && alike[KeyOf(region, single)] >= SiblingsLimit * total) hint &= ~single;
        }

        return hint;
    }

    // A heading named "head" or "more", or in a widget of its own, is what the text below it is.
    private void BelieveHeadings()
    {
        for (var i = 0; i + 1 < Page.Blocks.Count; i++)
        {
            var own = Page.Blocks[i].Region;
            if (!Page.Blocks[i].IsHeading || OutHint(own) != Hint.Doubtful || OutHint(Page.Blocks[i + 1].Region) != Hint.None) continue;
            var top = own;
            while (top.Parent is { } parent && Page.IsAllOf(parent, i)) top = parent;
            if (top.Parent is not { } around || OutHint(around) != Hint.None) continue;
            for (var at = own; !ReferenceEquals(at, around); at = at.Parent!) _outHints[at.Index] = Hint.None;
        }
    }

    private Hint WhatReaches(Region region, Hint outer) =>
        IsQuoted(region) ? outer & ~NamesakeMass.Hints : outer == Hint.Doubtful && IsIntroduction(region) ? Hint.None : outer;

    // Several paragraphs that follow the headline are how the article begins, though they stand in a header.
    private bool IsIntroduction(Region region) =>
        (region.Hint & Hint.Lead) != Hint.None && region.First > _headline && _headline >= 0
            && Page.Inside(region).Take(MostOfIntroduction).Count(static block => block.Mass > 0) > 1
            && Page.MassBefore(region.First) - Page.MassBefore(_headline) <= MostBeforeIntroduction;

    private static bool IsOfSummary(Region region) => region.Nearest(static around => (around.Hint & Hint.Summary) != Hint.None) is not null;

    private static bool IsQuoted(Region region) => region.Tag is "blockquote" or "pre";

    // A slide show cuts the article into many captions, most of them hidden.
    private static Dictionary<(Region? Parent, string Tag, Hint Hint), double> MassOfSiblings(PageText page)
    {
        var masses = new Dictionary<(Region?, string, Hint), double>();
        var (captions, end) = (new HashSet<string>(StringComparer.Ordinal), 0);
        foreach (var region in page.Regions)
        {
            foreach (var single in SiblingHints.Where(single => (region.Hint & single) != Hint.None && (single != Hint.Caption || region.First >= end)))
            {
                ref var mass = ref CollectionsMarshal.GetValueRefOrAddDefault(masses, KeyOf(region, single), out _);
                if (single != Hint.Caption) mass += page.Mass(region);
                else mass += page.Inside(region).Where(block => captions.Add(block.Text)).Sum(static block => block.Mass);
                if (single == Hint.Caption) end = region.End;
            }
        }

        return masses;
    }

    // The captions of a slide show stand in a figure each, so all of a page's are one. Said short, in full and in large, each counts once.
    private static (Region? Parent, string Tag, Hint Hint) KeyOf(Region region, Hint single) =>
        single == Hint.Caption ? (null, "", single) : (region.Parent, region.Tag, single);

    // The first h1, where it has nearly all the prose below it: whoever holds it holds the article, whatever the name says.
    private static int HeadlineOf(PageText page)
    {
        for (var i = 0; i < page.Blocks.Count; i++)
        {
            if (page.Blocks[i] is { IsHeading: true, Level: 1, LinkShare: < 0.5 } heading)
                return page.MassBefore(i) <= HeadlineLimit * page.Mass(page.Root) && heading.Words > 1 ? i : -1;
        }

        return -1;
    }

    private static double CommentMass(PageText page)
    {
        var (mass, end) = (0.0, 0);
        foreach (var region in page.Regions)
        {
            if ((region.Hint & Hint.Comments) == Hint.None || region.First < end) continue;
            var inside = page.Mass(region);
            if (inside >= CommentsLimit * page.Mass(page.Root)) continue;
            mass += inside;
            end = region.End;
        }

        return mass;
    }
}

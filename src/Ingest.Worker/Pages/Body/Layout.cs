namespace Ingest.Worker.Pages.Body;

/// <summary>
/// Which parts of a page are out because of what their elements are called. A name is believed unless the element holds most of
/// the page's prose: a theme may well put the article itself into <c>aside</c> or <c>.promo</c>.
/// </summary>
internal sealed class Layout
{
    // Shares of the page's prose from which a name is no longer believed. Comments often outweigh the article they stand under.
    private const double BoilerplateLimit = 0.55;
    private const double DoubtfulLimit = 0.25;
    private const double CommentsLimit = 0.97;

    private readonly bool[] _out;
    private readonly double[] _massBefore;
    private readonly Dictionary<Region, Hint> _outHints = [];

    public Layout(PageText page)
    {
        Page = page;
        _out = new bool[page.Blocks.Count];
        var total = Math.Max(1, page.Mass(page.Root) - CommentMass(page));
        foreach (var region in page.Regions)
        {
            var hint = region.Hint & Hint.Out;
            if (hint != Hint.None) hint = Believed(hint, page.Mass(region) / total, page.Mass(region) / Math.Max(1, page.Mass(page.Root)));
            if (region.Parent is { } parent && _outHints.TryGetValue(parent, out var outer)) hint |= outer;
            // Embedded posts come in a quote in a "widget"; the quote is the article's.
            if (region.Tag == "blockquote") hint &= ~Hint.Doubtful;
            if (hint != Hint.None) _outHints[region] = hint;
        }

        _massBefore = new double[_out.Length + 1];
        for (var i = 0; i < _out.Length; i++)
        {
            _out[i] = OutHint(page.Blocks[i].Region) != Hint.None;
            _massBefore[i + 1] = _massBefore[i] + (_out[i] ? 0 : page.Blocks[i].Mass);
        }
    }

    public PageText Page { get; }

    /// <summary>Prose inside a region that is not out.</summary>
    public double Mass(Region region) => _massBefore[region.End] - _massBefore[region.First];

    /// <summary>Whether the block at an index is out by the name of an element around it.</summary>
    public bool IsOut(int block) => _out[block];

    /// <summary>The believed names around and on a region that take it out.</summary>
    public Hint OutHint(Region region) => _outHints.GetValueOrDefault(region);

    private static Hint Believed(Hint hint, double share, double shareOfAll)
    {
        if (share >= BoilerplateLimit) hint &= ~(Hint.Boilerplate | Hint.Caption | Hint.Hidden);
        if (share >= DoubtfulLimit) hint &= ~(Hint.Doubtful | Hint.Byline);
        if (shareOfAll >= CommentsLimit) hint &= ~Hint.Comments;
        return hint;
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

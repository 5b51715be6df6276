using Ingest.Pages.Body.Regions;

namespace Ingest.Pages.Body.Blocks;

/// <summary>Finds the small elements inside an article that are not its text, whatever they are called: sign-ups, gates, and cards of other articles.</summary>
internal sealed class SmallBoxes
{
    private const double LongestBox = 450;
    private const int MostBlocks = 5;
    private const double MostOfText = 0.25;
    private const int MostWordsOfButton = 4;

    // A note such as "continues below" may stand in one element with a paragraph.
    private const double MostProse = 250;

    private readonly PageText _page;
    private readonly double _longest;
    private readonly Dictionary<Region, bool> _amongParagraphs = [];

    /// <summary>Boxes among the blocks of a container.</summary>
    /// <param name="page">The page.</param>
    /// <param name="inside">Indices of the container's blocks, in order.</param>
    public SmallBoxes(PageText page, List<int> inside)
    {
        _page = page;
        _longest = Math.Min(LongestBox, MostOfText * inside.Sum(i => (double)page.Blocks[i].Text.Length));
    }

    /// <summary>Boxes around a form: what stands beside an input asks the reader to fill it in.</summary>
    public IEnumerable<Region> WithForm()
    {
        foreach (var form in _page.Regions)
        {
            if (form.Tag != "form" || !IsSmall(form)) continue;
            var box = form;
            while (box.Parent is { } parent && IsBox(parent)) box = parent;
            if (box.End > box.First) yield return box;
        }
    }

    /// <summary>Boxes of which at least half is out, and that ask the reader, speak of the site, or begin with "Read more".</summary>
    /// <param name="asks">Whether a block asks or speaks so.</param>
    /// <param name="leads">Whether a block leads to another page.</param>
    /// <param name="isOut">Whether a block is out, for whatever reason.</param>
    public IEnumerable<Region> ThatAsk(Predicate<int> asks, Predicate<int> leads, Predicate<int> isOut)
    {
        foreach (var box in _page.Regions)
        {
            if (!IsBox(box) || box.End - box.First < 2) continue;
            var (asking, dropped, prose) = (leads(box.First) ? 1 : 0, 0, 0.0);
            for (var i = box.First; i < box.End; i++)
            {
                if (asks(i)) asking++;
                if (isOut(i)) dropped++;
                else prose += _page.Blocks[i].Mass;
            }

            if (asking > 0 && dropped * 2 >= box.End - box.First && prose <= MostProse) yield return box;
        }
    }

    /// <summary>Boxes among a text's paragraphs that are a heading, a sentence or two, and a button. A page made of boxes has no such paragraphs.</summary>
    public IEnumerable<Region> WithButton()
    {
        foreach (var box in _page.Regions)
        {
            if (!IsBox(box) || box.Parent is not { } parent || box.End - box.First is < 3 or > 4) continue;
            if (_page.Blocks[box.First] is not { IsHeading: true, LinkShare: < 0.5 }) continue;
            if (_page.Blocks[box.End - 1] is { LinkShare: > 0.9, Words: <= MostWordsOfButton, IsHeading: false } && IsAmongParagraphs(parent)) yield return box;
        }
    }

    private bool IsAmongParagraphs(Region parent)
    {
        const int FewestParagraphs = 5;
        const int MostBoxes = 4;
        if (_amongParagraphs.TryGetValue(parent, out var known)) return known;
        var prose = parent.Children.FindAll(child => _page.Mass(child) > 0);
        return _amongParagraphs[parent] = prose.Count(static child => child.Tag == "p") >= FewestParagraphs
            && prose.Count(static child => child.Tag is "div" or "aside" or "section") <= MostBoxes;
    }

    private bool IsBox(Region region) => region.Tag is "div" or "aside" or "section" && IsSmall(region);

    private bool IsSmall(Region region) => region.End - region.First <= MostBlocks && _page.Chars(region) <= _longest;
}

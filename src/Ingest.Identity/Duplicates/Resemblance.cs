namespace Ingest.Identity.Duplicates;

/// <summary>How two texts agree, group by group.</summary>
internal readonly record struct Resemblance
{
    // A gap between shared groups of up to so many tokens is an edit within a text; a longer one is another text.
    private const int WidestEdit = 12;

    /// <summary>Groups that stand in both and are not common to other articles as well.</summary>
    public int Shared { get; private init; }

    /// <summary>Groups of the shorter text that are not common to other articles.</summary>
    public int Compared { get; private init; }

    /// <summary>Share of the shorter text, 0 to 1, that the longest stretch without a shared group takes.</summary>
    public double LargestHole { get; private init; }

    /// <summary>
    /// Numbers of the shorter text that stand in shared groups or in edits between them, and those that the longer text has not in that place.
    /// </summary>
    public int Numbers { get; private init; }

    public int OtherNumbers { get; private init; }

    /// <summary>Names, likewise.</summary>
    public int Names { get; private init; }

    public int OtherNames { get; private init; }

    /// <summary>Groups before the first shared one, in the text that has fewer there; none where one of the two begins with what both have.</summary>
    public int Before { get; private init; }

    /// <summary>Groups behind the last shared one, likewise.</summary>
    public int Behind { get; private init; }

    /// <summary>Share of the shorter text's groups that stand in the longer one too, 0 to 1.</summary>
    public double Containment => Compared == 0 ? 0 : (double)Shared / Compared;

    /// <summary>Compares two texts.</summary>
    /// <param name="one">A text.</param>
    /// <param name="other">Another.</param>
    /// <param name="common">Groups that stand in other articles as well, such as what a site writes under everything; they count for nothing.</param>
    public static Resemblance Of(ShingledText one, ShingledText other, IReadOnlySet<ulong> common)
    {
        var (shorter, longer) = one.Groups.Count <= other.Groups.Count ? (one, other) : (other, one);
        var shared = 0;
        var compared = 0;
        foreach (var group in shorter.Groups)
        {
            if (common.Contains(group)) continue;
            compared++;
            if (longer.Contains(group)) shared++;
        }

        return shared == 0
            ? new Resemblance { Compared = compared, LargestHole = 1 }
            : Walk(shorter, longer, common) with { Shared = shared, Compared = compared };
    }

    private static int Own(ShingledText text, int from, int to, IReadOnlySet<ulong> common)
    {
        var own = 0;
        for (var i = from; i < to; i++) own += common.Contains(text.Sequence[i]) ? 0 : 1;
        return own;
    }

    // Pages made from one template agree in everything but the figures and names in it, and these are what they tell.
    private static Resemblance Walk(ShingledText shorter, ShingledText longer, IReadOnlySet<ulong> common)
    {
        var (numbers, names) = (new FactCount(TokenKind.Number), new FactCount(TokenKind.Name));
        var (hole, end, otherEnd, first, otherFirst, otherLast) = (0, 0, 0, -1, int.MaxValue, 0);
        for (var i = 0; i < shorter.Sequence.Count; i++)
        {
            var place = longer.PlaceOf(shorter.Sequence[i]);
            if (place < 0 || common.Contains(shorter.Sequence[i])) continue;
            hole = Math.Max(hole, i - end);
            (first, otherFirst, otherLast) = (first < 0 ? i : first, Math.Min(otherFirst, place), Math.Max(otherLast, place));
            if (end > 0 && i > end && i - end <= WidestEdit)
            {
                // What stands in the same place of the other text; nothing comparable where its groups stand in another order.
                var (from, to) = place >= otherEnd && place - otherEnd <= 2 * WidestEdit ? (otherEnd, place) : (0, 0);
                numbers.Compare(shorter, end, i, longer, from, to);
                names.Compare(shorter, end, i, longer, from, to);
            }

            numbers.Agree(shorter, Math.Max(end, i), i + shorter.Width);
            names.Agree(shorter, Math.Max(end, i), i + shorter.Width);
            (end, otherEnd) = (i + shorter.Width, place + shorter.Width);
        }

        return new Resemblance
        {
            Before = Math.Min(Own(shorter, 0, first, common), Own(longer, 0, otherFirst, common)),
            Behind = Math.Min(
                Own(shorter, end - shorter.Width + 1, shorter.Sequence.Count, common), Own(longer, otherLast + 1, longer.Sequence.Count, common)),
            LargestHole = (double)Math.Max(hole, shorter.Tokens.Count - end) / shorter.Tokens.Count,
            Numbers = numbers.All,
            OtherNumbers = numbers.Others,
            Names = names.All,
            OtherNames = names.Others,
        };
    }

    /// <summary>Counts facts of one kind, and those that differ.</summary>
    private sealed class FactCount(TokenKind kind)
    {
        public int All { get; private set; }

        public int Others { get; private set; }

        public void Agree(ShingledText text, int from, int to)
        {
            for (var at = from; at < to; at++) All += text.Tokens[at].Kind == kind ? 1 : 0;
        }

        public void Compare(ShingledText text, int from, int to, ShingledText other, int otherFrom, int otherTo)
        {
            for (var at = from; at < to; at++)
            {
                if (text.Tokens[at].Kind != kind) continue;
                All++;
                if (!Holds(other, otherFrom, otherTo, text.Tokens[at].Hash)) Others++;
            }
        }

        private static bool Holds(ShingledText text, int from, int to, ulong hash)
        {
            for (var at = from; at < to; at++)
            {
                if (text.Tokens[at].Hash == hash) return true;
            }

            return false;
        }
    }
}

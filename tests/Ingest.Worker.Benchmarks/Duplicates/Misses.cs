using System.Globalization;
using Ingest.Identity.Duplicates;

namespace Ingest.Worker.Benchmarks.Duplicates;

/// <summary>Where edits are lost that are in no story with their original.</summary>
internal static class Misses
{
    private const int FewestShared = 2;

    private static readonly DuplicateRule Rule = new(0.5);

    /// <summary>Prints the reasons, and some of the pairs.</summary>
    /// <param name="pairs">The kind of an edit, its text and its original's.</param>
    public static void Print(IReadOnlyList<(string Kind, string Edit, string Original)> pairs)
    {
        var reasons = pairs.Select(static pair => (pair.Kind, Reason: Reason(ShingledText.Of(pair.Edit), ShingledText.Of(pair.Original)))).ToList();
        foreach (var group in reasons.GroupBy(static miss => (miss.Kind, miss.Reason.Word)).OrderBy(static group => group.Key))
        {
            var some = string.Join("; ", group.Select(static miss => miss.Reason.Detail).Where(static detail => detail.Length > 0).Take(6));
            Console.WriteLine($"  missed: {group.Key.Kind}, {group.Key.Word}: {group.Count()} {some}");
        }
    }

    private static (string Word, string Detail) Reason(ShingledText edit, ShingledText original)
    {
        if (!DuplicateRule.IsComparable(edit) || !DuplicateRule.IsComparable(original)) return ("too short", "");
        var (one, other) = (ShingleSample.Of(edit), ShingleSample.Of(original));
        var (asked, kept) = (one.ToAsk.Intersect(other.ToKeep).Count(), one.ToKeep.Intersect(other.ToAsk).Count());
        var found = Resemblance.Of(edit, original, new HashSet<ulong>());
        var detail = string.Create(
            CultureInfo.InvariantCulture,
            $"{asked}/{kept} sampled, {found.Shared} of {found.Compared} groups, hole {found.LargestHole:f2}, numbers {found.OtherNumbers}/{found.Numbers}, "
                + $"names {found.OtherNames}/{found.Names}");
        if (Math.Min(asked, kept) < FewestShared) return ("no candidate", detail);
        var groups = edit.Groups.Select(ShingleSample.ShortOf).ToHashSet();
        if (other.Sketch.Agreement(groups, edit.Groups.Count, Rule.Similarity) is null) return ("passed over by its sketch", detail);
        return Rule.Holds(found) ? ("alike, but not joined", detail) : ("not alike", detail);
    }
}

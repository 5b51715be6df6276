using AngleSharp.Dom;

namespace Ingest.Pages.Body.Blocks.Runs;

/// <summary>Joins the first letter of a text that stands in an element of its own, before the paragraph, with the rest of its word.</summary>
internal static class DropCap
{
    private const int Deepest = 8;

    /// <summary>Takes the letter out of the run; empty when it has none, or when no word of the paragraph lacks one.</summary>
    public static string TakeFrom(TextRun run, IElement paragraph)
    {
        if (run.Length != 1 || run.Text is not [var letter] || !char.IsUpper(letter) || !BeginsWithinWord(paragraph)) return "";
        run.Clear();
        return letter.ToString();
    }

    private static bool BeginsWithinWord(INode paragraph)
    {
        var at = paragraph;
        for (var i = 0; i < Deepest && at is IElement; i++) at = at.FirstChild;
        return at is IText { Data: [var first, ..] } && char.IsLower(first);
    }
}

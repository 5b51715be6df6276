namespace Ingest.Pages.Body.Blocks.Lines;

/// <summary>Tells lines that ask the reader to do something, or in which the site speaks of itself.</summary>
/// <param name="blocks">The page's blocks.</param>
internal sealed class RequestLine(IReadOnlyList<TextBlock> blocks)
{
    /// <summary>Whether a block asks. A question, or a sentence that speaks neither to the reader nor of the site, only begins as requests do.</summary>
    public bool Is(int i)
    {
        var block = blocks[i];
        if (block.Text.Length >= 120 || block.Kind == BlockKind.Heading) return false;
        var (phrase, end) = Phrases.Beginning(block.Text, Phrases.Requests);
        if (phrase.Length == 0) return false;
        if (block.LinkShare > 0.2) return true;
        if (block.Words > 5) return false;
        if (block.Words > 2 && block.Text.EndsWith('?')) return false;
        return Phrases.IsCertain(phrase) || Phrases.AddressesReader(block.Text) || !Sentence.Is(block.Text, end);
    }

    /// <summary>Whether the site speaks for itself. A long paragraph has to begin so.</summary>
    public bool IsSiteNote(int i)
    {
        const int Short = 300;
        const int Long = 450;
        const int Beginning = 100;
        var text = blocks[i].Text;
        if (text.Length >= Long || text[0] is '"' or '“' or '„' or '«') return false;
        return text.AsSpan().IndexOfAny(Phrases.SiteNotes) is >= 0 and var at && (text.Length < Short || at < Beginning);
    }
}

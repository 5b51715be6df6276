namespace Ingest.Worker.Articles;

/// <summary>What became of an entry or a page: <see cref="Assembled"/> or <see cref="Rejected"/>.</summary>
internal abstract record Assembly
{
    private Assembly()
    {
    }

    /// <summary>A record that can be stored.</summary>
    internal sealed record Assembled(DatedArticle Article) : Assembly;

    /// <summary>There is no article here.</summary>
    /// <param name="Reason">One sentence for the ledger.</param>
    internal sealed record Rejected(string Reason) : Assembly;
}

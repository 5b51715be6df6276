namespace Ingest.Worker.Articles;

/// <summary>What became of an entry or a page: <see cref="Assembled"/> or <see cref="Rejected"/>.</summary>
internal abstract record AssemblyResult
{
    private AssemblyResult()
    {
    }

    /// <summary>A record that can be stored.</summary>
    internal sealed record Assembled(DatedArticle Article) : AssemblyResult;

    /// <summary>There is no article here.</summary>
    /// <param name="Reason">One sentence for the ledger.</param>
    internal sealed record Rejected(string Reason) : AssemblyResult;
}

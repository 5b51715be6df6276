namespace Ingest.Worker.Ingestion.Reading;

/// <summary>
/// How much memory the reading of a document takes: its texts and what they leave as garbage by its size, and a tree that grows with it to a bound. So measured
/// with the most hostile of 600 documents; most take a third.
/// </summary>
/// <param name="PerByte">Bytes that a byte of it takes.</param>
/// <param name="TreePerByte">Bytes that its tree takes for each of its own.</param>
/// <param name="LargestTree">Bytes that its tree takes at most.</param>
internal sealed record ReadingNeeds(int PerByte, int TreePerByte, long LargestTree)
{
    /// <summary>A page, whose number of elements is bounded.</summary>
    public static readonly ReadingNeeds OfPage = new(12, 20, 64 << 20);

    /// <summary>A feed; its tree is small beside its texts.</summary>
    public static readonly ReadingNeeds OfFeed = new(12, 0, 0);

    /// <summary>What reading a document of that size takes.</summary>
    public long Of(int bytes) => ((long)bytes * PerByte) + Math.Min((long)bytes * TreePerByte, LargestTree);

    /// <summary>What of it stays until the visit is saved: entries and their texts.</summary>
    public static long Afterwards(int bytes) => 4L * bytes;
}

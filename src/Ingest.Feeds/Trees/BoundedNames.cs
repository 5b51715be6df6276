using System.Xml;

namespace Ingest.Feeds.Trees;

/// <summary>
/// A name table that refuses a document of too many distinct names: the framework keeps each XName of theirs for as long as the process lives.
/// </summary>
internal sealed class BoundedNames : NameTable
{
    private int _count;

    public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? Counted(base.Add(key, start, len));

    public override string Add(string key) => Get(key) ?? Counted(base.Add(key));

    private string Counted(string name) =>
        ++_count <= FeedLimits.MaxNames ? name : throw new FeedLimitException($"more than {FeedLimits.MaxNames} distinct names", null);
}

using System.IO;

namespace Ingest.Worker.Storage.Sql.Indexes;

/// <summary>
/// An index of a table that may be large, as its file has it. It is made while others read and write, outside of the upgrade's transaction. Another
/// definition is another name; a later migration drops the old one.
/// </summary>
/// <param name="Name">Its name in the schema, and its file's.</param>
/// <param name="Text">What makes it: <c>create index concurrently</c>.</param>
internal sealed record SchemaIndex(string Name, string Text)
{
    /// <summary>Those of this worker.</summary>
    public static IReadOnlyList<SchemaIndex> All { get; } =
        [.. SqlFile.In("Indexes").Select(static file => new SchemaIndex(Path.GetFileNameWithoutExtension(file), SqlFile.Read(file)))];
}

using Ingest.Worker.Archive;

namespace Ingest.Worker.Tests.Docs;

/// <summary>What the docs say of the fields of archives is what the table of columns says.</summary>
public sealed class FormatDocsTests
{
    [Fact]
    public void The_table_of_fields_is_that_of_the_archives() => Page.Hold("docs/formats.md", "fields", Table(ArchiveFields.Own));

    /// <summary>The fields of archives as Markdown.</summary>
    internal static string Table(ArchiveFields fields) =>
        "| field | type | |\n|---|---|---|\n" + string.Concat(fields.All.Select(static field => $"| `{field.Name}` | {field.Kind} | {field.Meaning} |\n"));
}

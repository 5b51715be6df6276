using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Ingest.Worker.Storage.Sql;

/// <summary>A function or view of the schema as its file has it: how it is made, or replaced where it is, with its comment and who may use it.</summary>
/// <param name="Kind"><c>function</c> or <c>view</c>.</param>
/// <param name="Name">Its name in the schema, which no other has.</param>
/// <param name="Text">The file.</param>
internal sealed partial record SchemaObject(string Kind, string Name, string Text)
{
    /// <summary>Those of this worker, in the order in which they can be made.</summary>
    public static IReadOnlyList<SchemaObject> All { get; } = InOrder([.. Of("function"), .. Of("view")]);

    /// <summary>Tells this text from others.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>Each after those that its text names.</summary>
    public static IReadOnlyList<SchemaObject> InOrder(IReadOnlyList<SchemaObject> objects)
    {
        var named = objects.ToDictionary(static one => one.Name, StringComparer.Ordinal);
        var ordered = new List<SchemaObject>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in objects) Add(one);
        return ordered;

        void Add(SchemaObject one)
        {
            if (!seen.Add(one.Name)) return;
            foreach (Match name in Named().Matches(one.Text))
            {
                if (named.TryGetValue(name.Groups["name"].Value, out var needed)) Add(needed);
            }

            ordered.Add(one);
        }
    }

    private static IEnumerable<SchemaObject> Of(string kind) =>
        SqlFile.In(kind + "s").Select(file => new SchemaObject(kind, Path.GetFileNameWithoutExtension(file), SqlFile.Read(file)));

    [GeneratedRegex("ingest[.](?<name>[a-z_]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Named();
}

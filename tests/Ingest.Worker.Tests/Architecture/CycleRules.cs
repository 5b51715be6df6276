namespace Ingest.Worker.Tests.Architecture;

/// <summary>
/// Namespaces that need each other. What a file imports it uses, because the compiler refuses other imports; what stands above a namespace is its vocabulary,
/// and no import. Files that compose a room name all of it.
/// </summary>
internal static class CycleRules
{
    /// <summary>Each pair of namespaces that use each other, directly or by way of others.</summary>
    public static IEnumerable<string> Cycles(IReadOnlyList<SourceText> project)
    {
        var uses = project.Where(static file => !file.Path.EndsWith("Registration.cs", StringComparison.Ordinal))
            .SelectMany(static file => file.Usings.Select(name => (From: file.Namespace, To: name)))
            .Where(static use => use.To.StartsWith("Ingest.", StringComparison.Ordinal) && !$"{use.From}.".StartsWith($"{use.To}.", StringComparison.Ordinal))
            .ToLookup(static use => use.From, static use => use.To);
        return from namespaces in uses
               from other in namespaces.Distinct()
               where string.CompareOrdinal(namespaces.Key, other) < 0 || !uses[other].Contains(namespaces.Key)
               where Reaches(uses, other, namespaces.Key)
               select $"{namespaces.Key} uses {other}, which uses it in turn.";
    }

    private static bool Reaches(ILookup<string, string> uses, string from, string to)
    {
        var (seen, left) = (new HashSet<string>(StringComparer.Ordinal) { from }, new Stack<string>([from]));
        while (left.TryPop(out var name))
        {
            if (name == to) return true;
            foreach (var next in uses[name].Where(seen.Add)) left.Push(next);
        }

        return false;
    }
}

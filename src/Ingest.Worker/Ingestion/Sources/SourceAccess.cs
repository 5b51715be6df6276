using System.Collections.Concurrent;
using System.Threading.Tasks;
using Ingest.Text.Secrets;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Ingest.Worker.Ingestion.Sources;

/// <summary>The access rules of all sources, as the settings stand.</summary>
internal sealed class SourceAccess(IConfiguration configuration, SourceStore sources)
{
    private readonly ConcurrentDictionary<int, string> names = new();
    private readonly Lock turn = new();
    private Reading? read;

    private sealed record Reading(IChangeToken Token, IReadOnlyDictionary<string, AccessRules> Rules)
    {
        public bool ArePlain { get; } = Rules.Values.All(static rules => rules.IsPlain);

        public IReadOnlyDictionary<string, IReadOnlyList<string>> Twins { get; } = TwinsAmong(Rules);
    }

    /// <summary>The rules of a source; one found through another follows those of the other.</summary>
    public AccessRules Of(Source source)
    {
        names[source.Id] = source.Name;

        // Another worker of the cluster may have other settings for a moment, in which the source has another name.
        return Of(source.Name) ?? Current().Rules.Values.FirstOrDefault(rules => UrlSecrets.Without(rules.Url) == source.Url)
            ?? (source.Id == 0 ? AccessRules.Of(source.Url) : AccessRules.None(source.Url));
    }

    /// <summary>Names of the other configured sources with the same URL that are asked alike; mostly none.</summary>
    public IReadOnlyList<string> TwinsOf(Source source) => Current().Twins.TryGetValue(source.Name, out var twins) ? twins : [];

    /// <summary>The rules for a page of a source.</summary>
    public async ValueTask<AccessRules> OfPageAsync(int sourceId, Uri url, CancellationToken ct)
    {
        return !Current().ArePlain && Of(await NameOfAsync(sourceId, ct)) is { } rules ? rules : AccessRules.None(url);
    }

    /// <summary>The name of a source; empty when there is none of this number.</summary>
    public async ValueTask<string> NameOfAsync(int sourceId, CancellationToken ct)
    {
        if (!names.TryGetValue(sourceId, out var name)) names[sourceId] = name = await sources.LoadNameAsync(sourceId, ct) ?? "";
        return name;
    }

    /// <summary>Forgets which source has which name: a synchronisation may have given them others.</summary>
    public void ForgetNames() => names.Clear();

    private static Dictionary<string, IReadOnlyList<string>> TwinsAmong(IReadOnlyDictionary<string, AccessRules> rules) =>
        (from rule in rules
         group rule by rule.Value.AskedUrl into alike
         where alike.Skip(1).Any()
         from one in alike
         let others = alike.Where(other => other.Key != one.Key && one.Value.AsksLike(other.Value)).Select(static other => other.Key).ToList()
         where others.Count > 0
         select KeyValuePair.Create(one.Key, (IReadOnlyList<string>)others)).ToDictionary(StringComparer.Ordinal);

    private AccessRules? Of(string name)
    {
        var rules = Current().Rules;
        for (; ; name = name[..^SourceList.FoundSuffix])
        {
            if (rules.TryGetValue(name, out var found)) return found;
            if (!SourceList.IsFound(name)) return null;
        }
    }

    private Reading Current()
    {
        lock (turn)
        {
            if (read is { Token.HasChanged: false } last) return last;
            var token = configuration.GetReloadToken();
            var list = SourceList.Read(configuration);

            // A source whose settings are faulty keeps those it had, like its row.
            var rules = list.Access.ToDictionary(StringComparer.Ordinal);
            foreach (var name in list.Faulty.Where(name => read?.Rules.ContainsKey(name) == true)) rules[name] = read!.Rules[name];
            return read = new Reading(token, rules);
        }
    }
}

using System.Collections.Concurrent;
using System.Threading.Tasks;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Ingest.Worker.Ingestion;

/// <summary>How a source's server is to be asked. It comes from the settings at every use, and is never in the database.</summary>
/// <param name="Url">The configured URL: what is secret goes to its host only.</param>
/// <param name="Headers">Extra request headers; null for none.</param>
/// <param name="Credential">How the source authenticates; null for not at all.</param>
/// <param name="UnconditionalCheck">Whether a server that always answers 304 is checked once in a while.</param>
internal sealed record AccessRules(Uri Url, IReadOnlyDictionary<string, string>? Headers, Credential? Credential, bool UnconditionalCheck)
{
    public bool IsPlain => Headers is null && Credential is null;

    /// <summary>A request for something of the source; headers and credential go with it on the configured host only, wherever the source moved.</summary>
    public FetchRequest Request(Uri url, FetchKind kind, Validators? validators) =>
        WebUrl.SameParty(Url, url) ? new FetchRequest(url, kind, validators, Headers, Credential) : new FetchRequest(url, kind, validators);
}

/// <summary>The access rules of all sources, as the settings stand.</summary>
internal sealed class SourceAccess(IConfiguration configuration, SourceStore sources)
{
    private readonly ConcurrentDictionary<int, string> names = new();
    private readonly Lock turn = new();
    private (IChangeToken Token, IReadOnlyDictionary<string, AccessRules> Rules)? read;

    /// <summary>The rules of a source; one found through another follows those of the other.</summary>
    public AccessRules Of(Source source)
    {
        names[source.Id] = source.Name;
        return Of(source.Name) ?? new AccessRules(source.Url, null, null, UnconditionalCheck: true);
    }

    /// <summary>A request for a page of a source.</summary>
    public async ValueTask<FetchRequest> PageRequestAsync(int sourceId, Uri url, CancellationToken ct)
    {
        if (Current().Values.Any(static rules => !rules.IsPlain))
        {
            if (!names.TryGetValue(sourceId, out var name)) names[sourceId] = name = await sources.LoadNameAsync(sourceId, ct) ?? "";
            if (Of(name) is { } rules) return rules.Request(url, FetchKind.Page, null);
        }

        return new FetchRequest(url, FetchKind.Page, null);
    }

    private AccessRules? Of(string name)
    {
        var rules = Current();
        for (; ; name = name[..^SourceList.FoundSuffix])
        {
            if (rules.TryGetValue(name, out var found)) return found;
            if (!SourceList.IsFound(name)) return null;
        }
    }

    private IReadOnlyDictionary<string, AccessRules> Current()
    {
        lock (turn)
        {
            if (read is { } last && !last.Token.HasChanged) return last.Rules;
            var token = configuration.GetReloadToken();
            var list = SourceList.Read(configuration);

            // A source whose settings are faulty keeps those it had, like its row.
            var rules = list.Access.ToDictionary(StringComparer.Ordinal);
            foreach (var name in list.Faulty.Where(name => read?.Rules.ContainsKey(name) == true)) rules[name] = read!.Value.Rules[name];
            read = (token, rules);
            return rules;
        }
    }
}

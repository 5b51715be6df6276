using System.Threading.Tasks;
using Ingest.Worker.Storage.Drift;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Search;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Commands.Run;

/// <summary>
/// After <c>run --once</c>: what it stored is made searchable, and compared with what is usual with its sources; where that has to wait, it says for whom.
/// </summary>
internal static class RunIndexing
{
    // What is left of it, the next run or the service takes in.
    public static async Task CatchUpAsync(IServiceProvider services, CancellationToken ct)
    {
        try
        {
            await services.GetRequiredService<SearchIndex>().CatchUpAsync(services.GetRequiredService<IOptions<SearchOptions>>().Value.Scope, ct);
            await services.GetRequiredService<DriftStore>().FollowAsync(TimeProvider.System.GetUtcNow(), ct);
            var backlog = await ChangeBacklog.LoadAsync(services.GetRequiredService<Database>(), ct);
            if (backlog.Held > 0)
                await Console.Error.WriteLineAsync(
                    $"Not all that is stored can be found or followed yet: {backlog.Words(TimeProvider.System.GetUtcNow())}.");
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
    }
}

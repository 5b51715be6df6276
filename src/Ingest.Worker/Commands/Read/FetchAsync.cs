using System.Threading.Tasks;
using Ingest.Worker.Fetching;

namespace Ingest.Worker.Commands.Read;

/// <summary>How a command that reads files or URLs reaches the web.</summary>
internal delegate Task<FetchResult> FetchAsync(FetchRequest request, CancellationToken ct);

using System.Net;
using System.Text;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ingest.Worker.Operations.Listening;

/// <summary>Takes the requests: who may ask, which route answers, and what every answer tells a browser.</summary>
internal sealed partial class RequestDesk(IEnumerable<Route> routes, IOptions<OperationsOptions> options, ILogger<RequestDesk> log)
{
    // Nothing of a page comes from elsewhere, and nothing of it runs.
    private const string Policy =
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private readonly Dictionary<string, Route> byPath = routes.ToDictionary(static route => route.Path, StringComparer.Ordinal);

    public async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var reply = await ReplyAsync(request, context.RequestAborted);
        response.StatusCode = reply.Status;
        response.ContentType = reply.MediaType;
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (reply.Status == StatusCodes.Status405MethodNotAllowed) response.Headers.Allow = "GET, HEAD";
        var body = Encoding.UTF8.GetBytes(reply.Body);
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(request.Method)) await response.Body.WriteAsync(body, context.RequestAborted);
    }

    private async Task<Reply> ReplyAsync(HttpRequest request, CancellationToken ct)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return Reply.Text(405, "Only GET and HEAD are answered.");
        if (!IsKnown(request.Host.Host))
            return Reply.Text(421, $"This worker is not asked by that name: list it under {OperationsOptions.Section}:{nameof(OperationsOptions.HostNames)}.");
        if (!byPath.TryGetValue(request.Path.Value ?? "", out var route)) return Reply.Text(404, "There is nothing here; begin at /.");
        try
        {
            return await route.AnswerAsync(request.Query.ToDictionary(static one => one.Key, static one => one.Value.ToString(), StringComparer.Ordinal), ct);
        }
        catch (Exception error) when (error is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } or TimeoutException
            || (error is NpgsqlException and not PostgresException))
        {
            return Reply.Text(503, "The database does not answer this now. /health/ready says more.");
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            LogFailed(log, error, route.Path);
            return Reply.Text(500, "That failed; the worker's log says why.");
        }
    }

    // A page elsewhere could give its own name this machine's address, and have a browser here ask for it. A name without a dot is nobody's on the web.
    private bool IsKnown(string host) =>
        !host.Contains('.', StringComparison.Ordinal) || IPAddress.TryParse(host.Trim('[', ']'), out _)
            || options.Value.HostNames.Contains(host, StringComparer.OrdinalIgnoreCase);

    [LoggerMessage(904, LogLevel.Error, "The answer to {Path} failed")]
    private static partial void LogFailed(ILogger logger, Exception error, string path);
}

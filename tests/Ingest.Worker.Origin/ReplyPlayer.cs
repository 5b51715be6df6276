using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Ingest.Worker.Origin;

/// <summary>Sends a <see cref="Reply"/>.</summary>
internal static class ReplyPlayer
{
    private static readonly string[] KeptBy304 = ["ETag", "Last-Modified", "Cache-Control", "Expires", "Date", "Vary", "Retry-After"];

    public static async Task PlayAsync(Reply reply, SeenRequest request, HttpContext context, Action onReply)
    {
        var gone = context.RequestAborted;
        try
        {
            if (reply.Delay > TimeSpan.Zero)
                await Task.Delay(reply.Delay, gone);
            if (reply.Ending is BodyEnding.HangUp or BodyEnding.Close)
            {
                // Before the asker knows: its clock may jump as soon as it does.
                onReply();
                if (reply.Ending == BodyEnding.Close) await CloseAsync(context, gone);
                context.Abort();
                return;
            }

            var current = IsCurrent(reply, request);
            request.Status = context.Response.StatusCode = current ? 304 : reply.Status;
            onReply();
            foreach (var fields in reply.Headers.Where(h => !current || KeptBy304.Contains(h.Key, StringComparer.OrdinalIgnoreCase))
                .GroupBy(h => h.Key, h => h.Value))
                context.Response.Headers[fields.Key] = new StringValues([.. fields]);
            if (!current && request.Method != "HEAD" && reply.Status is not (204 or 205 or 304))
                await SendBodyAsync(reply, context, gone);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The reader hung up, as it should on many of these.
        }
    }

    /// <summary>Byte for byte: a reader that rewrites a validator gets the full answer.</summary>
    private static bool IsCurrent(Reply reply, SeenRequest request)
    {
        if (reply is { Status: 200, AlwaysNotModified: true })
            return request.IsConditional;
        if (reply.Status != 200 || !reply.ComparesValidators)
            return false;
        if (request.Header("If-None-Match") is { } etags)
            return reply.Field("ETag") is { } etag && (etags == etag || etags.Split(", ").Contains(etag));
        return request.Header("If-Modified-Since") is { } since && reply.Field("Last-Modified") == since;
    }

    private static async Task CloseAsync(HttpContext context, CancellationToken gone)
    {
        await context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output.CompleteAsync();

        // Else the connection would break before it is closed.
        await Task.Delay(TimeSpan.FromMilliseconds(50), gone);
    }

    private static ReadOnlyMemory<byte> Repeat(ReadOnlyMemory<byte> piece, int atLeast)
    {
        var repeated = new byte[piece.Length * ((atLeast / Math.Max(1, piece.Length)) + 1)];
        for (var at = 0; at < repeated.Length; at += piece.Length)
            piece.CopyTo(repeated.AsMemory(at));
        return repeated;
    }

    private static async Task SendBodyAsync(Reply reply, HttpContext context, CancellationToken gone)
    {
        if (reply.Ending != BodyEnding.Never)
            context.Response.ContentLength ??= reply.Body.Length;
        await context.Response.StartAsync(gone);
        var body = reply.Ending switch
        {
            BodyEnding.CutShort => reply.Body[..(reply.Body.Length / 2)],
            // As fast as the reader reads, however short the piece.
            BodyEnding.Never when reply.PieceBytes == 0 => Repeat(reply.Body, 64 << 10),
            _ => reply.Body,
        };
        if (body.IsEmpty && reply.Ending == BodyEnding.Never)
            await Task.Delay(Timeout.Infinite, gone);
        do
        {
            var piece = reply.PieceBytes > 0 ? reply.PieceBytes : Math.Max(1, body.Length);
            for (var sent = 0; sent < body.Length; sent += piece)
            {
                await context.Response.Body.WriteAsync(body.Slice(sent, Math.Min(piece, body.Length - sent)), gone);
                if (reply.PieceDelay > TimeSpan.Zero)
                {
                    await context.Response.Body.FlushAsync(gone);
                    await Task.Delay(reply.PieceDelay, gone);
                }
            }
        }
        while (reply.Ending == BodyEnding.Never && !gone.IsCancellationRequested);
        if (reply.Ending == BodyEnding.CutShort)
        {
            await context.Response.Body.FlushAsync(gone);
            context.Abort();
        }
    }
}

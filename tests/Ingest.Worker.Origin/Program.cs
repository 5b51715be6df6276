using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Ingest.Worker.Origin;

/// <summary>The origin as a tool: serves a script or a folder until Ctrl-C, prints each request, at the end what each path was asked.</summary>
internal static class Program
{
    private static readonly Option<string?> Script = new("--script") { Description = "JSON file that says what each path answers." };
    private static readonly Option<string?> Files = new("--folder") { Description = "Folder to serve at /, instead of a script." };
    private static readonly Option<int> Port = new("--port") { Description = "Port for --folder; 0 for a free one." };
    private static readonly Option<string?> Log = new("--log") { Description = "File for one JSON line a request, with its headers." };

    private static Task<int> Main(string[] args)
    {
        var root = new RootCommand("A scripted HTTP origin on loopback.") { Script, Files, Port, Log };
        root.SetAction(RunAsync);
        return root.Parse(args).InvokeAsync();
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken ct)
    {
        ScriptedOrigin origin;
        try
        {
            if (arguments.GetValue(Script) is { } script)
            {
                origin = await OriginScript.StartAsync(script);
            }
            else if (arguments.GetValue(Files) is { } folder)
            {
                origin = (await ScriptedOrigin.StartAsync(port: arguments.GetValue(Port))).ServeFolder("/", folder);
            }
            else
            {
                await Console.Error.WriteLineAsync("Give --script FILE or --folder FOLDER.");
                return 2;
            }
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException or FormatException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }

        await using (origin)
            await ServeAsync(origin, arguments.GetValue(Log), ct);
        return 0;
    }

    private static async Task ServeAsync(ScriptedOrigin origin, string? logFile, CancellationToken ct)
    {
        await using var log = logFile is null ? TextWriter.Null : TextWriter.Synchronized(new StreamWriter(logFile) { AutoFlush = true });
        origin.OnReply = request =>
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{request.At:HH:mm:ss.fff} {request.Status} {request.Host} {request.Method} {request.Path}{(request.IsConditional ? " (conditional)" : "")}"));
            log.WriteLine(JsonSerializer.Serialize(request));
        };
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Serving at {origin.BaseUrl}; Ctrl-C ends."));
        try
        {
            await Task.Delay(Timeout.Infinite, ct);
        }
        catch (OperationCanceledException)
        {
            Summarize(origin);
        }
    }

    private static void Summarize(ScriptedOrigin origin)
    {
        Console.WriteLine("requests  conditional  304  path");
        foreach (var path in origin.Requests.GroupBy(r => r.Host + r.Path, StringComparer.Ordinal).OrderByDescending(g => g.Count()))
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{path.Count(),8}  {path.Count(r => r.IsConditional),11}  {path.Count(r => r.Status == 304),3}  {path.Key}"));
    }
}

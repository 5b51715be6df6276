using System.Globalization;
using System.IO;
using System.Text.Json;

namespace Ingest.Worker.Commands.Read;

/// <summary>One thing to read: a file, or an http(s) URL.</summary>
/// <param name="Name">As the user named it.</param>
/// <param name="Path">Path or URL.</param>
/// <param name="Charset">HTTP charset to assume for a file.</param>
/// <param name="Url">The URL a file came from.</param>
internal sealed record FeedInput(string Name, string Path, string? Charset, Uri? Url)
{
    /// <summary>The named inputs; folders give their files in order, <c>-</c> the lines of <paramref name="list"/>.</summary>
    public static IEnumerable<FeedInput> OfNames(IReadOnlyList<string> names, TextReader list, string? charset, Uri? url)
    {
        foreach (var name in names)
        {
            if (name == "-")
            {
                while (list.ReadLine() is { } line)
                {
                    if (line.Length > 0) yield return new FeedInput(line, line, charset, url);
                }
            }
            else if (Directory.Exists(name))
            {
                foreach (var file in Directory.EnumerateFiles(name, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                    yield return new FeedInput(file, file, charset, url);
            }
            else
            {
                yield return new FeedInput(name, name, charset, url);
            }
        }
    }

    /// <summary>The inputs of a manifest, with the headers they were served with.</summary>
    /// <exception cref="FeedInputException">The manifest cannot be read or a line is no manifest line.</exception>
    public static IEnumerable<FeedInput> OfManifest(FileInfo manifest)
    {
        if (!manifest.Exists) throw new FeedInputException($"{manifest} does not exist.");
        var folder = manifest.DirectoryName ?? ".";
        var number = 0;
        foreach (var line in File.ReadLines(manifest.FullName))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return OfManifestLine(line, folder)
                    ?? throw new FeedInputException(string.Create(CultureInfo.InvariantCulture, $"{manifest}, line {number}: no JSON object with a \"file\"."));
        }
    }

    private static FeedInput? OfManifestLine(string line, string folder)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("file", out var file)
                || file.GetString() is not { } name)
                return null;
            var url = json.RootElement.TryGetProperty("base_url", out var stated) && Uri.TryCreate(stated.GetString(), UriKind.Absolute, out var baseUrl)
                ? baseUrl
                : null;
            string? charset = null;
            if (json.RootElement.TryGetProperty("headers", out var headers) && headers.ValueKind == JsonValueKind.Object)
            {
                foreach (var header in headers.EnumerateObject())
                {
                    if (string.Equals(header.Name, "Content-Type", StringComparison.OrdinalIgnoreCase)) charset = CharsetOf(header.Value.GetString() ?? "");
                    else if (string.Equals(header.Name, "Content-Location", StringComparison.OrdinalIgnoreCase)) url = Located(url, header.Value.GetString());
                }
            }

            return new FeedInput(name, System.IO.Path.Combine(folder, name), charset, url);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Uri? Located(Uri? url, string? location) =>
        Uri.TryCreate(location, UriKind.Absolute, out var absolute) && absolute.Scheme.StartsWith("http", StringComparison.Ordinal) ? absolute
        : url is not null && Uri.TryCreate(url, location, out var resolved) ? resolved : url;

    private static string? CharsetOf(string contentType)
    {
        foreach (var parameter in contentType.Split(';').Skip(1))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && parameter.AsSpan(0, equals).Trim().Equals("charset", StringComparison.OrdinalIgnoreCase))
                return parameter[(equals + 1)..].Trim().Trim('"', '\'');
        }

        return null;
    }
}

/// <summary>The command was given inputs that make no sense.</summary>
internal sealed class FeedInputException(string message) : Exception(message);

using System.CommandLine;
using Ingest.Identity;

namespace Ingest.Worker.Commands.Output;

/// <summary><c>--url U</c>, wherever a file may say where it came from.</summary>
internal static class UrlOption
{
    public static Option<Uri?> Create(string description) => new("--url")
    {
        Description = description,
        CustomParser = static result =>
        {
            if (CanonicalUrl.Parse(result.Tokens[0].Value) is { } url) return url;
            result.AddError($"--url {result.Tokens[0].Value} is not a URL; write an absolute one, http or https.");
            return null;
        },
    };
}

using System.Globalization;
using System.Net.Http;
using Ingest.Tests;

namespace Ingest.Worker.Benchmarks;

/// <summary><c>public-suffixes [FILE]</c>: takes over the Public Suffix List as it is published, from its site or from a file.</summary>
internal static class PublicSuffixes
{
    private const string Published = "https://publicsuffix.org/list/public_suffix_list.dat";

    public static async Task<int> RunAsync(string[] args)
    {
        var text = args is [var file] ? await File.ReadAllTextAsync(file) : await DownloadAsync();
        var (version, names) = Read(text);
        if (names.Count < 5000 || version is null)
        {
            await Console.Error.WriteLineAsync($"This is not the Public Suffix List: {names.Count} names, version {version ?? "not stated"}.");
            return 1;
        }

        var target = Path.Combine(Repository.Root, "src", "Ingest.Identity", "Data", "public-suffixes.txt");
        await File.WriteAllLinesAsync(target, [.. Head(version), .. names]);
        await Console.Out.WriteLineAsync($"{names.Count} names of {version} are in {Path.GetRelativePath(Repository.Root, target)}");
        return 0;
    }

    private static async Task<string> DownloadAsync()
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(1) };
        return await client.GetStringAsync(new Uri(Published));
    }

    private static IEnumerable<string> Head(string version) =>
    [
        $"# Names under which domains are registered, each by a publisher of its own: the Public Suffix List, https://publicsuffix.org/list/, of {version},",
        "# sorted, without its comments, names in their ASCII form. \"*\" stands for one label, \"!\" begins an exception.",
        "# This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0.",
        "# If a copy of the MPL was not distributed with this file, You can obtain one at https://mozilla.org/MPL/2.0/.",
    ];

    // A rule ends at the first white space; the version is a comment of its own ("// VERSION: 2026-11-20_09-13-01_UTC").
    private static (string? Version, IReadOnlyList<string> Names) Read(string text)
    {
        const string VersionMark = "// VERSION:";
        var idn = new IdnMapping();
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var version = lines.FirstOrDefault(static line => line.StartsWith(VersionMark, StringComparison.Ordinal))?[VersionMark.Length..].Trim().Split('_')[0];
        var names = lines.Where(static line => !line.StartsWith("//", StringComparison.Ordinal)).Select(line => Ascii(line.Split(' ', '\t')[0], idn));
        return (version, [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    private static string Ascii(string rule, IdnMapping idn)
    {
        var mark = rule.StartsWith("*.", StringComparison.Ordinal) ? "*." : rule.StartsWith('!') ? "!" : "";
        return mark + idn.GetAscii(rule[mark.Length..]).ToLowerInvariant();
    }
}

using System.Globalization;
using System.Text;

namespace Ingest.Worker.Fetching.Robots;

/// <summary>
/// The rules of a robots.txt that bind us (RFC 9309): of the groups that name our product, or else of those for everyone, the longest matching pattern
/// decides, and allow wins a tie.
/// </summary>
internal sealed class RobotsRules
{
    /// <summary>The rules of a site without a robots.txt.</summary>
    public static readonly RobotsRules AllowAll = new([], null, []);

    private const int MostSitemaps = 20;

    private static readonly string[] UserAgentKeys = ["user-agent", "useragent", "user agent"];
    private static readonly string[] DisallowKeys = ["disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"];

    private readonly List<(string Pattern, bool Allow)> rules;

    private RobotsRules(List<(string Pattern, bool Allow)> rules, TimeSpan? crawlDelay, IReadOnlyList<string> sitemaps) =>
        (this.rules, CrawlDelay, Sitemaps) = (rules, crawlDelay, sitemaps);

    /// <summary>Least time between requests; no part of the RFC, but widely meant. Null when not stated.</summary>
    public TimeSpan? CrawlDelay { get; }

    /// <summary>About how many characters it keeps.</summary>
    public long Weight => rules.Sum(static rule => 32L + rule.Pattern.Length) + Sitemaps.Sum(static sitemap => (long)sitemap.Length);

    /// <summary>The sitemaps that the site names (sitemaps.org), as stated; they belong to no group.</summary>
    public IReadOnlyList<string> Sitemaps { get; }

    /// <summary>Reads a robots.txt. Every sequence of bytes is one; what is not understood is skipped.</summary>
    /// <param name="body">UTF-8.</param>
    /// <param name="products">Our product tokens, compared without regard to case.</param>
    public static RobotsRules Read(ReadOnlySpan<byte> body, params ReadOnlySpan<string> products)
    {
        var ours = new Group();
        var everyones = new Group();
        var sitemaps = new List<string>();
        bool namesUs = false, namesAll = false, inRules = false;
        foreach (var line in Encoding.UTF8.GetString(body).TrimStart('\ufeff').AsSpan().EnumerateLines())
        {
            if (!TryReadLine(line, out var key, out var value))
                continue;
            if (IsOneOf(key, UserAgentKeys))
            {
                if (inRules)
                    namesUs = namesAll = inRules = false;
                namesAll |= IsEveryone(value);
                namesUs |= IsProduct(value, products);
                ours.IsPresent |= namesUs;
            }
            else if (key.Equals("sitemap", StringComparison.OrdinalIgnoreCase))
            {
                if (sitemaps.Count < MostSitemaps)
                    sitemaps.Add(value.ToString());
            }
            else if (key.Equals("crawl-delay", StringComparison.OrdinalIgnoreCase))
            {
                // Not of the RFC, so it must not end the run of user-agent lines.
                SetDelay(value, namesUs ? ours : null, namesAll ? everyones : null);
            }
            else if (key.Equals("allow", StringComparison.OrdinalIgnoreCase) || IsOneOf(key, DisallowKeys))
            {
                inRules = true;
                if (!value.IsEmpty && (namesUs || namesAll))
                    AddRule(
                        (RobotsPattern.NormalizePattern(value), key.Equals("allow", StringComparison.OrdinalIgnoreCase)),
                        namesUs ? ours : null,
                        namesAll ? everyones : null);
            }
        }

        var binding = ours.IsPresent ? ours : everyones;
        return new(binding.Rules, binding.CrawlDelay, sitemaps);
    }

    /// <summary>Whether the URL may be fetched.</summary>
    public bool Allows(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var path = RobotsPattern.NormalizePath(url.PathAndQuery);
        if (path == "/robots.txt")
            return true;
        var (longest, allow) = (-1, true);
        foreach (var (pattern, allows) in rules)
        {
            if (pattern.Length < longest || (pattern.Length == longest && (allow || !allows)))
                continue;
            if (RobotsPattern.Matches(pattern, path))
                (longest, allow) = (pattern.Length, allows);
        }

        return allow;
    }

    private static bool TryReadLine(ReadOnlySpan<char> line, out ReadOnlySpan<char> key, out ReadOnlySpan<char> value)
    {
        if (line.IndexOf('#') is var comment and >= 0)
            line = line[..comment];
        var colon = line.IndexOf(':');
        key = colon < 0 ? default : line[..colon].Trim();
        value = colon < 0 ? default : line[(colon + 1)..].Trim();
        return !key.IsEmpty;
    }

    private static bool IsOneOf(ReadOnlySpan<char> key, string[] names)
    {
        foreach (var name in names)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool IsEveryone(ReadOnlySpan<char> value) => value is ['*'] || (value.Length > 1 && value[0] == '*' && char.IsWhiteSpace(value[1]));

    // A token ends with the first character that is none of a token's (RFC 9309, section 2.2.1); a version or words behind it are skipped.
    private static bool IsProduct(ReadOnlySpan<char> value, ReadOnlySpan<string> products)
    {
        foreach (var product in products)
        {
            if (value.StartsWith(product, StringComparison.OrdinalIgnoreCase)
                && (value.Length == product.Length || !(char.IsAsciiLetter(value[product.Length]) || value[product.Length] is '-' or '_')))
                return true;
        }

        return false;
    }

    private static void SetDelay(ReadOnlySpan<char> value, params ReadOnlySpan<Group?> groups)
    {
        if (!double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds is not (>= 0 and <= 86_400))
            return;
        foreach (var group in groups)
        {
            if (group is not null)
                group.CrawlDelay ??= TimeSpan.FromSeconds(seconds);
        }
    }

    private static void AddRule((string Pattern, bool Allow) rule, params ReadOnlySpan<Group?> groups)
    {
        foreach (var group in groups)
            group?.Rules.Add(rule);
    }

    private sealed class Group
    {
        public bool IsPresent { get; set; }

        public List<(string Pattern, bool Allow)> Rules { get; } = [];

        public TimeSpan? CrawlDelay { get; set; }
    }
}

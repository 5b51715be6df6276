using Ingest.Worker.Fetching.Answers;

namespace Ingest.Worker.Fetching.Reservations;

/// <summary>Opt-outs as stated: X-Robots-Tag and robots meta elements, TDM Reservation Protocol fields and meta elements.</summary>
internal static class OptOutReader
{
    // These carry a colon of their own; any other word before a colon is the name of the robot that is addressed.
    private static readonly string[] ValuedRules = ["unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"];

    /// <summary>Gathers them from the head and the page.</summary>
    /// <param name="head">The answer's fields.</param>
    /// <param name="html">The page, or its beginning; empty for what is no page.</param>
    /// <param name="products">Our product tokens: what addresses other robots does not bind us.</param>
    public static (OptOuts OptOuts, string? TdmPolicy) Read(AnswerHead head, ReadOnlySpan<byte> html, params string[] products)
    {
        ArgumentNullException.ThrowIfNull(head);
        var optOuts = head.First("tdm-reservation")?.Trim() == "1" ? OptOuts.TdmReserved : OptOuts.None;
        var policy = head.First("tdm-policy");
        foreach (var field in head.All("X-Robots-Tag"))
            optOuts |= Rules(field, products);
        foreach (var (name, content) in MetaScanner.Read(html))
        {
            if (Is(name, "robots") || products.Contains(name, StringComparer.OrdinalIgnoreCase))
                optOuts |= Rules(content, products);
            else if (Is(name, "tdm-reservation") && content.Trim() == "1")
                optOuts |= OptOuts.TdmReserved;
            else if (Is(name, "tdm-policy"))
                policy ??= content;
        }

        return (optOuts, policy);
    }

    private static OptOuts Rules(string field, string[] products)
    {
        var (optOuts, addressed) = (OptOuts.None, true);
        foreach (var part in field.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var rule = part;
            if (part.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
            {
                var name = part[..colon].Trim();
                if (ValuedRules.Contains(name, StringComparer.OrdinalIgnoreCase))
                    continue;
                addressed = name == "*" || Is(name, "robots") || products.Contains(name, StringComparer.OrdinalIgnoreCase);
                rule = part[(colon + 1)..].Trim();
            }

            if (addressed)
                optOuts |= Rule(rule);
        }

        return optOuts;
    }

    private static OptOuts Rule(string rule) => rule.ToLowerInvariant() switch
    {
        "noindex" or "none" => OptOuts.NoIndex,
        "noarchive" or "nocache" => OptOuts.NoArchive,
        "nosnippet" => OptOuts.NoSnippet,
        "noai" => OptOuts.NoAi,
        _ => OptOuts.None,
    };

    private static bool Is(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}

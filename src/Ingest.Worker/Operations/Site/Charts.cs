using System.Globalization;

namespace Ingest.Worker.Operations.Site;

/// <summary>A bar of a chart.</summary>
/// <param name="Label">What it stands for.</param>
/// <param name="Value">How much.</param>
/// <param name="Bad">How much of that is bad.</param>
internal sealed record Bar(string Label, double Value, double Bad = 0);

/// <summary>Small charts of bars, as SVG in the page; what they show is also said in words, for those who do not see them.</summary>
internal static class Charts
{
    private const int Height = 60, Step = 12;

    public static Html Bars(string caption, IReadOnlyList<Bar> bars, string format = "0")
    {
        var most = bars.Count == 0 ? 0 : bars.Max(static bar => bar.Value);
        if (most <= 0) return Html.None;
        var width = bars.Count * Step;
        var words = string.Join(", ", bars.Where(static bar => bar.Value > 0).Select(bar => $"{bar.Label}: {Say(bar.Value, format)}"));
        var drawn = bars.Select((bar, i) => Html.Of($"<g><title>{Words(bar)}</title>{Rect(i, bar.Value / most, "")}{Rect(i, bar.Bad / most, "bad")}</g>"));
        return Html.Of(
            $"""
            <figure><svg width="{width}" height="{Height + 1}" viewBox="0 0 {width} {Height + 1}" role="img" aria-label="{caption}: {words}">
            {drawn}<line x1="0" x2="{width}" y1="{Height}.5" y2="{Height}.5"/></svg>
            <figcaption>{caption}, {bars[0].Label} to {bars[^1].Label}; at most {Say(most, format)}</figcaption></figure>

            """);

        string Words(Bar bar) => $"{bar.Label}: {Say(bar.Value, format)}{(bar.Bad > 0 ? $", {Say(bar.Bad, format)} failed" : "")}";
    }

    private static Html Rect(int at, double share, string kind)
    {
        if (share <= 0) return Html.None;
        var height = Math.Max(1, share * Height);
        return Html.Of($"<rect class=\"{kind}\" x=\"{(at * Step) + 1}\" y=\"{Height - height:0.0}\" width=\"{Step - 2}\" height=\"{height:0.0}\"/>");
    }

    private static string Say(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

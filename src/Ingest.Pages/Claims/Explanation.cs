using System.Globalization;

namespace Ingest.Pages.Claims;

/// <summary>Notes why each claim won; costs nothing when nobody asked.</summary>
internal sealed class Explanation(bool wanted)
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public void Note(FormattableString line)
    {
        if (wanted) _lines.Add(line.ToString(CultureInfo.InvariantCulture));
    }
}

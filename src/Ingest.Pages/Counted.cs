using AngleSharp.Dom;
using AngleSharp.Text;

namespace Ingest.Pages;

/// <summary>The mark of an element that <see cref="BoundedParse"/> has counted, set where nobody else looks: the parser's copies do not have it.</summary>
internal sealed class Counted : ISourceReference
{
    public static readonly Counted Once = new();

    public TextPosition Position => default;
}

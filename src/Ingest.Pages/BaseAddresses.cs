using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Ingest.Pages;

/// <summary>
/// Tells the parser of the attributes of a page's base, which change what other elements say. Nobody asks its links, pictures and forms what they would do.
/// </summary>
internal sealed class BaseAddresses : IAttributeObserver
{
    private readonly DefaultAttributeObserver _all = new();

    public void NotifyChange(IElement host, string name, string? value)
    {
        if (name == "href" && host is IHtmlBaseElement) ((IAttributeObserver)_all).NotifyChange(host, name, value);
    }
}

using AngleSharp.Dom;

namespace Ingest.Pages.Body.Blocks.Runs;

/// <summary>A card that opens over a sentence: an inline element that begins with a picture and has several links.</summary>
internal struct Card
{
    private const int MostNodes = 80;

    private int _nodes;
    private int _links;
    private bool _picture;
    private bool _text;

    public static bool Is(IElement inline)
    {
        var card = default(Card);
        card.Look(inline);
        return card is { _picture: true, _links: > 1 };
    }

    // What is read before the picture, such as the name that the card is about, is the sentence's.
    private void Look(INode parent)
    {
        for (var node = parent.FirstChild; node is not null && ++_nodes <= MostNodes; node = node.NextSibling)
        {
            if (node is IText text)
            {
                _text = _text || !string.IsNullOrWhiteSpace(text.Data);
                continue;
            }

            if (node is not IElement element) continue;
            _picture |= element.LocalName == "img" && !_text;
            if (element.LocalName == "a") _links++;
            Look(element);
        }
    }
}

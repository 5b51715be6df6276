using System.Xml.Linq;
using Ingest.Feeds.Markup;

namespace Ingest.Feeds.Entries;

/// <summary>Reads an Atom person (RFC 4287, section 3.2): the name, else the address, else the page.</summary>
internal static class PersonText
{
    public static string? Read(XElement person)
    {
        string? name = null, email = null, page = null;
        foreach (var child in person.Elements())
        {
            switch (child.Name.LocalName.ToLowerInvariant())
            {
                case "name":
                    name ??= ElementText.Line(child);
                    break;
                case "email":
                    email ??= ElementText.Line(child);
                    break;
                case "uri" or "url" or "homepage":
                    page ??= ElementText.Line(child);
                    break;
            }
        }

        return name ?? email ?? page;
    }
}

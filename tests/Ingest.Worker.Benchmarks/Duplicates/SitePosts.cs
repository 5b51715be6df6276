namespace Ingest.Worker.Benchmarks.Duplicates;

/// <summary>Short posts of small sites, with the same lines under all of them.</summary>
internal sealed class SitePosts(Passages passages, Random random)
{
    public const int Blogs = 24, Networks = 12, SitesOfNetwork = 3;

    /// <summary>Sources that the posts need.</summary>
    public const int Sources = Blogs + (Networks * SitesOfNetwork);

    /// <summary>Posts: their kind, the number of their site from 0, and their text. No two of them are one story.</summary>
    public IEnumerable<(string Kind, int Site, string Body)> Posts()
    {
        for (var blog = 0; blog < Blogs; blog++)
        {
            var footer = Footer();
            for (var post = 2 + random.Next(6); post > 0; post--) yield return ("a blog's own posts", blog, Post() + "\n\n" + footer);
        }

        for (var network = 0; network < Networks; network++)
        {
            var footer = Footer();
            for (var site = 0; site < SitesOfNetwork; site++)
            {
                for (var post = 2 + random.Next(3); post > 0; post--)
                    yield return ("footers of several sites", Blogs + (network * SitesOfNetwork) + site, Post() + "\n\n" + footer);
            }
        }
    }

    private string Post() => passages.Take(6 + random.Next(40)) + ".";

    private string Footer() => passages.Take(35 + random.Next(60)) + ".";
}

using System.Text;
using System.Text.Json;
using Ingest.Pages;
using Ingest.Text.Dated;
using Ingest.Text.Limits;
using Ingest.Worker.Articles;

namespace Ingest.Worker.Tests.Articles;

/// <summary>From a page whose structured data holds the parts of a dated-article record to that record, byte for byte.</summary>
public sealed class SampleRecordTests
{
    private const string Synthetic =
        " date 2023-07-26 https://example.org/20230726/story-1112164615.html\n\nGhosts of the “Old” Harbour & Its Ships\n\nGhosts of the “Old” Harbour & "
            + "Its Ships\n\n"
        + "A delegation led by the mayor set out on July 25-27. What does the high-profile visit mean?\n\n"
        + "The delegation visiting the harbour is due to take part in the festive events of 1950-1953. The treaty was signed on July 27, 1953.During the era, "
        + "the city provided \"significant\" aid.While "
        + "commenting on the visit, the press emphasized that it \"will contribute to strategic and traditionally friendly relations.\"Timing of the VisitThe "
        + "timing coincided with the fair.\n\n";

    [Fact]
    public void A_page_with_the_parts_gives_the_record() => Written(Synthetic).ShouldBe(Synthetic);

    [Fact]
    public void The_sample_comes_back_byte_for_byte()
    {
        var path = Path.Combine(RepositoryRoot(), "..", "shared", "samples", "dated-article-sample.txt");
        Assert.SkipUnless(File.Exists(path), "the sample is not beside the repository");
        var sample = File.ReadAllText(path);
        Written(sample).ShouldBe(sample);
    }

    private static string Written(string record)
    {
        var parts = record.Split("\n\n");
        var header = parts[0].Split(' ', 4);
        var page = PageReader.Read(
            Encoding.UTF8.GetBytes(Page(header[2], parts[1], parts[2], parts[3], parts[4])), "utf-8", new Uri(header[3]), ReadingLimit.None);
        var article = ArticleAssembly.FromPage(page, new Uri(header[3])).ShouldBeOfType<AssemblyResult.Assembled>().Article;
        return DatedArticleText.Write(new DatedText(
            article.PublishedOn!.Value, article.Url.OriginalString, article.Title, article.Headline, article.Description, article.Body));
    }

    private static string Page(string day, string name, string headline, string description, string body)
    {
        var item = new Dictionary<string, string>
        {
            ["@type"] = "NewsArticle", ["name"] = name, ["headline"] = headline, ["description"] = description, ["articleBody"] = body,
            ["datePublished"] = day + "T16:49+0000",
        };
        return $"<!doctype html><html lang=en><head><meta charset=utf-8><title>{System.Net.WebUtility.HtmlEncode(name)}</title>"
            + $"<script type='application/ld+json'>{JsonSerializer.Serialize(item)}</script></head><body><h1>"
            + $"{System.Net.WebUtility.HtmlEncode(headline)}</h1></body></html>";
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ingest.Worker.sln"))) folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}

using System.Text;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Tests.Slips;

internal static class Slip
{
    public static FeedDocument Read(string text) =>
        FeedReader.Read(Encoding.UTF8.GetBytes(text), null, new Uri("https://weir.example/feed"), ReadingLimit.None).ShouldBeOfType<FeedDocument>();

    public static IEnumerable<string?> Titles(string text) => Read(text).Entries.Select(static entry => entry.Title);
}

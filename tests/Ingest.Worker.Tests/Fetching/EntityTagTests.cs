using CsCheck;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching;

/// <summary>Entity tags that may go back, several of them, and what they bring alone.</summary>
public sealed class EntityTagTests
{
    [Theory]
    [InlineData("*")]
    [InlineData(" * ")]
    [InlineData("*, \"a\"")]
    [InlineData("\"a\",*")]
    [InlineData("W/*")]
    public async Task Etag_that_means_anything_is_dropped(string etag)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Feed("<rss/>").ETag(etag));

        var first = await door.FetchWholeAsync(origin.Url("/feed"));
        await door.FetchWholeAsync(origin.Url("/feed"), first.Validators);

        // As a version that still kept it has it in its table.
        await door.FetchWholeAsync(origin.Url("/feed"), new Validators(etag, null));
        first.Validators.ETag.ShouldBeNull();
        origin.Requests.Count.ShouldBe(3);
        origin.Requests.ShouldAllBe(static request => !request.IsConditional && request.Header("A-IM") == null);
    }

    [Fact]
    public void Validators_that_no_server_would_take_back_are_dropped_and_all_others_kept() =>
        Gen.Select(Gen.Char['\u0001', '\u00ff'].Array[0, 20], Gen.Bool).Sample((letters, quoted) =>
        {
            var value = quoted ? $"\"{new string(letters)}\"" : new string(letters);
            var safe = EntityTag.Safe(value);
            if (value.Length == 0 || value.Any(static letter => letter is < ' ' and not '\t' or '\u007f')) safe.ShouldBeNull();
            else if (!value.Contains('*')) safe.ShouldBe(value);
            else safe.ShouldBeOneOf(value, null);
            EntityTag.Safe($"\"{new string('a', 5000)}\"").ShouldBeNull();
        });

    [Theory]
    [InlineData("\"1\"", null, "\"1\"")]
    [InlineData("\"1\"", "\"1\"", "\"1\"")]
    [InlineData("\"2\"", "\"1\"", "\"2\", \"1\"")]
    [InlineData("\"1\"", "\"2\", \"1\"", "\"1\", \"2\"")]
    [InlineData("W/\"a,b\"", "\"c\"", "W/\"a,b\", \"c\"")]
    [InlineData("\"5\"", "\"4\", \"3\", \"2\", \"1\"", "\"5\", \"4\", \"3\", \"2\"")]
    [InlineData("bare", "\"1\"", "bare")]
    [InlineData("\"1\"", "bare", "\"1\"")]
    [InlineData(null, "\"1\"", null)]
    public void Tags_of_mirrors_stand_side_by_side_newest_first(string? tag, string? known, string? list)
    {
        EntityTag.Beside(tag, known).ShouldBe(list);
        EntityTag.IsAmong(list, tag).ShouldBeTrue();
        EntityTag.IsAmong(list, "\"other\"").ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_new_alone_is_asked_for_with_a_tag_and_taken_with_226()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Feed("<rss>all</rss>").ETag("\"1\""), Reply.Error(226).Header("IM", "feed").ETag("\"2\""));

        var first = await door.FetchWholeAsync(origin.Url("/feed"));
        var second = await door.FetchWholeAsync(origin.Url("/feed"), first.Validators);

        (first.IsPart, second.IsPart, second.Status, second.Validators.ETag).ShouldBe((false, true, 226, "\"2\""));
        origin.Requests.Select(static request => request.Header("A-IM")).ShouldBe([null, "feed"]);
    }

    [Theory]
    [InlineData("gzip", true, "Feed")]
    [InlineData("feed, gzip", true, "Feed")]
    [InlineData(null, true, "Feed")]
    [InlineData("feed", false, "Feed")]
    [InlineData("feed", true, "Page")]
    public async Task A_226_that_was_not_asked_for_is_of_no_use(string? manipulation, bool conditional, string kind)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        var reply = Reply.Error(226);
        origin.Serve("/feed", manipulation is null ? reply : reply.Header("IM", manipulation));

        var result = await door.FetchAsync(origin.Url("/feed"), Enum.Parse<FetchKind>(kind), conditional ? new Validators("\"1\"", null) : null);

        result.ShouldBeOfType<FetchResult.Failed>().Cause.ShouldBe(FailureCause.ProtocolError);
    }
}

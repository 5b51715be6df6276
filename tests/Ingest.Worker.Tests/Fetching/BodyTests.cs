using System.Globalization;
using System.Text;
using Ingest.Worker.Fetching;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching;

[Collection(Alone.Name)]
public sealed class BodyTests
{
    internal static readonly string Feed = "<rss>"
        + string.Join("", Enumerable.Range(0, 5000).Select(i => string.Create(CultureInfo.InvariantCulture, $"<item>{i * 7919 % 104729}</item>"))) + "</rss>";

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("deflate")]
    [InlineData("raw-deflate")]
    public async Task Codings_are_undone(string coding)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Feed(Feed).Coded(coding));

        var fetched = await door.FetchWholeAsync(origin.Url("/feed"));

        Encoding.UTF8.GetString(fetched.Body).ShouldBe(Feed);
        fetched.WireBytes.ShouldBe(Coding.Encode(Encoding.UTF8.GetBytes(Feed), coding).Length);
        origin.Requests.Single().Header("Accept-Encoding").ShouldBe("gzip, br, zstd, deflate");
    }

    [Fact]
    public async Task Two_codings_are_undone_in_reverse()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Feed(Feed).Coded("br").Coded("gzip"));

        Encoding.UTF8.GetString((await door.FetchWholeAsync(origin.Url("/feed"))).Body).ShouldBe(Feed);
    }

    [Fact]
    public async Task Gzip_that_was_already_undone_is_taken_as_it_is()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Feed(Feed).Header("Content-Encoding", "gzip"));

        Encoding.UTF8.GetString((await door.FetchWholeAsync(origin.Url("/feed"))).Body).ShouldBe(Feed);
    }

    [Fact]
    public async Task Gzip_file_is_unpacked_for_a_feed_and_left_for_a_page()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        var file = Coding.Encode(Encoding.UTF8.GetBytes(Feed), "gzip");
        origin.Serve("/sitemap.xml.gz", Reply.Ok(file, "application/gzip"));

        Encoding.UTF8.GetString((await door.FetchWholeAsync(origin.Url("/sitemap.xml.gz"))).Body).ShouldBe(Feed);
        (await door.FetchWholeAsync(origin.Url("/sitemap.xml.gz"), FetchKind.Page)).Body.ShouldBe(file);
    }

    [Fact]
    public async Task Codings_piled_up_are_refused()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/bomb", Reply.Bomb(1 << 20, "gzip", "gzip", "gzip"));

        (await door.FailAsync(origin.Url("/bomb"))).Cause.ShouldBe(FailureCause.BadEncoding);
    }

    [Fact]
    public async Task Zstd_window_that_asks_for_much_memory_is_refused()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        // A frame header alone: no content size, window descriptor of 1 GiB.
        byte[] frame = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa0, 0x01, 0x00, 0x00];
        origin.Serve("/feed", Reply.Ok(frame, "text/xml").Header("Content-Encoding", "zstd"));

        (await door.FailAsync(origin.Url("/feed"))).Cause.ShouldBe(FailureCause.BadEncoding);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("deflate")]
    public async Task Coded_body_that_stops_short_is_refused(string coding)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        var coded = Coding.Encode(Encoding.UTF8.GetBytes(Feed), coding);
        origin.Serve("/feed", Reply.Ok(coded.AsMemory(0, coded.Length / 2), "text/xml").Header("Content-Encoding", coding));

        var failed = await door.FailAsync(origin.Url("/feed"));

        failed.Cause.ShouldBe(FailureCause.BadEncoding);
        failed.Kind.ShouldBe(FailureKind.Server);
    }

    [Theory]
    [InlineData("compress")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("aws-chunked")]
    public async Task Bytes_that_are_neither_text_nor_a_known_coding_are_refused(string named)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        byte[] compressed = [0x1f, 0x9d, 0x90, .. Enumerable.Range(0, 300).Select(static i => (byte)(i * 7919))];
        origin.Serve("/feed", Reply.Ok(compressed, "text/xml").Header("Content-Encoding", named));

        var failed = await door.FailAsync(origin.Url("/feed"));

        failed.Cause.ShouldBe(FailureCause.BadEncoding);
        failed.Reason.ShouldContain(named);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("deflate")]
    public async Task Body_that_is_cut_short_on_the_wire_is_asked_again(string? coding)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        var reply = coding is null ? Reply.Feed(Feed) : Reply.Feed(Feed).Coded(coding);
        origin.Serve("/feed", reply.CutShort(), reply);

        var fetched = await door.FetchWholeAsync(origin.Url("/feed"));

        Encoding.UTF8.GetString(fetched.Body).ShouldBe(Feed);
        fetched.Attempts.ShouldBe(2);
    }

    [Theory]
    [InlineData("text/xml; charset=utf-8", "text/xml", "utf-8")]
    [InlineData("TEXT/HTML;Charset=\"ISO-8859-1\"", "text/html", "ISO-8859-1")]
    [InlineData("text/xml;charset=;charset=windows-1251", "text/xml", "windows-1251")]
    [InlineData("text/xml", "text/xml", null)]
    [InlineData("utf-8", null, null)]
    [InlineData("; charset = koi8-r", null, "koi8-r")]
    public async Task Content_type_is_read_leniently(string field, string? mediaType, string? charset)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Ok(Encoding.UTF8.GetBytes(Feed), field));

        var fetched = await door.FetchWholeAsync(origin.Url("/feed"));

        fetched.MediaType.ShouldBe(mediaType);
        fetched.Charset.ShouldBe(charset);
    }
}

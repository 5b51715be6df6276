using System.Text;
using CsCheck;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Bodies;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching;

/// <summary>Content-Encoding as servers misname it: the bytes have the last word.</summary>
public sealed class CodingNameTests
{
    private const string Feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Ein Titel, über alles</title></channel></rss>";

    [Theory]
    [InlineData("utf-8")]
    [InlineData("UTF-8")]
    [InlineData("none")]
    [InlineData("binary")]
    [InlineData("aws-chunked")]
    [InlineData("compress")]
    [InlineData("text/xml")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("deflate")]
    [InlineData("gzip")]
    [InlineData("X-GZIP")]
    [InlineData("gzip, gzip")]
    [InlineData("gzip, br")]
    [InlineData("identity, utf-8")]
    public async Task Plain_text_is_plain_whatever_it_is_called(string named)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Feed(Feed).Header("Content-Encoding", named));

        foreach (var kind in Enum.GetValues<FetchKind>())
            Encoding.UTF8.GetString((await door.FetchWholeAsync(origin.Url("/feed"), kind)).Body).ShouldBe(Feed);
    }

    [Theory]
    [InlineData("gzip", "br")]
    [InlineData("gzip", "zstd")]
    [InlineData("gzip", "deflate")]
    [InlineData("gzip", "utf-8")]
    [InlineData("gzip", "gzip, gzip")]
    [InlineData("gzip", "br, gzip")]
    [InlineData("gzip", "aws-chunked,gzip")]
    [InlineData("gzip", "gzip, utf-8")]
    [InlineData("zstd", "gzip")]
    [InlineData("zstd", "br")]
    [InlineData("zstd", "binary")]
    [InlineData("deflate", "gzip")]
    [InlineData("deflate", "none")]
    [InlineData("br", "br, br")]
    [InlineData("br", "br, utf-8")]
    [InlineData("br", "utf-8, br")]
    [InlineData("raw-deflate", "deflate, utf-8")]
    public async Task A_coding_that_its_bytes_prove_is_undone_whatever_it_is_called(string coding, string named)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Ok(Coding.Encode(Encoding.UTF8.GetBytes(Feed), coding), "text/xml").Header("Content-Encoding", named));

        foreach (var kind in Enum.GetValues<FetchKind>())
            Encoding.UTF8.GetString((await door.FetchWholeAsync(origin.Url("/feed"), kind)).Body).ShouldBe(Feed);
    }

    [Theory]
    [InlineData("gzip", "utf-8")]
    [InlineData("zstd", "gzip")]
    public async Task A_bomb_under_another_name_is_one_all_the_same(string coding, string named)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/bomb", Reply.Ok(Coding.Zeros(64 << 20, [coding]), "text/xml").Header("Content-Encoding", named));

        (await door.FailAsync(origin.Url("/bomb"))).Cause.ShouldBeOneOf(FailureCause.DecompressionBomb, FailureCause.BodyTooLarge);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("windows-1251")]
    [InlineData("shift_jis")]
    [InlineData("iso-2022-jp")]
    [InlineData("gb18030")]
    [InlineData("iso-8859-1")]
    public void Text_of_any_encoding_is_text(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(name);
        foreach (var text
            in new[]
            {
                $"<?xml version=\"1.0\" encoding=\"{name}\"?><rss><title>Заголовок 見出し</title></rss>",
                "<html><title>見出しЗаголовок</title></html>",
                "{\"version\": \"https://jsonfeed.org/version/1.1\"}",
                "User-agent: *\nDisallow: /x\n",
            })
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
            Signatures.Of(bytes.AsSpan(0, Math.Min(bytes.Length, Signatures.HeadBytes))).ShouldBe(Signature.Text, text);
        }
    }

    [Fact]
    public void Coded_bytes_are_not_taken_for_text() =>
        Gen.Select(Gen.Int[0, 4], Gen.OneOf(Gen.String[Gen.Char[' ', '~'], 40, 2000], Gen.String[40, 2000])).Sample((coding, text) =>
        {
            var name = new[] { "gzip", "br", "zstd", "deflate", "raw-deflate" }[coding];
            var coded = Coding.Encode(Encoding.UTF8.GetBytes(text), name);
            Signatures.Of(coded.AsSpan(0, Math.Min(coded.Length, Signatures.HeadBytes))).ShouldNotBe(Signature.Text, name);
        }, iter: 3000);

    [Fact]
    public void Text_is_taken_for_text() =>
        Gen.String[Gen.Char['\u00a0', '\ud7ff'], 0, 200].Sample(static text =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Signatures.Of(bytes.AsSpan(0, Math.Min(bytes.Length, Signatures.HeadBytes))).ShouldBe(Signature.Text, text);
        }, iter: 3000);
}

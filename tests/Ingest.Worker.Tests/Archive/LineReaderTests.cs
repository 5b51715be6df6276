using System.Text;
using CsCheck;
using Ingest.Text;
using Ingest.Worker.Archive;
using Ingest.Worker.Archive.Import;

namespace Ingest.Worker.Tests.Archive;

public sealed class LineReaderTests
{
    [Fact]
    public async Task Lines_are_the_same_however_the_bytes_arrive() =>
        await Gen.Select(
            TextGen.Among((byte)'\n', (byte)'a', (byte)0xC3, (byte)0xA9, (byte)'\r').Array[0, 60], Gen.Int[1, 7]).SampleAsync(async (bytes, block) =>
        {
            var text = await ReadAsync(new TrickleStream(bytes, block), maxLineBytes: 1000);
            var expected = Encoding.UTF8.GetString(bytes).Split('\n');
            if (expected[^1].Length == 0) expected = expected[..^1];
            text.Select(static line => line.Text).ShouldBe(expected);
        });

    [Fact]
    public async Task A_longer_line_is_cut_and_the_next_is_whole() =>
        await Gen.Select(Gen.Int[0, 30], Gen.Int[1, 64]).SampleAsync(async (length, block) =>
        {
            var bytes = Encoding.UTF8.GetBytes("first\n" + new string('x', length) + "\nlast");
            var lines = await ReadAsync(new TrickleStream(bytes, block), maxLineBytes: 10);
            lines.Count.ShouldBe(3);
            lines[0].ShouldBe(new TextLine("first"));
            lines[1].IsCut.ShouldBe(length > 10);
            lines[2].ShouldBe(new TextLine("last"));
        });

    [Fact]
    public async Task A_line_of_gigabytes_takes_no_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var lines = await ReadAsync(new EndlessLine(2L << 30), maxLineBytes: 1 << 20);
        lines.ShouldHaveSingleItem().IsCut.ShouldBeTrue();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(64 << 20);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_told()
    {
        var lines = await ReadAsync(new MemoryStream([(byte)'a', 0xE9, (byte)'\n', 0xC3, 0xA9]), maxLineBytes: 100);
        lines.ShouldBe([new TextLine("a\uFFFD", IsRepaired: true), new TextLine("é")]);
    }

    [Fact]
    public async Task An_overlong_line_of_an_archive_is_a_located_fault()
    {
        const string record = " date 2024-01-01 https://example.org/a\n\nT\n\nH\n\nD\n\nB\n\n";
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(
            record + record.Replace("B\n", new string('b', 200) + "\n", StringComparison.Ordinal) + record));
        var readings = await ArchiveReader.ReadAsync(stream, ArchiveFormat.Dated, TestContext.Current.CancellationToken, maxLineBytes: 100).ToListAsync();
        readings.Count.ShouldBe(3);
        readings[1].ShouldBe(new ArchiveReading.Fault(19, "line too long"));
        readings[2].ShouldBeOfType<ArchiveReading.Record>();
    }

    private static async Task<List<TextLine>> ReadAsync(Stream stream, int maxLineBytes) =>
        await LineReader.ReadAsync(stream, maxLineBytes, TestContext.Current.CancellationToken).ToListAsync();

    private sealed class TrickleStream(byte[] bytes, int block) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, block)], cancellationToken);
    }

    private sealed class EndlessLine(long length) : MemoryStream
    {
        private long left = length;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = (int)Math.Min(left, buffer.Length);
            left -= read;
            return ValueTask.FromResult(read);
        }
    }
}

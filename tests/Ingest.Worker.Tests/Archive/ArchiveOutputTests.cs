using System.IO.Compression;
using Ingest.Worker.Archive.Export;

namespace Ingest.Worker.Tests.Archive;

public sealed class ArchiveOutputTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ingest-output-");

    private string Target => Path.Combine(folder.FullName, "out.txt");

    [Fact]
    public async Task The_file_appears_when_it_is_complete()
    {
        await using var output = ArchiveOutput.Open(Target, overwrite: false);
        await output.Stream.WriteAsync("text"u8.ToArray());
        File.Exists(Target).ShouldBeFalse();
        await output.CompleteAsync(CancellationToken.None);
        folder.GetFiles().ShouldHaveSingleItem().Name.ShouldBe("out.txt");
        File.ReadAllText(Target).ShouldBe("text");
    }

    [Fact]
    public async Task An_output_that_is_given_up_leaves_nothing()
    {
        await using (var output = ArchiveOutput.Open(Target, overwrite: false)) await output.Stream.WriteAsync("text"u8.ToArray());
        folder.GetFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_existing_file_is_replaced_only_when_told()
    {
        File.WriteAllText(Target, "old");
        Should.Throw<IOException>(() => ArchiveOutput.Open(Target, overwrite: false)).Message.ShouldContain("--force");
        await using (var output = ArchiveOutput.Open(Target, overwrite: true))
        {
            await output.Stream.WriteAsync("new"u8.ToArray());
            File.ReadAllText(Target).ShouldBe("old");
            await output.CompleteAsync(CancellationToken.None);
        }

        File.ReadAllText(Target).ShouldBe("new");
    }

    [Fact]
    public async Task A_file_that_came_up_meanwhile_is_not_replaced()
    {
        await using var output = ArchiveOutput.Open(Target, overwrite: false);
        File.WriteAllText(Target, "other");
        await Should.ThrowAsync<IOException>(() => output.CompleteAsync(CancellationToken.None));
        File.ReadAllText(Target).ShouldBe("other");
    }

    [Fact]
    public async Task A_name_that_ends_with_gz_is_gzipped()
    {
        var path = Target + ".gz";
        await using (var output = ArchiveOutput.Open(path, overwrite: false))
        {
            await output.Stream.WriteAsync("text"u8.ToArray());
            await output.CompleteAsync(CancellationToken.None);
        }

        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadToEnd().ShouldBe("text");
    }

    public void Dispose() => folder.Delete(recursive: true);
}

using System.Text;
using CsCheck;
using Ingest.Text.Dated;

namespace Ingest.Text.Tests;

public sealed class DatedArticleTests
{
    private const string Sample = " date 2023-07-26 https://example.org/a\n\nTitle\n\nHeadline\n\nDescription\n\nFirst.\n\nSecond.\n\n";

    private static readonly DatedText SampleArticle = new(
        new DateOnly(2023, 7, 26), "https://example.org/a", "Title", "Headline", "Description", "First.\n\nSecond.");

    [Fact]
    public void A_record_is_written_to_the_byte() => DatedArticleText.Write(SampleArticle).ShouldBe(Sample);

    [Fact]
    public void A_record_without_body_ends_after_its_description() =>
        DatedArticleText.Write(SampleArticle with { Title = "", Description = "", Body = "" })
            .ShouldBe(" date 2023-07-26 https://example.org/a\n\n\n\nHeadline\n\n\n\n");

    [Fact]
    public void Any_record_comes_back_as_it_was_written() => TextGen.Article.Sample(article =>
        Read(DatedArticleText.Write(article)).ShouldHaveSingleItem().ShouldBe(new DatedTextReading.Record(1, TextGen.InForm(article))));

    [Fact]
    public void What_was_read_is_written_again_to_the_byte() => TextGen.Article.Sample(article =>
    {
        var text = DatedArticleText.Write(article);
        DatedArticleText.Write(Articles(text).Single()).ShouldBe(text);
    });

    [Fact]
    public void Records_can_be_concatenated() => TextGen.Article.Array[0, 5].Sample(articles =>
        Articles(string.Concat(articles.Select(DatedArticleText.Write))).ShouldBe(articles.Select(TextGen.InForm)));

    [Fact]
    public void Any_bytes_are_records_or_located_faults() =>
        Gen.OneOf(Gen.Byte.Array[0, 400], TextGen.Text.Array[0, 10].Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts)))).Sample(bytes =>
    {
        var text = Encoding.UTF8.GetString(bytes);
        var lines = text.Split('\n').Length;
        foreach (var reading in Read(text))
        {
            if (reading is DatedTextReading.Fault fault)
            {
                fault.Line.ShouldBeInRange(1, lines);
                fault.Reason.ShouldBe(PlainText.Line(fault.Reason));
            }
            else
            {
                var article = reading.ShouldBeOfType<DatedTextReading.Record>().Article;
                article.ShouldBe(TextGen.InForm(article));
            }
        }
    });

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n \t\n")]
    public void Line_ends_and_blank_lines_may_differ(string lineEnd) =>
        Articles(lineEnd == "\r\n" ? Sample.Replace("\n", lineEnd, StringComparison.Ordinal) : Sample + lineEnd).ShouldBe([SampleArticle]);

    [Theory]
    [InlineData("\uFEFF")]
    [InlineData("\n\n")]
    [InlineData("\uFEFF\n")]
    public void Marks_and_blank_lines_may_come_before_the_first_header(string start) => Articles(start + Sample).ShouldBe([SampleArticle]);

    [Fact]
    public void The_first_header_may_lack_its_space() => Articles(Sample.TrimStart() + Sample).ShouldBe([SampleArticle, SampleArticle]);

    [Fact]
    public void Files_with_marks_may_be_concatenated() => Articles("\uFEFF" + Sample + "\uFEFF" + Sample).ShouldBe([SampleArticle, SampleArticle]);

    [Fact]
    public void The_last_blank_lines_may_be_missing() => Articles(" date 2023-07-26 https://example.org/a\n\nTitle").ShouldBe(
        [SampleArticle with { Title = "Title", Headline = "", Description = "", Body = "" }]);

    [Theory]
    [InlineData(" date 2023-02-29 https://example.org/x\n\nT\n\n", 1, "no date that exists")]
    [InlineData(" date 0000-01-01 https://example.org/x\n\nT\n\n", 1, "no date that exists")]
    [InlineData(" date 2023-2-9 https://example.org/x\n\nT\n\n", 1, "no date that exists")]
    [InlineData(" date \n\nT\n\n", 1, "no date that exists")]
    [InlineData(" date 2023-02-28\n\nT\n\n", 1, "not an absolute http or https URL")]
    [InlineData(" date 2023-02-28 /x\n\nT\n\n", 1, "not an absolute http or https URL")]
    [InlineData(" date 2023-02-28 ftp://example.org/x\n\nT\n\n", 1, "not an absolute http or https URL")]
    [InlineData(" date 2023-02-28 https://example.org/x y\n\nT\n\n", 1, "not an absolute http or https URL")]
    [InlineData(" date 2023-02-28 https://example.org/x\u00A0y\n\nT\n\n", 1, "not an absolute http or https URL")]
    [InlineData(" date 2023-02-28 https://\n\nT\n\n", 1, "not an absolute http or https URL")]
    [InlineData(" date 2023-02-28 https:///x\n\nT\n\n", 1, "not an absolute http or https URL")]
    [InlineData(" date 2023-02-28 https://example.org/\uFFFD\n\nT\n\n", 1, "not an absolute http or https URL")]
    [InlineData(" date 2023-02-28 https://example.org/x\nT\n\n", 2, "blank line must follow the header")]
    [InlineData(" date 2023-02-28 https://example.org/x\n\nT\nmore\n\n", 4, "blank line must follow the title")]
    [InlineData(" date 2023-02-28 https://example.org/x\n\nT\n\nH\n\nD\nmore\n", 8, "blank line must follow the description")]
    public void A_faulty_record_is_located_and_costs_no_neighbour(string faulty, long line, string reason)
    {
        var readings = Read(Sample + faulty + Sample);
        readings.Count.ShouldBe(3);
        readings[0].ShouldBe(new DatedTextReading.Record(1, SampleArticle));
        readings[2].ShouldBeOfType<DatedTextReading.Record>().Article.ShouldBe(SampleArticle);
        var fault = readings[1].ShouldBeOfType<DatedTextReading.Fault>();
        fault.Line.ShouldBe(Sample.Count(c => c == '\n') + line);
        fault.Reason.ShouldContain(reason);
    }

    [Fact]
    public void Text_before_the_first_header_is_one_fault()
    {
        var readings = Read("\nSome\u001B[31m text\nand more\n\n" + Sample);
        readings.Count.ShouldBe(2);
        readings[0].ShouldBe(new DatedTextReading.Fault(2, "text before the first header: \"Some[31m text\"; a record begins with \" date YYYY-MM-DD URL\""));
        readings[1].ShouldBe(new DatedTextReading.Record(5, SampleArticle));
    }

    [Fact]
    public void A_cut_line_costs_its_record_alone()
    {
        var reader = new DatedArticleReader();
        List<TextLine> lines = [.. Lines(Sample), .. Lines(Sample).Take(8), new("long", IsCut: true), .. Lines(Sample)];
        TextGen.Read(reader, lines)
            .ShouldBe(
                [
                    new DatedTextReading.Record(1, SampleArticle), new DatedTextReading.Fault(21, "line too long"),
                    new DatedTextReading.Record(22, SampleArticle),
                ]);
    }

    [Fact]
    public void A_record_that_never_ends_is_refused()
    {
        var reader = new DatedArticleReader(maxRecordChars: 100);
        var lines = Lines(" date 2023-07-26 https://example.org/a\n\n" + string.Concat(Enumerable.Repeat("words\n\n", 30)) + Sample);
        var readings = TextGen.Read(reader, lines);
        readings.Count.ShouldBe(2);
        readings[0].ShouldBeOfType<DatedTextReading.Fault>().Reason.ShouldContain("longer than 100 characters");
        readings[1].ShouldBeOfType<DatedTextReading.Record>().Article.ShouldBe(SampleArticle);
    }

    [Fact]
    public void The_sample_comes_back_to_the_byte()
    {
        var file = Path.Combine(Repository.Root, "../shared/samples/dated-article-sample.txt");
        if (!File.Exists(file)) Assert.Skip("../shared holds no sample here.");
        var text = File.ReadAllText(file);
        DatedArticleText.Write(Articles(text).Single()).ShouldBe(text);
    }

    private static IReadOnlyList<DatedTextReading> Read(string text) => TextGen.Read(text);

    private static IEnumerable<DatedText> Articles(string text) => Read(text).Select(reading => reading.ShouldBeOfType<DatedTextReading.Record>().Article);

    private static IEnumerable<TextLine> Lines(string text) => text.Split('\n').SkipLast(1).Select(line => new TextLine(line));
}

using Ingest.Text.Languages;

namespace Ingest.Text.Tests.Languages;

public sealed class LanguageFileTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "Ingest.Text", "Data");

    public static TheoryData<string> Files() =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, "languages"), "*.txt").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_language_s_file_has_no_fault(string file)
    {
        var faults = new List<string>();
        Language.Read(file, File.ReadAllText(Path.Combine(Folder, "languages", file)), faults);
        faults.ShouldBeEmpty();
        LanguageTag.Primary(Path.GetFileNameWithoutExtension(file)).ShouldBe(Path.GetFileNameWithoutExtension(file), "a file is named by a primary tag");
    }

    [Theory]
    [InlineData("month-1 january", "languages/xx.txt:4: a line must be \"key: value, value\"")]
    [InlineData("month-13: smarch", "languages/xx.txt:4: there is no key \"month-13\"")]
    [InlineData("name: Again", "languages/xx.txt:4: \"name\" appears twice")]
    [InlineData("pm:", "languages/xx.txt:4: \"pm\" has no value; leave it out")]
    [InlineData("pm: pm, nm, pm", "languages/xx.txt:4: \"pm\" has \"pm\" twice")]
    [InlineData("month-1: january,\n  jan, January", "languages/xx.txt:4: \"month-1\" has \"January\": values must be in lower case")]
    [InlineData("script: Klingon", "languages/xx.txt:4: \"script\" has \"Klingon\": scripts.txt has no such script")]
    [InlineData("words: the, и", "languages/xx.txt:4: \"words\" has \"и\": it is not in the language's script")]
    [InlineData("letters: ab", "languages/xx.txt:4: \"letters\" has \"ab\": it must be one character")]
    [InlineData("calendar: julian", "languages/xx.txt:4: \"calendar\" has \"julian\": it must be \"solar-hijri\", or be left out")]
    [InlineData("months-cut: no", "languages/xx.txt:4: \"months-cut\" has \"no\": it must be \"yes\", or be left out")]
    [InlineData("yields-to: Polish", "languages/xx.txt:4: \"yields-to\" has \"Polish\": it must be a language tag")]
    [InlineData("eras: 令和", "languages/xx.txt:4: \"eras\" has \"令和\": it must be the name of an era, a space, and the year before its first")]
    [InlineData("group-headings-around: more", "languages/xx.txt:4: \"group-headings-around\" has \"more\": it must be a beginning, \" … \" and an end")]
    public void A_fault_is_named_with_file_and_line(string line, string fault)
    {
        var faults = new List<string>();
        var head = line.StartsWith("script", StringComparison.Ordinal) ? "# A test\n\nname: Test\n" : "name: Test\nscript: Latin\n\n";
        Language.Read("languages/xx.txt", head + line + "\n", faults);
        faults[0].ShouldBe(fault);
    }

    [Fact]
    public void What_every_file_needs_is_missed()
    {
        var faults = new List<string>();
        Language.Read("languages/xx.txt", "pm: pm\n", faults);
        faults.ShouldBe(["languages/xx.txt:1: \"name\" is missing", "languages/xx.txt:1: \"script\" is missing"]);
    }

    [Fact]
    public void A_blank_may_end_a_value_or_follow_a_comma_that_parts_nothing()
    {
        var faults = new List<string>();
        var language = Language.Read("languages/xx.txt", "name: Test\nscript: Latin\nread-more: by_, yes,_please,\n  see also\n", faults);
        faults.ShouldBeEmpty();
        language[LanguageKey.ReadMore].ShouldBe(["by ", "yes, please", "see also"]);
    }

    [Fact]
    public void A_month_s_name_means_one_month_unless_its_language_yields()
    {
        var months = Language.All.SelectMany(static language => Enumerable.Range(1, 12).SelectMany(month =>
            language[LanguageKey.Month(month)].Select(name => (Name: name, Month: (month, language[LanguageKey.Calendar].Length), Language: language))));
        foreach (var name in months.GroupBy(static entry => entry.Name, StringComparer.Ordinal))
        {
            name.Where(entry => !entry.Language[LanguageKey.YieldsTo].Any(tag => name.Any(other => other.Language.Tag == tag)))
                .Select(static entry => entry.Month).Distinct().Count().ShouldBe(1, name.Key);
        }
    }

    [Fact]
    public void A_language_without_small_words_has_its_script_to_itself_or_is_never_told()
    {
        foreach (var script in Language.All.GroupBy(static language => language[LanguageKey.Script][0]).Where(static script => script.Count() > 1))
            script.Any(static language => language[LanguageKey.Words].Length > 0).ShouldBeTrue(script.Key);
    }

    [Fact]
    public void The_shared_words_of_class_names_have_the_languages_keys() =>
        DataLines.Read(File.ReadAllText(Path.Combine(Folder, "class-names.txt"))).Select(static line => line.Key).ShouldBeSubsetOf(LanguageKey.OfClassNames);

    [Fact]
    public void The_readme_tells_of_every_key()
    {
        var readme = File.ReadAllText(Path.Combine(Folder, "languages", "README.md"));
        LanguageKey.Rules.Keys.Where(static key => !key.Contains("month-", StringComparison.Ordinal)).Except(LanguageKey.OfClassNames)
            .Where(key => !readme.Contains($"`{key}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}

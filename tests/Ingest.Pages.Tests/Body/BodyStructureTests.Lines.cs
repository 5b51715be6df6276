namespace Ingest.Pages.Tests.Body;

public sealed partial class BodyStructureTests
{
    [Theory]
    [InlineData("<pre><code>apt install saplings\nsaplings --plant all\nsaplings --water</code></pre>")]
    [InlineData("<p>apt install saplings<br>saplings --plant all<br>saplings --water</p>")]
    [InlineData("<pre><span>apt install saplings</span>\n<span>saplings --plant all</span>\n<span>saplings --water</span>\n</pre>")]
    public void Lines_that_are_meant_stay_lines(string html) => Within(html).ShouldContain("apt install saplings\n\nsaplings --plant all\n\nsaplings --water");

    [Theory]
    [InlineData("css-4ad05")]
    [InlineData("css-1c3ad")]
    [InlineData("sc-51ad0 p9share2")]
    [InlineData("c0menu")]
    [InlineData("_3promo1x")]
    [InlineData("x1nav8 y2footer")]
    [InlineData("jss12ad jss13")]
    public void Names_that_a_program_made_up_mean_nothing(string name) =>
        Within($"<p class='{name}'>{Paragraphs[3]} It was late.</p>").ShouldContain("It was late.");

    [Theory]
    [InlineData("<p>A first sentence of the text that goes on for a while.<br>And a second one below it.</p>")]
    [InlineData("<pre>A first sentence of the text that goes on for a while.\nAnd a second one below it.</pre>")]
    public void Lines_of_running_text_do_not(string html) => Within(html).ShouldContain("goes on for a while. And a second one below it.");

    [Theory]
    [InlineData("<div class='when'>{i} mins ago 11:4{i} Ann Poole</div>", "mins ago")]
    [InlineData("<p class='when'>{i} hours ago</p>", "hours ago")]
    [InlineData("<span class='zeit time'>vor {i} Minuten</span>", "vor 3")]
    [InlineData("<div class='stamp'><time>1{i}:15</time> Uhr</div>", ":15")]
    [InlineData("<div class='info'>0{i}.45 GMT</div>", "GMT")]
    public void Entries_of_a_live_blog_keep_their_headings_and_not_their_times(string time, string gone)
    {
        var entries = Paragraphs.Select(
            (text, i) => $"<div class='entry'>{time.Replace("{i}", $"{i}")}<h3 class='entry-head'>Entry {"abcdef"[i]} of the day</h3><p>{text}</p></div>");
        var body = Read($"<main><h1>{Title}</h1><div class='live-blog'>{string.Concat(entries)}</div></main>");
        body.Kind.ShouldBe(PageKind.LiveBlog);
        body.Text.ShouldContain("Entry c of the day");
        body.Text.ShouldContain(Paragraphs[5]);
        body.Text.ShouldNotContain(gone);
    }

    [Theory]
    [InlineData("ក្រុមប្រឹក្សាក្រុងបានបោះឆ្នោតនៅយប់ថ្ងៃអង្គារដើម្បីបន្តដំណើរការសាឡាងតូចពេញមួយរដូវរងារ។")]
    [InlineData("สภาเมืองลงมติเมื่อคืนวันอังคารให้เรือข้ามฟากลำเล็กแล่นต่อไปตลอดฤดูหนาว หลังจากอภิปรายกันสามชั่วโมง")]
    [InlineData("မြို့နယ်ကောင်စီသည် အင်္ဂါနေ့ညတွင် လူပြည့်နေသောခန်းမ၌ သုံးနာရီကြာဆွေးနွေးပြီးနောက် မဲခွဲဆုံးဖြတ်ခဲ့သည်။")]
    [InlineData("市议会周二晚间经过三个小时的辩论，投票决定小渡轮整个冬天继续运行，大厅里挤满了人。港口委员会要求十月停航。")]
    public void Prose_without_spaces_weighs_as_much_as_other(string text) =>
        Read("<div>" + string.Concat(Enumerable.Range(1, 5).Select(n => $"<p>{text} {n}</p>"))
            + "</div><div><p>Follow our English page for more of it.</p></div>")
            .Text.ShouldNotContain("Follow our");
}

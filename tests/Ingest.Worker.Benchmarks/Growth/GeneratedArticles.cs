using System.Globalization;
using System.Text;
using Ingest.Identity;
using Ingest.Text.Detection;
using Ingest.Worker.Articles;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>An article, the source that shows it, and how many words its body has.</summary>
internal sealed record GeneratedArticle(int Source, int Words, StoredArticle Stored);

/// <summary>
/// Articles by number, always the same ones: about 4 KB of body, five languages, 2,000 sources, two years of days, subjects that come and go.
/// Bodies are put together from paragraphs that were made beforehand, so that making them costs less than storing them.
/// </summary>
internal sealed class GeneratedArticles
{
    public const int Sources = 2000;
    public const int Days = 730;

    private const int Authors = 5000;
    private const int Subjects = 3000;
    private const int ParagraphsOfSubject = 6;

    private static readonly DateOnly FirstDay = new(2024, 11, 24);

    private readonly (string Tag, Vocabulary Words)[] languages;
    private readonly Dictionary<string, Vocabulary> byTag;
    private readonly Dictionary<string, (string Text, int Words)[]> paragraphs;
    private readonly StringBuilder text = new();

    public GeneratedArticles()
    {
        var english = Vocabulary.Alphabetic(
            "the of and to in a is that for it as was with be by on not he his but at are this have from which or had an they you were there one all "
                + "we can her has",
            ["", "", "", "", "s", "ed", "ing", "er", "ly", "tion"], 1);
        var german = Vocabulary.Alphabetic(
            "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach",
            ["", "", "en", "er", "ung", "lich", "keit", "e"],
            2);
        var french = Vocabulary.Alphabetic(
            "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont mais ou avec",
            ["", "", "s", "e", "ment", "tion", "er", "es"],
            3);
        var russian = Vocabulary.Alphabetic(
            "и в не на я быть он с что а по это она этот к но они мы весь который из у то за свой", ["", "", "ий", "ого", "ами", "ение", "ать"], 4, Cyrillic);
        languages =
        [
            ("en", english), ("en", english), ("en", english), ("en", english), ("en", english), ("en", english), ("de", german), ("fr", french),
            ("ru", russian), ("zh", Vocabulary.Han(5)),
        ];
        byTag = languages
            .DistinctBy(static language => language.Tag)
            .ToDictionary(static language => language.Tag, static language => language.Words, StringComparer.Ordinal);
        paragraphs = byTag.ToDictionary(static language => language.Key, language => Paragraphs(language.Key, language.Value), StringComparer.Ordinal);
    }

    /// <summary>The day of the last article.</summary>
    public static DateOnly LastDay => FirstDay.AddDays(Days - 1);

    /// <summary>When all of them were first seen.</summary>
    public static DateTimeOffset SeenAt => new(LastDay, new TimeOnly(12, 0), TimeSpan.Zero);

    /// <summary>A word of a language by its frequency.</summary>
    public string Word(string language, int rank) => byTag[language][rank];

    /// <summary>
    /// Article <paramref name="number"/> of a set of <paramref name="total"/>; the days rise with the numbers, as they do in a worker's life.
    /// </summary>
    public GeneratedArticle Make(long number, long total)
    {
        var random = new Deterministic((ulong)number * 0x2545F4914F6CDD1D + 12345);
        var source = SourceOf(number);
        var (tag, words) = languages[source % languages.Length];
        var day = FirstDay.AddDays((int)Math.Min(Days - 1, number * Days / total));
        var subject = SubjectOf(number, ref random);
        var title = Capital(Sentence(words, ref random, 7 + random.Next(6), tag, subject));
        var description = Capital(Sentence(words, ref random, 18 + random.Next(14), tag, subject)) + ".";
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://www.paper-{source}.example/{day:yyyy/MM/dd}/{Slug(title, tag)}-{number}"));
        var (body, bodyWords) = Body(ref random, tag, subject);
        return new GeneratedArticle(source + 1, bodyWords, new StoredArticle(ArticleKey.Of(url), new DatedArticle
        {
            Url = url,
            PublishedOn = day,
            PublishedAt = new DateTimeOffset(day, new TimeOnly(random.Next(24), random.Next(60), random.Next(60)), TimeSpan.Zero),
            ModifiedAt = null,
            DateSource = "json-ld",
            Title = title,
            TitleSource = "json-ld",
            Headline = title,
            Description = description,
            Body = body,
            BodySource = "html",
            Authors = AuthorsOf(ref random),
            Language = tag,
            ImageUrl = string.Create(CultureInfo.InvariantCulture, $"https://img.paper-{source}.example/{number:x}.jpg"),
            Categories = [words[200 + subject % 60]],
            Enclosures = [],
            LiveBlog = false,
        }, PageState.Read));
    }

    // Large sources show many.
    private static int SourceOf(long number)
    {
        var random = new Deterministic((ulong)number);
        return Math.Min(random.Next(Sources), random.Next(Sources));
    }

    public static string AuthorName(int author) => string.Create(CultureInfo.InvariantCulture, $"Author {author:X4} Family{author % 977}");

    private static string[] AuthorsOf(ref Deterministic random) => random.Next(10) switch
    {
        < 3 => [],
        < 9 => [Name(ref random)],
        _ => [Name(ref random), Name(ref random)],
    };

    private static string Name(ref Deterministic random) => AuthorName(random.Next(Authors));

    // About 300 subjects are in the news at a time.
    private static int SubjectOf(long number, ref Deterministic random) => (int)((number / 20_000 * 30 + random.Next(300)) % Subjects);

    private (string Text, int Words) Body(ref Deterministic random, string tag, int subject)
    {
        text.Clear();
        var pool = paragraphs[tag];
        var length = (tag == "zh" ? 300 : 800) + (random.Next(1000) + random.Next(1000) + random.Next(1000)) * (tag == "zh" ? 1 : 4) / 2;
        var words = 0;
        while (text.Length < length)
        {
            // Half of the paragraphs speak of the article's subject.
            var paragraph = pool[random.Next(2) == 0 ? subject + (random.Next(ParagraphsOfSubject) * Subjects) : random.Next(pool.Length)];
            if (text.Length > 0) text.Append("\n\n");
            text.Append(paragraph.Text);
            words += paragraph.Words;
        }

        return (text.ToString(), words);
    }

    private (string Text, int Words)[] Paragraphs(string tag, Vocabulary words)
    {
        var random = new Deterministic((ulong)tag[0]);
        var made = new (string, int)[Subjects * ParagraphsOfSubject];
        for (var i = 0; i < made.Length; i++)
        {
            text.Clear();
            var sentences = 1 + random.Next(5);
            for (var sentence = 0; sentence < sentences; sentence++)
            {
                if (sentence > 0 && tag != "zh") text.Append(' ');
                var start = text.Length;
                AppendSentence(words, ref random, 8 + random.Next(20), tag, i % Subjects);
                text[start] = char.ToUpperInvariant(text[start]);
                text.Append(tag == "zh" ? '。' : '.');
            }

            made[i] = (text.ToString(), WordCount.Of(text.ToString()));
        }

        return made;
    }

    private string Sentence(Vocabulary words, ref Deterministic random, int count, string tag, int subject)
    {
        text.Clear();
        AppendSentence(words, ref random, count, tag, subject);
        return text.ToString();
    }

    // One word in ten belongs to the article's subject.
    private void AppendSentence(Vocabulary words, ref Deterministic random, int count, string tag, int subject)
    {
        for (var i = 0; i < count; i++)
        {
            if (i > 0 && tag != "zh") text.Append(' ');
            text.Append(random.Next(10) == 0 ? words[500 + ((subject * 13) + random.Next(12)) % 40_000] : words.Draw(ref random));
        }
    }

    private static string Capital(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];

    private static string Slug(string title, string tag) =>
        tag is "zh" or "ru" ? "story" : title.ToLowerInvariant().Replace(' ', '-').Replace("ü", "ue", StringComparison.Ordinal);

    private static string Cyrillic(string word) => word.Any(static c => c > 'z') && !word.Any(char.IsAsciiLetter) ? word : string.Concat(word.Select(static c =>
        c is >= 'a' and <= 'z' ? "абцдефгхийклмнопрстуввыз"[(c - 'a') % 24] : c));
}

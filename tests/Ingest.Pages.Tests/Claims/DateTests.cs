using CsCheck;
using Ingest.Pages.Claims.Dates;
using Ingest.Pages.Claims.Dates.Seen;

namespace Ingest.Pages.Tests.Claims;

public sealed class DateTests
{
    [Theory]
    [InlineData("Published on March 5, 2024 by Jane Doe")]
    [InlineData("5th of March, 2024")]
    [InlineData("Tue 05 Mar 2024 10:30")]
    [InlineData("Veröffentlicht am 5. März 2024, 10:30 Uhr")]
    [InlineData("Publié le 5 mars 2024 à 10h30")]
    [InlineData("5 de marzo de 2024")]
    [InlineData("5 de março de 2024")]
    [InlineData("5 marzo 2024")]
    [InlineData("5 maart 2024")]
    [InlineData("5 mars 2024 kl. 10.30")]
    [InlineData("5. maaliskuuta 2024")]
    [InlineData("5 marca 2024")]
    [InlineData("5. března 2024")]
    [InlineData("2024. március 5.")]
    [InlineData("5 martie 2024")]
    [InlineData("5 Mart 2024")]
    [InlineData("5 марта 2024, 10:30")]
    [InlineData("5 березня 2024")]
    [InlineData("5 Μαρτίου 2024")]
    [InlineData("5 مارس 2024")]
    [InlineData("٥ مارس ٢٠٢٤")]
    [InlineData("۱۵ اسفند ۱۴۰۲")]
    [InlineData("5 במרץ 2024")]
    [InlineData("5 मार्च 2024")]
    [InlineData("৫ মার্চ ২০২৪")]
    [InlineData("5 มีนาคม 2567")]
    [InlineData("5 มี.ค. 2567")]
    [InlineData("ថ្ងៃទី៥ ខែមីនា ឆ្នាំ២០២៤")]
    [InlineData("5 មីនា 2024")]
    [InlineData("5. марта 2024. у 10:30")]
    [InlineData("Objavljeno: 5. marta 2024.")]
    [InlineData("5 آذار 2024")]
    [InlineData("2024年3月5日 10:30")]
    [InlineData("2024년 3월 5일")]
    [InlineData("5 Maret 2024")]
    [InlineData("2024 m. kovo 5 d.")]
    [InlineData("2024-03-05")]
    [InlineData("2024/03/05 10:30")]
    [InlineData("Von Max Muster am 05.03.2024, 11:51 | 0 Kommentare")]
    [InlineData("Jane Doe / 05.03.2024 / 09:30")]
    [InlineData("05/03/2024")]
    [InlineData("05.03.24")]
    public void A_visible_date_is_found_in_many_languages(string text) => VisibleDate.Find(text, new DateHabits(false)).ShouldBe(new DateOnly(2024, 3, 5));

    [Fact]
    public void Month_and_day_follow_the_page_where_both_are_possible()
    {
        VisibleDate.Find("03/05/2024", new DateHabits(true)).ShouldBe(new DateOnly(2024, 3, 5));
        VisibleDate.Find("13/05/2024", new DateHabits(true)).ShouldBe(new DateOnly(2024, 5, 13));
        VisibleDate.Find("05/13/2024", new DateHabits(false)).ShouldBe(new DateOnly(2024, 5, 13));
    }

    [Theory]
    [InlineData("March 2024")]
    [InlineData("Version 1.2.3.2024")]
    [InlineData("31 February 2024")]
    [InlineData("Call 555 2024")]
    [InlineData("10:30")]
    [InlineData("")]
    public void What_is_no_full_day_is_no_date(string text) => VisibleDate.Find(text, new DateHabits(false)).ShouldBeNull();

    [Fact]
    public void Any_text_is_searched_without_fault() => Gen.String.Sample(static text => VisibleDate.Find(text, new DateHabits(true)) is not { Year: < 1990 });

    [Theory]
    [InlineData("https://example.org/2024/03/05/story", "2024-03-05")]
    [InlineData("https://example.org/news/2024-3-5-story.html", "2024-03-05")]
    [InlineData("https://example.org/20240305/story-1112164615.html", "2024-03-05")]
    [InlineData("https://example.org/2024/mar/05/story", "2024-03-05")]
    [InlineData("https://example.org/media/05-03-2024", "2024-03-05")]
    [InlineData("https://example.org/story?date=2024-03-05", "2024-03-05")]
    [InlineData("https://example.org/2024/03/story", null)]
    [InlineData("https://example.org/2024/13/05/story", null)]
    [InlineData("https://example.org/id/1234567890", null)]
    public void A_url_may_carry_a_day(string url, string? day) =>
        (UrlDate.Read(new Uri(url), monthFirst: false)?.Day.ToString("yyyy-MM-dd", null)).ShouldBe(day);

    [Theory]
    [InlineData("Last updated: 5 March 2024", true)]
    [InlineData("Stand: 05.03.2024", true)]
    [InlineData("Published 4 March 2024, updated 5 March 2024", false)]
    [InlineData("5 March 2024", false)]
    public void Words_beside_a_date_tell_updates(string text, bool isUpdate) => DateWords.SpeaksOfUpdate(text).ShouldBe(isUpdate);
}

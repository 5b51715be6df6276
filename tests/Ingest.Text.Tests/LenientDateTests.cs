using System.Globalization;

namespace Ingest.Text.Tests;

public class LenientDateTests
{
    [Theory]

    // RFC 822, 850, 2822, HTTP, asctime, date(1)
    [InlineData("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21+00:00")]
    [InlineData("Thu, 1 Jan 2004 19:48:21 +0200", "2004-01-01T19:48:21+02:00")]
    [InlineData("01 Jan 2004 19:48 EST", "2004-01-01T19:48:00-05:00")]
    [InlineData("Thu, 09 Feb 06 23:59:45 +0000", "2006-02-09T23:59:45+00:00")]
    [InlineData("Thu, 09 Feb 106 23:59:45 +0000", "2006-02-09T23:59:45+00:00")]
    [InlineData("9 Feb 72 10:00:00 GMT", "1972-02-09T10:00:00+00:00")]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37+00:00")]
    [InlineData("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37?")]
    [InlineData("Thu Jan 05 10:00:00 +0000 2024", "2024-01-05T10:00:00+00:00")]
    [InlineData("Fri Jan  5 10:00:00 CET 2024", "2024-01-05T10:00:00+01:00")]
    [InlineData("Thu(oh how I hate thursdays), 9(th) Feb(ruary) 2006 23:59:45 +0000(GMT r0x0rz)", "2006-02-09T23:59:45+00:00")]
    [InlineData("Thu, 09 (nested (comment) Mar)Feb(escaped comment\\) 2005) 2006()23:59:45 +0000", "2006-02-09T23:59:45+00:00")]
    [InlineData("Sat,29 Jul 2006 00:03:02 +0000", "2006-07-29T00:03:02+00:00")]
    [InlineData("Thu,\r\n 09 Feb 2006\r\n 23:59:45 +0000", "2006-02-09T23:59:45+00:00")]
    [InlineData("Mon, 21 Oct 2002 14:04:23 -05:00", "2002-10-21T14:04:23-05:00")]
    [InlineData("Wed, 5 Nov 2025 13:52:10  EST", "2025-11-05T13:52:10-05:00")]
    [InlineData("31 Dec 2002 14:20:20 -0234", "2002-12-31T14:20:20-02:34")]
    [InlineData("01 Jan 2004 19:48:21 GMT+0200", "2004-01-01T19:48:21+02:00")]
    [InlineData("01 Jan 2004 19:48:21 GMT +02:00", "2004-01-01T19:48:21+02:00")]
    [InlineData("01 Jan 2004 19:48:21 UTC+2", "2004-01-01T19:48:21+02:00")]
    [InlineData("01 Jan 2004 19:48:21 (CET)", "2004-01-01T19:48:21+01:00")]

    // Zones
    [InlineData("Fri, 5 Jul 2024 10:00:00 BST", "2024-07-05T10:00:00+01:00")]
    [InlineData("Fri, 5 Jul 2024 10:00:00 MESZ", "2024-07-05T10:00:00+02:00")]
    [InlineData("Fri, 5 Jul 2024 10:00:00 JST", "2024-07-05T10:00:00+09:00")]
    [InlineData("Fri, 5 Jul 2024 10:00:00 IST", "2024-07-05T10:00:00+05:30")]
    [InlineData("Fri, 5 Jul 2024 10:00:00 pDt", "2024-07-05T10:00:00-07:00")]
    [InlineData("Thu, 09 Feb 2006 16:59:45 G", "2006-02-09T16:59:45-07:00")]
    [InlineData("Thu, 09 Feb 2006 12:59:45 L", "2006-02-09T12:59:45-11:00")]
    [InlineData("Fri, 10 Feb 2006 03:59:45 Q", "2006-02-10T03:59:45+04:00")]
    [InlineData("Fri, 5 Jul 2024 10:00:00 ET", "2024-07-05T10:00:00-04:00")]
    [InlineData("Fri, 5 Jan 2024 10:00:00 PT", "2024-01-05T10:00:00-08:00")]
    [InlineData("Fri, 5 Jan 2024 10:00:00 -0000", "2024-01-05T10:00:00+00:00")]
    [InlineData("Fri, 5 Jan 2024 10:00:00 XYZ", "2024-01-05T10:00:00?")]
    [InlineData("Fri, 5 Jan 2024 10:00:00 +3000", "2024-01-04T04:00:00+00:00")]
    [InlineData("Fri, 5 Jan 2024 10:00:00 +0199", "2024-01-05T10:00:00?")]

    // RFC 3339 and ISO 8601
    [InlineData("2010-12-01T10:14:55Z", "2010-12-01T10:14:55+00:00")]
    [InlineData("2026-02-18T02:18:12.038675+00:00", "2026-02-18T02:18:12.038+00:00")]
    [InlineData("2022-07-28T03:40:34.000000000Z", "2022-07-28T03:40:34+00:00")]
    [InlineData("2000-01-01T12:00+00:00", "2000-01-01T12:00:00+00:00")]
    [InlineData("2003-12-13T18:30:02", "2003-12-13T18:30:02?")]
    [InlineData("2003-07-01 01:55:07-05:00", "2003-07-01T01:55:07-05:00")]
    [InlineData("2003-07-01 T 01:55:07 -05:00", "2003-07-01T01:55:07-05:00")]
    [InlineData("2006-01-11 16:43:22 -0800", "2006-01-11T16:43:22-08:00")]
    [InlineData("2003-07-01T01:55:07 EST", "2003-07-01T01:55:07-05:00")]
    [InlineData("20021231T19:20:30.45+01:00", "2002-12-31T19:20:30.450+01:00")]
    [InlineData("2002-12-31T192030+01", "2002-12-31T19:20:30+01:00")]
    [InlineData("20240105T103000Z", "2024-01-05T10:30:00+00:00")]
    [InlineData("20240105103000", "2024-01-05T10:30:00?")]
    [InlineData("202401051030", "2024-01-05T10:30:00?")]
    [InlineData("2024-01-05T24:00:00Z", "2024-01-06T00:00:00+00:00")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00")]
    [InlineData("2024-01-05", "2024-01-05")]
    [InlineData("20240105", "2024-01-05")]
    [InlineData("2002-12", "2002-12-01")]
    [InlineData("2002", "2002-01-01")]
    [InlineData("2003-335", "2003-12-01")]
    [InlineData("2003335", "2003-12-01")]
    [InlineData("2024-W01-5", "2024-01-05")]
    [InlineData("2024W015", "2024-01-05")]
    [InlineData("2024/1/5 9:07", "2024-01-05T09:07:00?")]
    [InlineData("2024-1-5", "2024-01-05")]

    // Numbers
    [InlineData("1518478934", "2018-02-12T23:42:14+00:00")]
    [InlineData("1518478934000", "2018-02-12T23:42:14+00:00")]
    [InlineData("1518478934.25", "2018-02-12T23:42:14+00:00")]
    [InlineData("1518478934000000", "2018-02-12T23:42:14+00:00")]

    // Written out
    [InlineData("January 5, 2024", "2024-01-05")]
    [InlineData("Friday, January 29, 2021 04:42 PM", "2021-01-29T16:42:00?")]
    [InlineData("January, 29 Jan 2021 17:56:15 +0530", "2021-01-29T17:56:15+05:30")]
    [InlineData("Sept. 5th, 2024 at 3:04 p.m. ET", "2024-09-05T15:04:00-04:00")]
    [InlineData("5 Jan 2024 12:05 am", "2024-01-05T00:05:00?")]
    [InlineData("Updated: March 3rd 2024", "2024-03-03")]
    [InlineData("05-Jan-2024", "2024-01-05")]
    [InlineData("January 2024", "2024-01-01")]
    [InlineData("1/2/2024", "2024-01-02")]
    [InlineData("25/12/2024 10:00", "2024-12-25T10:00:00?")]
    [InlineData("05.01.2024, 10:30 Uhr", "2024-01-05T10:30:00?")]
    [InlineData("5.1.24", "2024-01-05")]
    [InlineData("25-12-2024", "2024-12-25")]

    // Misspelt
    [InlineData("Tues, 07 Oct 2025 12:00:00 +0000", "2025-10-07T12:00:00+00:00")]
    [InlineData("Mo, 5 Janury 2024 10:00:00 GMT", "2024-01-05T10:00:00+00:00")]
    [InlineData("5 Feburary 2024", "2024-02-05")]
    [InlineData("5 Septmber 2024", "2024-09-05")]

    // Other languages
    [InlineData("Fr, 5. Januar 2024 10:30", "2024-01-05T10:30:00?")]
    [InlineData("Mi, 06 Mrz 2024 10:30:00 +0100", "2024-03-06T10:30:00+01:00")]
    [InlineData("Do., 5. Dez. 2024", "2024-12-05")]
    [InlineData("mar, 05 mar 2024 10:30:00 +0100", "2024-03-05T10:30:00+01:00")]
    [InlineData("le 5 février 2024 à 16h30", "2024-02-05T16:30:00?")]
    [InlineData("mardi 1er août 2023", "2023-08-01")]
    [InlineData("jue, 05 dic 2024 10:30:00 +0100", "2024-12-05T10:30:00+01:00")]
    [InlineData("5 de enero de 2024", "2024-01-05")]
    [InlineData("gio, 05 set 2024 10:30:00 +0200", "2024-09-05T10:30:00+02:00")]
    [InlineData("Seg, 24 Set 2018 19:42:40 -0300", "2018-09-24T19:42:40-03:00")]
    [InlineData("5 de março de 2024", "2024-03-05")]
    [InlineData("ma 05 mei 2024 10:30", "2024-05-05T10:30:00?")]
    [InlineData("pt., 5 kwietnia 2024 10:30", "2024-04-05T10:30:00?")]
    [InlineData("5 października 2024", "2024-10-05")]
    [InlineData("Пт, 05 янв 2024 10:30:00 +0300", "2024-01-05T10:30:00+03:00")]
    [InlineData("5 мая 2024 г., 10:30", "2024-05-05T10:30:00?")]
    [InlineData("5 листопада 2024", "2024-11-05")]
    [InlineData("05 Şubat 2024 Pazartesi", "2024-02-05")]
    [InlineData("5 Ağu 2024 10:30", "2024-08-05T10:30:00?")]
    [InlineData("2024年1月5日 10时30分", "2024-01-05T10:30:00?")]
    [InlineData("2024年1月5日(金) 10:30", "2024-01-05T10:30:00?")]
    [InlineData("令和6年1月5日", "2024-01-05")]
    [InlineData("2024년 1월 5일 오후 3:07", "2024-01-05T15:07:00?")]
    [InlineData("2004-05-25 오후 11:23:17", "2004-05-25T23:23:17?")]
    [InlineData("5 يناير 2024", "2024-01-05")]
    [InlineData("٥ يناير ٢٠٢٤", "2024-01-05")]
    [InlineData("5 كانون الثاني 2024", "2024-01-05")]
    [InlineData("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T12:00:00-05:00")]
    [InlineData("2004. július 13. 9:15", "2004-07-13T09:15:00?")]
    [InlineData("5. června 2024", "2024-06-05")]
    [InlineData("5. července 2024", "2024-07-05")]
    [InlineData("5 desember 2024", "2024-12-05")]
    [InlineData("5 जनवरी 2024", "2024-01-05")]
    public void Reads(string text, string expected) => Show(LenientDate.Read(text)).ShouldBe(expected);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("insert published date here")]
    [InlineData("now")]
    [InlineData("today")]
    [InlineData("12:30")]
    [InlineData("07-01T01:55:07-05:00")]
    [InlineData("2003-13-01T15:51:30-0500")]
    [InlineData("2024-02-30")]
    [InlineData("31 Jun 2024 10:00:00 GMT")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("5 January")]
    [InlineData("Monday")]
    [InlineData("-62135596800")]
    [InlineData("99999999999999999999")]
    [InlineData("May the force be with you in every one of the 12 galaxies of 2000 suns and more")]
    public void Nonsense_is_no_date(string? text) => LenientDate.Read(text).ShouldBeNull();

    // ? marks a time of day without a zone.
    internal static string? Show(StatedDate? date) => date is null ? null
        : date.At is not { } at ? date.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : at.ToString(
            at.Millisecond == 0 ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-ddTHH:mm:ss.fff",
            CultureInfo.InvariantCulture) + (date.ZoneStated ? at.ToString("zzz", CultureInfo.InvariantCulture) : "?");

    [Theory]
    [InlineData("5 M\uFFFErz 2024")]
    [InlineData("5 \uFFFF\uFFFEmars 2024 10:30")]
    [InlineData("5 \uFDD0\uFFF0mai 2024")]
    public void Characters_that_are_none_do_no_harm(string text) => Should.NotThrow(() => LenientDate.Read(text));

    [Fact]
    public void Half_a_character_makes_no_month() => LenientDate.Read("5 m\uD800ai 2024").ShouldBeNull();
}

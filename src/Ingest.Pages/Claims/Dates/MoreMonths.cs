using System.Collections.Frozen;

namespace Ingest.Pages.Claims.Dates;

/// <summary>Months in languages that feeds' date fields do not use, but pages' visible text does.</summary>
internal static class MoreMonths
{
    // Catalan, Slovene, Estonian, Latvian, Serbian and Croatian, Basque, Galician, Hebrew, Thai, Bengali, Tamil, Telugu, Urdu, Malay, Swahili, Azerbaijani,
    // Georgian, Armenian, Kazakh.
    private static readonly string[] Months =
    [
        "gener januarja jaanuar janvāris janvārī јануар јануара siječanj urtarrila urtarrilaren xaneiro ינואר בינואר มกราคม জানুয়ারি জানুয়ারী ஜனவரி జనవరి "
            + "جنوری yanvar იანვარი იანვარს հունվարի қаңтар січня",
        "febrer februarja veebruar februāris februārī фебруар фебруара veljača otsaila otsailaren פברואר בפברואר กุมภาพันธ์ ফেব্রুয়ারি ফেব্রুয়ারী பிப்ரவரி "
            + "ఫిబ్రవరి فروری fevral თებერვალი თებერვალს փետրվարի ақпан",
        "març marca märts marts martā март марта ožujak martxoa martxoaren מרץ מרס במרץ มีนาคม มี.ค. "
            + "মার্চ மார்ச் మార్చి مارچ mac machi mart მარტი მარტს մարտի наурыз",
        "aprila aprill aprīlis aprīlī април априла travanj apirila apirilaren אפריל באפריל เมษายน เม.ย. "
            + "এপ্রিল ஏப்ரல் ఏప్రిల్ اپریل aprel აპრილი აპრილს ապրիլի сәуір",
        "maig maja mai maijs maijā мај маја svibanj maiatza maiatzaren מאי במאי พฤษภาคม মে மே మే مئی მაისი მაისს մայիսի мамыр",
        "juny junija juuni jūnijs jūnijā јун јуна lipanj ekaina ekainaren xuño יוני ביוני มิถุนายน มิ.ย. জুন ஜூன் జూన్ جون iyun ივნისი ივნისს հունիսի маусым",
        "juliol julija juuli jūlijs jūlijā јул јула srpanj uztaila uztailaren xullo יולי ביולי กรกฎาคม জুলাই ஜூலை జూలై جولائی julai iyul ივლისი ივლისს "
            + "հուլիսի шілде",
        "agost avgusta avgust augusts augustā август августа kolovoz abuztua abuztuaren אוגוסט באוגוסט สิงหาคม আগস্ট ஆகஸ்ட் ఆగస్టు اگست ogos agosti აგვისტო "
            + "აგვისტოს օգոստոսի тамыз",
        "setembre septembra septembris septembrī септембар септембра rujan iraila irailaren ספטמבר בספטמבר กันยายน সেপ্টেম্বর செப்டம்பர் సెప్టెంబర్ ستمبر "
            + "sentyabr სექტემბერი სექტემბერს սեպտեմբերի қыркүйек",
        "octubre oktobra oktoober oktobris oktobrī октобар октобра listopada urria urriaren אוקטובר באוקטובר ตุลาคม অক্টোবর அக்டோபர் అక్టోబర్ اکتوبر oktyabr "
            + "ოქტომბერი ოქტომბერს հոկտեմբերի қазан",
        "novembra november novembris novembrī новембар новембра studeni azaroa azaroaren נובמבר בנובמבר พฤศจิกายน নভেম্বর நவம்பர் నవంబర్ نومبر noyabr "
            + "ნოემბერი ნოემბერს նոյեմբերի қараша",
        "desembre decembra detsember decembris decembrī децембар децембра prosinac abendua abenduaren דצמבר בדצמבר ธันวาคม ডিসেম্বর டிசம்பர் డిసెంబర్ دسمبر "
            + "disemba dekabr დეკემბერი დეკემბერს դեկտեմբերի желтоқсан",
    ];

    // The solar Hijri calendar's months: 13 to 24.
    private static readonly string[] SolarHijri = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"];

    private static readonly FrozenDictionary<string, int> Names = Build();

    /// <summary>1–12, 13–24 for the months of the solar Hijri year, 0 for no month.</summary>
    public static int Find(string word) => word.Length is >= 2 and <= 20 && Names.TryGetValue(word, out var month) ? month : 0;

    private static FrozenDictionary<string, int> Build()
    {
        var names = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var month = 0; month < 12; month++)
        {
            // Page text is NFC, in which some Bengali letters are two characters.
            foreach (var name in Months[month].Normalize().Split(' ')) names.TryAdd(name, month + 1);
            names.TryAdd(SolarHijri[month], month + 13);
        }

        return names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}

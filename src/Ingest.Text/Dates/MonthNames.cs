using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Ingest.Text.Dates;

/// <summary>Month names and abbreviations of many languages, and what is left of them when misspelt.</summary>
internal static class MonthNames
{
    // One line a month; nominative, genitive and usual abbreviations. A name that is another month in another language
    // (Polish and Croatian "listopad") means what the language with more feeds says.
    private static readonly string[] Months =
    [
        "january jan januar januari jänner jaenner janvier janv enero ene gennaio gen genn janeiro styczeń stycznia sty январь января янв січень січня січ "
            + "ocak oca leden ledna led tammikuu tammikuuta tammi ιανουάριος ιανουαρίου ιαν január ianuarie ian януари يناير جانفي जनवरी sausio siječnja "
            + "január janar",
        "february feb februar februari feber feb février févr fevr fév febrero febbraio febb fevereiro fev luty lutego lut февраль февраля фев лютий лютого "
            + "лют şubat şub únor února úno helmikuu helmikuuta helmi φεβρουάριος φεβρουαρίου φεβ február februarie февруари فبراير شباط فيفري फरवरी फ़रवरी "
            + "veljače vasario",
        "march mar märz maerz mrz mär mars marzo março marco maart mrt marzec marca март марта мар березень березня бер mart március márc březen března bře "
            + "maaliskuu maaliskuuta maalis μάρτιος μαρτίου μαρ μάρ martie marec maret مارس آذار मार्च ožujka kovo",
        "april apr avril avr abril abr aprile kwiecień kwietnia kwi апрель апреля апр квітень квітня кві nisan nis duben dubna dub huhtikuu huhtikuuta huhti "
            + "απρίλιος απριλίου απρ április ápr aprilie април أبريل ابريل نيسان أفريل अप्रैल travnja balandžio",
        "may mai maj mayo maggio mag maio mei maj maja май мая травень травня трав тра mayıs květen května kvě toukokuu toukokuuta touko μάιος μαΐου μαϊ μάι "
            + "május máj máj mei مايو أيار ماي मई svibnja gegužės",
        "june jun juni juin junio giugno giu junho czerwiec czerwca cze июнь июня июн червень червня чер haziran haz červen června čvn kesäkuu kesäkuuta "
            + "kesä ιούνιος ιουνίου ιούν ιουν június jún iunie iun юни يونيو حزيران جوان जून lipnja birželio",
        "july jul juli juillet juil julio luglio lug julho lipiec lipca июль июля июл липень липня лип temmuz tem červenec července čvc heinäkuu heinäkuuta "
            + "heinä ιούλιος ιουλίου ιούλ ιουλ július júl iulie iul юли يوليو تموز جويلية जुलाई srpnja liepos",
        "august aug août aout agosto ago augustus sierpień sierpnia sie август августа авг серпень серпня сер ağustos ağu srpen srpna srp elokuu elokuuta "
            + "elo αύγουστος αυγούστου αύγ αυγ augusztus aug ağu agustus أغسطس اغسطس آب أوت अगस्त kolovoza rugpjūčio",
        "september sep sept septembre septiembre setiembre set settembre sett setembro wrzesień września wrz сентябрь сентября сен сент вересень вересня вер "
            + "eylül eyl září zář syyskuu syyskuuta syys σεπτέμβριος σεπτεμβρίου σεπ σεπτ szeptember szept septembrie септември سبتمبر أيلول सितंबर "
            + "rujna rugsėjo",
        "october oct oktober okt octobre octubre ottobre ott outubro out październik października paź paz октябрь октября окт жовтень жовтня жов ekim eki "
            + "říjen října říj lokakuu lokakuuta loka οκτώβριος οκτωβρίου οκτ október octombrie октомври أكتوبر اكتوبر अक्टूबर spalio",
        "november nov novembre noviembre novembro listopad listopada lis ноябрь ноября ноя нояб листопад листопада лис kasım kas listopadu marraskuu "
            + "marraskuuta marras νοέμβριος νοεμβρίου νοε noiembrie noi ноември نوفمبر नवंबर studenoga lapkričio",
        "december dec dezember dez décembre déc diciembre dic dicembre dezembro grudzień grudnia gru декабрь декабря дек грудень грудня гру aralık ara "
            + "prosinec prosince pro joulukuu joulukuuta joulu δεκέμβριος δεκεμβρίου δεκ decembrie desember des декември ديسمبر दिसंबर prosinca gruodžio",
    ];

    // The Levant's months come in pairs of words.
    private static readonly (string Name, int Month)[] Pairs = [("كانون الثاني", 1), ("تشرين الأول", 10), ("تشرين الثاني", 11), ("كانون الأول", 12)];

    private static readonly FrozenDictionary<string, int> Names = Build();

    /// <summary>1–12, or 0 when the word is no month.</summary>
    public static int Find(ReadOnlySpan<char> word)
    {
        if (word.Length is < 2 or > 20) return 0;
        var key = Fold(word.ToString());
        if (Names.TryGetValue(key, out var month)) return month;
        if (key.Length < 3) return 0;
        var cut = UnambiguousPrefix(key);
        return cut != 0 || key.Length < 4 ? cut : Misspelt(key);
    }

    /// <summary>Writes two-word month names as the English one.</summary>
    public static string WithoutPairs(string text)
    {
        foreach (var (name, month) in Pairs)
        {
            if (text.Contains(name, StringComparison.Ordinal))
                return text.Replace(name, CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[month - 1], StringComparison.Ordinal);
        }

        return text;
    }

    private static int UnambiguousPrefix(string key)
    {
        var found = 0;
        foreach (var (name, month) in Names)
        {
            if (!name.StartsWith(key, StringComparison.Ordinal)) continue;
            if (found != 0 && found != month) return 0;
            found = month;
        }

        return found;
    }

    // English only, one slip (a letter lost, added, changed or two swapped): other languages' weekdays come too close.
    private static int Misspelt(string key)
    {
        for (var month = 1; month <= 12; month++)
        {
            var name = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[month - 1].ToLowerInvariant();
            if (name.Length >= 4 && IsOneSlipApart(name, key)) return month;
        }

        return 0;
    }

    private static bool IsOneSlipApart(string name, string key)
    {
        if (Math.Abs(name.Length - key.Length) > 1) return false;
        var head = name.AsSpan().CommonPrefixLength(key);
        var nameRest = name.AsSpan(head);
        var keyRest = key.AsSpan(head);
        if (nameRest.Length == keyRest.Length)
        {
            return nameRest.Length <= 1 || nameRest[1..].SequenceEqual(keyRest[1..])
                || (nameRest[0] == keyRest[1] && nameRest[1] == keyRest[0] && nameRest[2..].SequenceEqual(keyRest[2..]));
        }

        return nameRest.Length > keyRest.Length ? nameRest[1..].SequenceEqual(keyRest) : nameRest.SequenceEqual(keyRest[1..]);
    }

    private static FrozenDictionary<string, int> Build()
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var month = 0; month < Months.Length; month++)
        {
            foreach (var name in Months[month].Split(' ')) names.TryAdd(Fold(name), month + 1);
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string Fold(string word)
    {
        if (Ascii.IsValid(word)) return word.ToLowerInvariant();
        var folded = new StringBuilder(word.Length);
        foreach (var c in word.ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) folded.Append(c == 'ı' ? 'i' : c == 'ς' ? 'σ' : c);
        }

        return folded.ToString();
    }
}

using System.Collections.Frozen;

namespace Ingest.Text;

/// <summary>The small words and peculiar letters of the languages that share a script.</summary>
internal sealed class LanguageWords
{
    private const double LetterWeight = 0.25;

    private static readonly Dictionary<Script, string> Alone = new()
    {
        [Script.Greek] = "el", [Script.Hebrew] = "he", [Script.Bengali] = "bn", [Script.Gurmukhi] = "pa", [Script.Gujarati] = "gu", [Script.Tamil] = "ta",
        [Script.Telugu] = "te",
        [Script.Kannada] = "kn", [Script.Malayalam] = "ml", [Script.Sinhala] = "si", [Script.Thai] = "th", [Script.Lao] = "lo", [Script.Burmese] = "my",
        [Script.Khmer] = "km",
        [Script.Georgian] = "ka", [Script.Armenian] = "hy", [Script.Ethiopic] = "am", [Script.Hangul] = "ko", [Script.Kana] = "ja", [Script.Han] = "zh",
    };

    private static readonly Dictionary<Script, LanguageWords> Several = new()
    {
        [Script.Latin] = new(
            ("en",
                "the of and to in is that for it was on with as be by at this are have from or an not but they his her which you were has had their will "
                    + "would been who more said its what there",
                ""),
            ("de",
                "der die und in den das von zu mit ist des im sich auf für nicht dem ein eine als auch es an werden aus er hat dass sie nach wird bei einer "
                    + "um am sind noch wie einem über so zum war haben nur oder aber vor",
                "äöüß"),
            ("fr",
                "le de la les et des en un du une que est pour qui dans par sur au pas plus ce avec il sont ne se cette aux mais ses leur été ont son elle "
                    + "ou comme nous deux était fait",
                "éèêàçùœ"),
            ("es",
                "de la que el en y los del se las por un con una para es no su al lo como más pero sus fue este ha sobre ya entre cuando todo esta ser son "
                    + "dos también había era muy hasta desde",
                "ñáíóú¿¡"),
            ("pt",
                "de que o a e do da em os no um para com uma na se por não dos mais as ao como foi à das sua pelo pela são ou seu tem mas também está já "
                    + "pelos ele ela entre isso até nos",
                "ãõçáêâ"),
            ("it",
                "di che e la il in un a per è una sono con non del si da le della dei al come più ha i gli anche ma nel alla lo delle questo nella se dal "
                    + "stato cui ci suo dalla essere",
                "èàìòù"),
            ("nl",
                "de van het een en in is dat op te zijn met voor die niet aan er om ook als dan bij maar door over uit naar wordt nog heeft hij worden kan "
                    + "deze werd was tot of ze geen meer hun",
                ""),
            ("sv",
                "och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när nu under också efter eller ska sin "
                    + "där mot skulle hade än då alla",
                "åäö"),
            ("nb",
                "og i det er på som en til at av for med den har de ikke om et han men var jeg seg fra vi så kan når nå etter også eller skal sin der mot "
                    + "skulle hadde enn bli være hvor mye noe",
                "åøæ"),
            ("da",
                "og i det er på som en til at af for med den har de ikke om et han men var jeg sig fra vi så kan når nu efter også eller skal sin der mod "
                    + "skulle havde end blive være hvor meget noget blev",
                "åøæ"),
            ("fi",
                "ja on ei että se oli hän mutta ovat kuin myös joka tai niin sen mukaan jo vain kun ole olla vielä voi nyt sekä joten siitä tämä ollut mitä "
                    + "jos kanssa noin hänen minä ettei",
                "äö"),
            ("is",
                "og að í á er sem til við en var um með ekki það af hann fyrir hefur eru því frá verið þess voru þar upp þá hún hafa vera eftir einnig segir",
                "ðþæö"),
            ("et",
                "ja on ei et see ka oli ta kui mis aga kes või oma ning seda nii veel siis mida kuid pärast ole olla tema eesti selle juba mitte "
                    + "kõik ainult üks",
                "õäöü"),
            ("lv", "un ir ar par no uz kas ka lai bet arī pēc tas tiek ja kā jau tika gada pie tā nav vai savu bija to šo līdz viņš gan vēl", "āēīūļņķģčšž"),
            ("lt",
                "ir yra kad iš į su tai apie kaip bet nuo buvo jis savo ne dar po tik per už šis arba jau jos buvo metų labai ar prie kurie nėra",
                "ėęįųūąčšž"),
            ("pl",
                "i w na z do się nie że to jest o jak po za od przez ale dla ma są co już tym było czy tego być może przy ich które jego został oraz tylko "
                    + "bardzo jej jednak także",
                "łąęśżźćń"),
            ("cs",
                "a v se na je že o s z do to i jako za by ale po které podle jsou který od pro jeho byl bylo k ve jsem tak si není nebo ještě však však při "
                    + "také už jen jak aby",
                "řůěčšžý"),
            ("sk",
                "a v sa na je že o s z do to aj ako za by ale po ktoré podľa sú ktorý od pre jeho bol bolo k vo som tak si nie je alebo ešte však pri tiež "
                    + "už len keď aby",
                "ľĺŕôäčšžý"),
            ("sl",
                "in je v na se da za so z po ki pa bi ne ni tudi kot pri od še le ali več bo to lahko kar bil smo saj ker zaradi med vse do bolj leta",
                "čšž"),
            ("hr",
                "i u je na se da su za od s o a kao to koji iz ne ali što po će bi te do ili je nije sve više samo koje bio prema kako tijekom također tko "
                    + "godine nakon između",
                "čćđšž"),
            ("sr",
                "i u je na se da su za od sa o a kao to koji iz ne ali šta po će bi do ili nije sve više samo koje bio prema kako tokom takođe ko godine "
                    + "nakon između posle gde",
                "čćđšž"),
            ("hu",
                "a az és hogy nem is egy van ez meg csak de már volt mint még el ki azt ha vagy lesz után szerint majd kell több ezt között mert amely ami "
                    + "nagyon lehet pedig",
                "őűáéóöü"),
            ("ro",
                "de și în a la cu pe că din o un care nu este pentru mai sau au se prin ce fost dar ca sunt ar lui după între fi avea către fără "
                    + "cele despre am",
                "ășțâî"),
            ("sq", "të e në dhe i për me një që nga u se është janë do ka më si kjo nuk por kanë ai tij duke edhe ishte pas kur", "ëç"),
            ("tr",
                "ve bir bu da de için ile olarak çok olan daha gibi kadar en sonra ne var olduğu ama o değil her ise ya ki göre tarafından yeni mi "
                    + "oldu iki diye",
                "ğışçöü"),
            ("az", "və bir bu ki ilə üçün da də olan olaraq sonra daha edib onun çox bildirib var o azərbaycan isə qədər hər kimi görə", "əğışçöü"),
            ("vi",
                "và của là có trong được cho các không với một người đã những này từ khi đến về ra tại cũng như vào năm phải nhiều sẽ",
                "đơưạảấầẩậắằặẹẻẽếềểệịọỏốồổộớờợụủứừửữự"),
            ("id",
                "yang dan di dari untuk dengan pada ini itu tidak dalam adalah akan ke juga oleh sebagai ada telah mereka bisa karena saat tersebut lebih "
                    + "seperti kata tahun atau hanya orang",
                ""),
            ("tl", "ang ng sa na mga ay at si ni para ito kay nang siya hindi mula may kung ako rin din sila dahil pa nila kanyang", ""),
            ("sw", "na ya wa kwa ni katika za la kuwa hiyo cha huo ambao watu hii baada yake alisema wakati kama huyo lakini wao pia", ""),
            ("ca",
                "de la que i el en a les un per amb és una del els no es al com més ha dels han aquesta aquest pel són seva però també seu fins sobre perquè",
                "çàèòï·"),
            ("gl", "de que a o e do da en unha un os por con para no se as non dos na máis das ao como á polo súa pola foi ser son seu tamén mais", "ñáéíóú"),
            ("eu", "eta da ez du bat dira izan zuen dute ere dela egin baina hau bere den zen zuten gabe dago beste egiten bi", ""),
            ("af", "die en van in is het dat te wat nie om vir met op was as sy sal deur ook aan hy by word het hulle daar kan maar uit ons meer", ""),
            ("cy", "yn y a i o ar ei yr mae am wedi gan bod fod ac fel eu oedd hynny sydd roedd hefyd", "ŵŷ"),
            ("ga", "an na a i ar agus go is ag le do bhí tá sé ní leis ach ó atá seo sin mar nach raibh", ""),
            ("eo", "la de kaj en al estas por ke ne mi kun sed pri ĝi oni pli li sur estis ankaŭ tiu kiu ili", "ĉĝĥĵŝŭ")),
        [Script.Cyrillic] = new(
            ("ru",
                "и в не на что с он по это как а но из у за от так для о же его к бы только был мы еще до или уже при она все если чтобы были также которые "
                    + "время года после",
                "ыэё"),
            ("uk",
                "і в на не що з у до та за для як від про але його це а є й які був під час також було бути ще вже той їх року після щоб або він вона",
                "їєґі"),
            ("be", "і ў у на не што з да для як за ад па яго але гэта быў каб пра гэты былі яны таксама ён мы пасля года ці", "ўіэы"),
            ("bg", "и на да в се за от е не с че по са това като до които но при той си ще го както му или след през има беше само още бъде вече този", "ъщ"),
            ("mk", "и на во да се за од е не со дека по ќе што како до кој но ги го ја има кои беше или при тоа уште само овој", "ќѓѕј"),
            ("sr", "и у је на се да су за од са о а као то који из не али што по ће би до или није све више само које био према како после", "љњћђџј"),
            ("kk", "және бұл мен де да бір үшін деп бойынша болып туралы осы еді ол болды қазақстан жылы олар", "әғқңөұүһі"),
            ("mn", "нь байна гэж юм энэ бол болон байгаа мөн тэр их хийх байсан уг бүр дээр улсын", "өү")),
        [Script.Arabic] = new(
            ("ar", "في من على أن إلى التي عن الذي هذا ما لا هذه كان مع بعد ذلك وقد قال بين كما أو قبل حتى كل خلال هو هي عند إن لم قد", "ةىأإؤ"),
            ("fa", "و در به از که این را با است برای آن یک می شود شده خود هم تا بر های کرد یا ما اما دیگر نیز باید بود هر بین", "پچگژی"),
            ("ur", "کے کی میں ہے سے اور کا کو نے پر یہ کہ ہیں بھی ایک اس نہیں تھا جو لیے گیا رہا ہو کر ان تھے", "ٹڈڑےںہ"),
            ("ps", "د په چې او له کې ته دي يې دا نه سره هم یو خو وروسته چی", "ټډړښځڅېۍ"),
            ("ckb", "لە و بە کە بۆ لەگەڵ ئەو ئەم دەکات هەر ناو کرد", "ەێۆڕڵ")),
        [Script.Devanagari] = new(
            ("hi", "के में की है को से और का ने पर कि हैं यह भी नहीं एक इस लिए कर था हो गया जो तो वह साथ रहे बाद", ""),
            ("mr", "आहे आणि या च्या ते ही हे आहेत नाही मध्ये तर त्या केले होते होता व असे म्हणून झाले करण्यात", "ळ"),
            ("ne", "र छ को मा ले पनि भएको छन् गरेको लागि यो हो गर्न भने तर एक गरी थियो उनले", "")),
    };

    private readonly FrozenDictionary<string, int[]> _words;
    private readonly FrozenDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly FrozenDictionary<char, int[]> _letters;

    private LanguageWords(params (string Language, string Words, string Letters)[] languages)
    {
        Languages = [.. languages.Select(static language => language.Language)];
        _words = Index(languages.Select(static language => language.Words.Split(' ').Distinct(StringComparer.Ordinal)));
        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        _letters = Index(languages.Select(
            static language =>
                language.Letters.Select(static letter => letter.ToString()))).ToFrozenDictionary(static pair => pair.Key[0], static pair => pair.Value);
    }

    public string[] Languages { get; }

    /// <summary>The language that alone uses the script; null when several do.</summary>
    public static string? OnlyLanguage(Script script) => Alone.GetValueOrDefault(script);

    public static LanguageWords? Of(Script script) => Several.GetValueOrDefault(script);

    public void AddWord(ReadOnlySpan<char> word, double[] scores)
    {
        if (!_lookup.TryGetValue(word, out var languages)) return;
        foreach (var language in languages) scores[language] += 1 / Math.Sqrt(languages.Length);
    }

    public void AddLetter(char letter, double[] scores)
    {
        if (char.IsAscii(letter) || !_letters.TryGetValue(letter, out var languages)) return;
        foreach (var language in languages) scores[language] += LetterWeight / languages.Length;
    }

    private static FrozenDictionary<string, int[]> Index(IEnumerable<IEnumerable<string>> keys) =>
        keys.SelectMany(static (language, at) => language.Select(key => (Key: key, Language: at)))
            .GroupBy(static pair => pair.Key, StringComparer.Ordinal)
            .ToFrozenDictionary(
                static group => group.Key, static group => group.Select(static pair => pair.Language).Distinct().ToArray(), StringComparer.Ordinal);
}

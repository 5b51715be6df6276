namespace Ingest.Pages.Body;

/// <summary>What boilerplate lines begin with, lower case, in the languages that news is published in.</summary>
internal static class Phrases
{
    /// <summary>Lines that lead to another page.</summary>
    public static readonly string[] ReadMore =
    [
        "read more", "read also", "also read", "read next", "read:", "see also", "see more", "see:", "related:", "related article", "related stor",
        "related post", "more:", "more on", "more from", "watch:", "watch more", "recommended", "click here", "continue reading", "don't miss", "you may also",
        "you might also", "learn more", "find out more", "view gallery",
        "lesen sie auch", "lesen sie hier", "lesen sie mehr", "lies auch", "mehr zum thema", "mehr dazu", "mehr lesen", "auch interessant", "das könnte",
        "das thema könnte", "siehe auch", "weiterlesen", "zum thema", "mehr:", "lesetipp", "weitere informationen",
        "lire aussi", "en savoir plus", "más sobre", "mais sobre", "à lire", "voir aussi", "lire la suite", "sur le même sujet", "lee también", "lea también",
        "lea además", "leer más", "te puede interesar", "le puede interesar", "ver también", "más información", "seguir leyendo", "además:", "mira también",
        "leggi anche", "leggi tutto", "potrebbe interessarti", "potrebbe interess", "guarda anche", "leia também", "leia mais", "veja também", "saiba mais",
        "czytaj też", "czytaj także", "czytaj również", "zobacz też", "zobacz także", "przeczytaj", "lees ook", "lees meer", "läs också", "läs mer", "läs även",
        "læs også", "les også", "lue myös", "přečtěte si", "čtěte také", "olvassa el", "διαβάστε", "citește și", "xem thêm", "baca juga", "ayrıca bakın",
        "ilgili haber",
        "читайте также", "читать далее", "читайте також", "смотрите также", "по теме", "подробнее", "اقرأ أيضا", "اقرأ أيضًا", "関連記事", "相关阅读", "延伸阅读", "관련기사",
        "관련 기사",
    ];

    /// <summary>Lines that ask the reader to do something.</summary>
    public static readonly string[] Requests =
    [
        "share this", "share on", "share via", "share article", "share:", "tweet", "follow us", "like us", "join us", "join our", "join the conversation",
        "sign up", "subscribe", "get the latest", "get our", "download our", "support us", "advert", "sponsored", "you are here", "sie sind hier", "log in",
        "register", "comment", "leave a comment", "print this", "email this", "send us", "skip to", "jump to", "back to top", "loading", "please enable",
        "enable javascript", "we use cookies", "this site uses", "all rights reserved", "terms of use", "click to",
        "teilen", "artikel teilen", "folgen sie", "abonnieren", "newsletter", "jetzt anmelden", "melden sie sich", "anzeige", "werbung", "drucken", "kommentar",
        "nach oben", "alle rechte vorbehalten", "partager", "suivez-nous", "abonnez-vous", "inscrivez-vous", "publicité", "s'abonner", "tous droits réservés",
        "compartir", "comparte", "síguenos", "suscríbete", "suscribirse", "publicidad", "todos los derechos reservados", "compartilhe", "compartilhar", "siga ",
        "assine", "publicidade", "todos os direitos reservados", "condividi", "seguici", "iscriviti", "pubblicità", "riproduzione riservata",
        "udostępnij", "reklama", "delen", "deel dit", "advertentie", "dela ", "annons", "del på", "jaa ", "mainos", "поделиться", "подписывайтесь", "реклама",
        "поділитися", "paylaş", "bagikan", "シェア", "分享",
    ];

    /// <summary>Headings of groups that are not the article.</summary>
    public static readonly string[] GroupHeadings =
    [
        .. ReadMore,
        "related", "more stories", "more news", "more articles", "most read", "most popular", "popular", "trending", "latest", "top stories", "in this section",
        "share", "comments", "leave a reply", "leave a comment", "add a comment", "post a comment", "about the author", "about author", "tags", "topics",
        "newsletter", "recent posts", "recent articles", "categories", "archives", "follow", "contact", "you may like", "what to read next", "editor's picks",
        "editors' picks", "featured", "up next",
        "weitere artikel", "weitere themen", "weitere beiträge", "weitere meldungen", "weitere nachrichten", "ähnliche artikel", "ähnliche beiträge",
        "ähnliche", "verwandte", "meistgelesen", "meistgelesene", "beliebte", "kommentare", "schreibe einen kommentar", "kommentar schreiben",
        "kommentar verfassen", "kommentar hinterlassen", "empfehlungen", "unsere empfehlungen", "über den autor", "über die autor", "schlagworte",
        "schlagwörter", "teilen", "neueste", "aktuelle", "links", "kontakt", "downloads", "themen", "beitrags-navigation", "beitragsnavigation",
        "noticias relacionadas", "artículos relacionados", "relacionad", "más noticias", "lo más", "comentarios", "deja un comentario", "deja una respuesta",
        "etiquetas", "articles liés", "articles similaires", "commentaires", "laisser un commentaire", "les plus lus", "vous aimerez", "mots-clés",
        "articoli correlati", "correlati", "commenti", "lascia un commento", "artigos relacionados", "notícias relacionadas", "mais lidas",
        "deixe um comentário", "deixe uma resposta",
        "podobne", "powiązane", "komentarze", "dodaj komentarz", "gerelateerd", "meer over", "reacties", "relaterat", "relaterade", "mest läst", "kommentarer",
        "aiheesta", "lisää aiheesta", "похожие", "комментарии", "материалы по теме", "популярное", "yorumlar", "benzer", "související", "komentáře",
        "kapcsolódó", "コメント", "相关", "댓글",
    ];

    /// <summary>What captions and credits begin with.</summary>
    public static readonly string[] Credits =
    [
        "photo:", "photo by", "photos:", "photo credit", "photograph:", "photography by", "image:", "images:", "image by", "image credit", "image source",
        "picture:", "pictures:", "credit:", "source: getty", "getty images", "video:", "file photo", "illustration:", "(c)", "©", "ⓒ", "copyright", "figure:",
        "abbildung:", "foto:", "fotos:", "foto ", "bild:", "bilder:", "bildquelle", "bildnachweis", "quelle:", "fotocredit", "symbolbild", "crédit", "photo ",
        "crédits", "légende", "imagen:", "fotografía:", "crédito", "imagem:", "créditos", "fot.", "zdjęcie", "kuva:", "foto/", "фото:", "фото ", "источник:",
        "写真", "图片",
    ];

    /// <summary>What lines of names and dates begin with.</summary>
    public static readonly string[] Bylines =
    [
        "by ", "by:", "written by", "posted by", "posted on", "posted in", "posted", "published", "updated", "last updated", "last modified", "first published",
        "author:", "reporting by", "editing by", "date:", "filed under", "tagged", "tags:", "categories:", "category:", "topics:", "reading time",
        "von ", "von:", "veröffentlicht", "aktualisiert", "zuletzt aktualisiert", "erstellt", "stand:", "autor:", "datum:", "lesezeit", "schlagwörter:",
        "schlagworte:", "kategorie", "text:", "par ", "publié", "mis à jour", "modifié le", "por ", "publicado", "actualizado", "atualizado", "di ",
        "pubblicato", "aggiornato", "door ", "gepubliceerd", "av ", "publicerad", "uppdaterad", "opublikowano", "aktualizacja", "julkaistu", "опубликовано",
        "обновлено", "автор:", "yayınlanma", "güncelleme",
    ];

    /// <summary>What last lines ask the reader to do.</summary>
    public static readonly string[] Calls =
    [
        "follow ", "subscribe", "sign up", "click here", "join us", "like us", "e-mail", "email", "newsletter", "contact the author", "tips@", "download the",
        "donate",
        "folgen", "folge uns", "abonnier", "hier klicken", "jetzt anmelden", "spenden", "suivez", "abonnez", "inscrivez", "sígue", "sigue a", "suscríb",
        "siga ", "assine", "inscreva", "segui ", "seguici", "iscriviti",
        "volg ", "abonneer", "följ ", "prenumerera", "obserwuj", "śledź", "subskryb", "подпис", "подпиш", "takip edin", "abone ol",
    ];

    /// <summary>What last lines begin with that name who else worked on the report.</summary>
    public static readonly string[] StaffNotes =
    [
        "reporting by ", "additional reporting by", "writing by ", "editing by ", "compiled by ", "with reporting by", "reportage de", "rédigé par",
        "édité par", "bericht von", "redaktion:", "mitarbeit:", "reporte de", "reportaje de", "información de", "editado por", "reportagem de", "edição de",
        "a cura di", "redazione:", "redactie:", "opracował",
    ];

    /// <summary>What such lines end with.</summary>
    public static readonly string[] StaffNoteEnds =
    [
        "contributed to this report", "contributed to this article", "contributed to this story", "contributed reporting", "contributed to the report",
        "ont contribué à cet article", "hat an diesem bericht mitgearbeitet", "haben zu diesem bericht beigetragen", "contribuyó a este artículo",
        "contribuyeron a este artículo", "contribuyó con este reportaje", "contribuiu para esta reportagem", "ha contribuito a questo articolo",
    ];

    /// <summary>What pages say that doubt the reader is human.</summary>
    public static readonly string[] Challenges =
    [
        "just a moment", "attention required", "verify you are human", "verifying you are human", "verify that you are human", "are you a robot",
        "you are not a robot", "not a robot", "checking your browser", "security check", "enable javascript and cookies to continue", "please enable cookies",
        "access denied", "access to this page has been denied", "pardon our interruption", "unusual traffic", "ddos protection", "bot detection", "captcha",
        "one more step", "request unsuccessful", "you have been blocked",
        "bestätigen sie, dass sie ein mensch", "sind sie ein mensch", "kein roboter", "zugriff verweigert", "sicherheitsüberprüfung",
        "vérifiez que vous êtes humain", "vous n'êtes pas un robot", "accès refusé", "verifica que eres humano", "no eres un robot", "no soy un robot",
        "acceso denegado", "não é um robô", "acesso negado", "non sei un robot", "accesso negato",
        "nie jesteś robotem", "odmowa dostępu", "geen robot", "toegang geweigerd", "вы не робот", "доступ запрещен", "доступ ограничен", "robot olmadığınızı",
        "erişim engellendi", "ロボットではない", "アクセスが拒否", "人机验证", "安全验证", "로봇이 아닙니다",
    ];

    /// <summary>What consent walls say.</summary>
    public static readonly string[] Consent =
    [
        "cookie", "consent", "your privacy", "personal data", "personalised ad", "personalized ad", "our partners", "accept all", "before you continue",
        "vendors", "einwilligung", "datenschutz", "personenbezogene daten", "zustimmen", "akzeptieren", "unsere partner", "werbefrei", "mit werbung",
        "confidentialité", "données personnelles", "nos partenaires", "consentement", "tout accepter", "privacidad", "datos personales", "nuestros socios",
        "aceptar", "consentimiento", "privacidade", "dados pessoais", "aceitar", "consenso", "dati personali", "accetta", "toestemming", "persoonsgegevens",
        "accepteren", "akkoord",
        "zgoda", "dane osobowe", "danych osobowych", "prywatnoś", "samtycke", "personuppgifter", "integritet", "samtykke", "персональных данных",
        "конфиденциальност", "gizlilik", "çerez", "souhlas", "osobních údajů", "クッキー", "プライバシー", "隐私", "쿠키",
    ];

    public static bool Contains(string text, string[] phrases)
    {
        foreach (var phrase in phrases)
        {
            if (text.Contains(phrase, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    /// <summary>Whether a text begins with one of the phrases, brackets and dashes before them aside.</summary>
    public static bool Begins(string text, string[] phrases)
    {
        var start = text.AsSpan().TrimStart("([<>»›-–—*•|→► ");
        foreach (var phrase in phrases)
        {
            if (start.StartsWith(phrase, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    /// <summary>Whether a text ends with one of the phrases, marks after them aside.</summary>
    public static bool Ends(string text, string[] phrases)
    {
        var end = text.AsSpan().TrimEnd(".)] ");
        foreach (var phrase in phrases)
        {
            if (end.EndsWith(phrase, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}

using System.Collections.Frozen;

namespace Ingest.Pages.Body;

/// <summary>Words of class names and ids that say what an element holds, in the languages that page templates are written in.</summary>
internal static class HintWords
{
    /// <summary>Single words, each the whole of a token between hyphens, underscores, digits or case changes.</summary>
    public static readonly FrozenDictionary<string, Hint> Tokens = Table(
        (Hint.Boilerplate, """
            nav navi navbar navigation menu menus submenu breadcrumb breadcrumbs crumb crumbs sidebar rail share sharing shares sharer social socials
            sharebar sharethis addthis addtoany shariff related relateds relacionadas relacionados relacionada verwandt verwandte similar recommended
            recommend recommends recommendation recommendations recirc recirculation newsletter newsletters subscribe subscription signup cookie cookies
            consent gdpr dsgvo ccpa cmp advert adverts advertisement advertisements advertising ad ads adv advertorial adslot adsense dfp gpt anzeige
            anzeigen werbung publicidad publicidade publicite pubblicita reklama sponsor sponsored sponsors sponsoring promo promos promoted promobox
            outbrain taboola popular trending trend mostread bestof pagination paging pager paginator pagenav postnav prevnext modal popup popin
            overlay lightbox paywall login signin register registration search searchform suche toolbar toolbox tags taglist tagcloud keywords
            hashtags schlagworte bookmarks social hotkey skip skiplink toc donate donation spenden rating ratings vote voting poll feedback jumbotron
            ticker skyscraper leaderboard mpu billboard partner partners affiliate affiliates merkliste empfehlungen teilen compartir compartilhar partager
            condividi udostepnij megamenu offcanvas impressum disclaimer copyright colophon backlink printfooter catlinks mwcite noprint editsection
            """),
        (Hint.Doubtful, """
            aside header head footer foot bottom topbar teaser teasers widget widgets banner banners masthead complementary contentinfo meta metadata
            toolbars tools tool options actions action buttons button form filter carousel slider slideshow gallery galleries galerie card cards
            tile tiles factbox infobox extras extra more weitere mehr next previous prev topics topic themen
            callout cta crosslinks crosslink linklist links linkbox download downloads print biography bio
            """),
        (Hint.Comments, """
            comment comments commentlist commentary commentform commentbox kommentare kommentar comentarios commentaires commenti reacties
            disqus respond replies trackback trackbacks pingback pingbacks discussion livefyre coral reader_comments usercomments
            """),
        (Hint.Caption, """
            caption captions figcaption credit credits bildunterschrift bildnachweis photocredit copyrights imagecaption mediacaption legende leyenda didascalia
            bildtext bildtitel photographer fotograf wp-caption
            """),
        (Hint.Hidden, "invisible offscreen srt visuallyhidden"),
        (Hint.Lead,
            "lead lede lead standfirst dek intro introduction teasertext sapo vorspann anleser chapo chapeau sommario entradilla bajada copete ingress "
                + "subheadline subhead kicker synopsis subtitle excerpt abstract"),
        (Hint.LiveBlog, "liveblog liveticker livetext livestream minutebyminute"),
        (Hint.Byline,
            "byline bylines author authors autor autoren autore auteur dateline timestamp datetime pubdate published publishdate date datum fecha data "
                + "writer credits authorbox authorinfo"));

    /// <summary>Token pairs that follow one another.</summary>
    public static readonly FrozenDictionary<(string First, string Second), Hint> Pairs = new (Hint Hint, string Names)[]
    {
        (Hint.Boilerplate,
            "read-more read-next read-also most-read most-popular most-viewed more-stories more-news more-articles more-from also-like see-also up-next "
                + "you-may whats-next sign-up mailing-list email-list follow-us author-bio about-author author-box author-info author-card top-stories "
                + "latest-news latest-posts recent-posts other-posts other-news other-articles next-post prev-post previous-post post-nav post-navigation "
                + "site-header site-footer page-header page-footer print-only action-bar back-link jp-relatedposts yarpp-related"),
        (Hint.Lead, "teaser-text teaser-intro article-intro article-lead article-teaser article-summary post-excerpt entry-summary"),
        (Hint.LiveBlog, "live-blog live-ticker live-updates live-entry live-stream live-entries"),
        (Hint.Hidden, "sr-only screen-reader visually-hidden assistive-text off-screen reader-text"),
        (Hint.Caption, "image-caption photo-credit image-credit img-caption photo-caption media-caption wp-caption image-source"),
    }
        .SelectMany(static row => row.Names.Split(' ').Select(pair => KeyValuePair.Create(Halves(pair), row.Hint)))
        .DistinctBy(static pair => pair.Key)
        .ToFrozenDictionary();

    /// <summary>Parts of longer words written together, as in <c>relatedposts</c>.</summary>
    public static readonly (string Stem, Hint Hint)[] Stems =
    [
        ("related", Hint.Boilerplate), ("recommend", Hint.Boilerplate), ("newsletter", Hint.Boilerplate), ("subscri", Hint.Boilerplate),
        ("breadcrumb", Hint.Boilerplate),
        ("sidebar", Hint.Boilerplate), ("navigat", Hint.Boilerplate), ("cookie", Hint.Boilerplate), ("advert", Hint.Boilerplate), ("sponsor", Hint.Boilerplate),
        ("sharing", Hint.Boilerplate), ("social", Hint.Boilerplate), ("sharebu", Hint.Boilerplate), ("outbrain", Hint.Boilerplate),
        ("taboola", Hint.Boilerplate),
        ("empfehl", Hint.Boilerplate), ("relacionad", Hint.Boilerplate), ("recirc", Hint.Boilerplate), ("comment", Hint.Comments), ("kommentar", Hint.Comments),
        ("postmeta", Hint.Doubtful), ("entrymeta", Hint.Doubtful), ("articlemeta", Hint.Doubtful), ("imagedesc", Hint.Caption), ("imagecapt", Hint.Caption),
        ("picturedesc", Hint.Caption),
    ];

    /// <summary>First words of names that tell about the theme or the page, not about the element's text.</summary>
    public static readonly FrozenSet<string> ThemePrefixes =
        ("tag category cat has is no not type format status author page single js with without l layout u theme template postid pageid col "
            + "grid columns").Split(' ').ToFrozenSet();

    /// <summary>What an article is called in names such as <c>article-body</c>.</summary>
    public static readonly FrozenSet<string> ArticleNouns =
        ("article post entry story news artikel articulo noticia nota blog blogpost detail details single page content main body haber nieuws nyhet clanek "
            + "artykul article2 asset body field").Split(' ').ToFrozenSet();

    /// <summary>What its text is called there.</summary>
    public static readonly FrozenSet<string> BodyNouns =
        "body content contents text texto texte copy inhalt contenido conteudo contenuto cuerpo corpo paragraphs richtext tresc txt".Split(' ').ToFrozenSet();

    /// <summary>The same as one word.</summary>
    public static readonly FrozenSet<string> BodyNames =
        ("articlebody postbody storybody entrycontent postcontent articlecontent articletext storycontent storytext newstext bodytext textbody contentbody "
            + "bodycopy articlecopy artikeltext fliesstext richtext prose newscontent bodycontent").Split(' ').ToFrozenSet();

    private static FrozenDictionary<string, Hint> Table(params (Hint Hint, string Words)[] rows) =>
        rows.SelectMany(
            static row => row.Words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(
                word => KeyValuePair.Create(word, row.Hint)))
            .DistinctBy(static pair => pair.Key).ToFrozenDictionary();

    private static (string First, string Second) Halves(string pair)
    {
        var dash = pair.IndexOf('-', StringComparison.Ordinal);
        return (pair[..dash], pair[(dash + 1)..]);
    }
}

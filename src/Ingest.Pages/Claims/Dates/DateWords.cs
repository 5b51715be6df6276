using System.Text.RegularExpressions;

namespace Ingest.Pages.Claims.Dates;

/// <summary>Words beside a visible date that say what the date is.</summary>
internal static partial class DateWords
{
    /// <summary>Does the text call its date a modification, and nothing else a publication?</summary>
    public static bool SpeaksOfUpdate(string text) => Update().IsMatch(text) && !Publication().IsMatch(text);

    /// <summary>Does the text call its date the publication?</summary>
    public static bool SpeaksOfPublication(string text) => Publication().IsMatch(text);

    [GeneratedRegex(
        @"updat|modif|edited|revis|aktualis|geändert|zuletzt|letzte änderung|überarbeitet|bearbeitet|stand:|mis à jour|mise à jour|actualiz|aggiorn|atualiz|"
            + @"bijgewerkt|gewijzigd|uppdater|ändrad|oppdater|opdater|päivitetty|aktuali[zs]|zmodyf|frissít|güncel|обновл|измен|оновл|променен|ενημερ|تحديث|"
            + @"آخرین|עודכן|更新|업데이트|수정|अपडेट|diperbarui|cập nhật",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Update();

    [GeneratedRegex(
        @"publi[csk]|posted|created|veröffentlich|erstellt|erschienen|publié|pubblic|gepubliceerd|geplaatst|publicer|julkaistu|opublik|közzétéve|megjelen|"
            + @"yayın|опублик|публик|дата:|δημοσ|نشر|انتشار|פורסם|发布|發布|公開|掲載|입력|등록|प्रकाशित|diterbitkan|đăng",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Publication();
}

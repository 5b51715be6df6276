using System.Text;

namespace Ingest.Worker.Fetching.Answers;

/// <summary>Recognises what stands in place of the asked answer: a bot challenge, a consent wall, a login.</summary>
internal static class Interception
{
    private const int ScannedBytes = 64 << 10;

    // A whole page this small beside one of these words is the challenge, not an article that speaks of it.
    private const int SmallPageBytes = 20_000;

    private static readonly (string Field, string Value, string Vendor)[] HeaderMarks =
    [
        ("cf-mitigated", "challenge", "Cloudflare"),
        ("x-amzn-waf-action", "challenge", "AWS WAF"),
        ("x-amzn-waf-action", "captcha", "AWS WAF"),
        ("x-vercel-mitigated", "challenge", "Vercel"),
    ];

    // Fields that a vendor's other answers may carry as well: they name a challenge only beside a refusal.
    private static readonly (string Field, string Vendor)[] RefusalFields =
    [
        ("x-datadome", "DataDome"), ("x-sucuri-block", "Sucuri"), ("x-kpsdk-ct", "Kasada"),
    ];

    // Words of pages that are nothing but a gate, whatever their status.
    private static readonly (string Mark, string Vendor)[] GateWords =
    [
        ("_cf_chl_opt", "Cloudflare"), ("cf-browser-verification", "Cloudflare"), ("Incapsula incident ID", "Imperva"), ("captcha-delivery.com", "DataDome"),
        ("px-captcha", "HUMAN"), ("sucuri_cloudproxy_js", "Sucuri"), ("anubis_challenge", "Anubis"),
    ];

    // Words that ordinary pages hold too, in a form or a script: they count on the page of a refusal only.
    private static readonly (string Mark, string Vendor)[] RefusalWords =
    [
        ("_Incapsula_Resource", "Imperva"), ("AwsWafIntegration", "AWS WAF"), ("ddos-guard", "DDoS-Guard"), ("cf-turnstile", "Cloudflare"),
        ("g-recaptcha", "reCAPTCHA"), ("h-captcha", "hCaptcha"),
    ];

    private static readonly string[] ConsentWords = ["consent", "cookieconsent", "collectconsent", "cookiewall", "privacygate", "privacywall", "gdpr"];

    private static readonly string[] LoginWords = ["login", "signin", "logon", "sso", "auth", "authenticate", "oauth", "oauth2", "wplogin"];

    /// <summary>Looks at where the fetch ended and at what it found there.</summary>
    /// <returns>What stands in the way; null when the answer may be the one asked for.</returns>
    public static Exchange.Fault? Find(Uri asked, Uri final, Exchange.Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var status = answer.Head.Status;
        if (ChallengerOf(answer) is { } vendor)
            return new(FailureKind.Permanent, FailureCause.Challenge, $"{vendor} guards the site and wants a proof that a person is asking.", status);
        var isHtml = ContentType.Read(answer.Head.First("Content-Type")).IsHtml;
        if (asked == final || !isHtml || status >= 400)
            return null;
        if (Leads(asked, final, ConsentWords))
            return new(FailureKind.Permanent, FailureCause.ConsentWall, $"The site leads to a page that asks for consent ({final.IdnHost}).", status);
        if (Leads(asked, final, LoginWords))
            return new(FailureKind.Permanent, FailureCause.LoginWall, $"The site leads to a login ({final.IdnHost}).", status);
        return null;
    }

    /// <summary>Whose bot challenge the answer is; null when it is none.</summary>
    public static string? ChallengerOf(Exchange.Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var (head, body) = (answer.Head, answer.Body);
        foreach (var (field, value, vendor) in HeaderMarks)
        {
            if (value.Equals(head.First(field), StringComparison.OrdinalIgnoreCase))
                return vendor;
        }

        var refused = head.Status is 202 or 403 or 405 or 429 or 503;
        if (head.Status is 403 or 405 or 429 && RefusalFields.FirstOrDefault(m => head.Has(m.Field)).Vendor is { } refuser)
            return refuser;
        if (!refused && !(head.Status == 200 && body.Length < SmallPageBytes && ContentType.Read(head.First("Content-Type")).IsHtml))
            return null;
        var text = Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, ScannedBytes)));
        return (refused ? GateWords.Concat(RefusalWords) : GateWords).FirstOrDefault(m => text.Contains(m.Mark, StringComparison.Ordinal)).Vendor;
    }

    // Only where asking for the one led to the other.
    private static bool Leads(Uri asked, Uri final, string[] words) => Has(final, words) && !Has(asked, words);

    private static bool Has(Uri url, string[] words) =>
        url.IdnHost.Split('.').Concat(url.AbsolutePath.Split('/')).Any(part => words.Contains(Letters(part), StringComparer.OrdinalIgnoreCase));

    private static string Letters(string part) =>
        string.Concat((part.LastIndexOf('.') is var dot and > 0 ? part[..dot] : part).Where(c => c is not ('-' or '_')));
}

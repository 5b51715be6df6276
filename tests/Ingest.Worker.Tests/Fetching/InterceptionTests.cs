using Ingest.Worker.Fetching;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching;

public sealed class InterceptionTests
{
    private static readonly string Article = "<html><body><h1>How px-captcha and _cf_chl_opt work</h1>"
        + string.Concat(Enumerable.Repeat("<p>A long article about bots and h-captcha.</p>", 1000));

    public static TheoryData<string, int, string, string> Challenges { get; } = new()
    {
        { "Cloudflare", 403, "cf-mitigated: challenge", "<title>Just a moment...</title>" },
        { "Cloudflare", 503, "Server: cloudflare", "<script>window._cf_chl_opt={}</script>" },
        { "Cloudflare", 403, "", "<div class=\"cf-turnstile\"></div>" },
        { "AWS WAF", 202, "x-amzn-waf-action: challenge", "" },
        { "AWS WAF", 405, "x-amzn-waf-action: captcha", "" },
        { "Vercel", 429, "x-vercel-mitigated: challenge", "" },
        { "DataDome", 403, "x-datadome: protected", "<html>" },
        { "DataDome", 403, "", "<script src=\"https://ct.captcha-delivery.com/c.js\">" },
        { "Imperva", 200, "", "<iframe src=\"/_Incapsula_Resource?x\">Request unsuccessful. Incapsula incident ID: 1</iframe>" },
        { "Imperva", 403, "", "<script src=\"/_Incapsula_Resource?x\">" },
        { "HUMAN", 403, "", "<div id=\"px-captcha\">" },
        { "Sucuri", 200, "", "<script>sucuri_cloudproxy_js='';</script>" },
        { "Anubis", 200, "", "<script id=\"anubis_challenge\">" },
        { "Kasada", 429, "x-kpsdk-ct: 1", "" },
        { "reCAPTCHA", 403, "", "<div class=\"g-recaptcha\">" },
    };

    [Theory]
    [MemberData(nameof(Challenges))]
    public async Task Challenges_are_named(string vendor, int status, string field, string html)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["Retries"] = "0" });
        var reply = Reply.Page(html) with { Status = status };
        origin.Serve("/a", field.Length == 0 ? reply : reply.Header(field.Split(": ")[0], field.Split(": ")[1]));

        var failed = await door.FailAsync(origin.Url("/a"), FetchKind.Page);

        failed.Cause.ShouldBe(FailureCause.Challenge);
        failed.Reason.ShouldContain(vendor);
        failed.Status.ShouldBe(status);
    }

    [Fact]
    public async Task Article_about_challenges_and_page_with_a_captcha_form_are_pages()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/a", Reply.Page(Article))
            .Serve("/b", Reply.Page("<script src=\"/_Incapsula_Resource\"></script><form><div class=\"g-recaptcha\"></div></form>").Header(
                "x-datadome", "protected"));

        await door.FetchWholeAsync(origin.Url("/a"), FetchKind.Page);
        await door.FetchWholeAsync(origin.Url("/b"), FetchKind.Page);
    }

    [Theory]
    [InlineData("/consent?return=x", "ConsentWall")]
    [InlineData("/eu/cookie-wall/", "ConsentWall")]
    [InlineData("/collectConsent", "ConsentWall")]
    [InlineData("/login?next=/a", "LoginWall")]
    [InlineData("/users/sign_in", "LoginWall")]
    [InlineData("/wp-login.php?redirect_to=x", "LoginWall")]
    [InlineData("/sso/start", "LoginWall")]
    public async Task Walls_at_the_end_of_a_redirect_are_named(string target, string cause)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/a", Reply.Redirect(302, target)).Serve(target, Reply.Page("<form>"));

        (await door.FailAsync(origin.Url("/a"), FetchKind.Page)).Cause.ToString().ShouldBe(cause);
    }

    [Theory]
    [InlineData("/a", "/news/consent-decree-signed")]
    [InlineData("/a", "/2026/11/login-data-of-thousands-leaked")]
    [InlineData("/login/old", "/login/new")]
    public async Task Articles_whose_url_speaks_of_such_things_are_pages(string asked, string target)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve(asked, Reply.Redirect(301, target)).Serve(target, Reply.Page("<p>"));

        await door.FetchWholeAsync(origin.Url(asked), FetchKind.Page);
    }
}

namespace Ingest.Worker.Benchmarks.Duplicates;

/// <summary>Paragraphs that sites put under everything they publish.</summary>
internal static class Boilerplates
{
    public static readonly IReadOnlyList<string> All =
    [
        "Thank you for reading. Our newsroom works for people who want to know what happens near them, and it depends on subscribers. "
            + "If you value independent reporting, please consider a subscription: "
            + "it costs less than a cup of coffee a week, and you can cancel it at any time. Subscribers read without advertising, "
            + "receive our morning letter and may comment on every article.",
        "Sign up for our evening letter and get the five stories that mattered today, chosen by our editors and sent to your inbox on every working day at "
            + "six in the evening. By signing up you agree to our "
            + "terms of use and to our privacy notice, and you may unsubscribe with one click whenever you like. We never share your address with anybody.",
        "This material may not be published, broadcast, rewritten or redistributed without written permission. "
            + "All rights are reserved by the agency and by those who licence it. Market data is delayed by at "
            + "least fifteen minutes and is shown for information only; it is no advice and no offer to buy or to sell any security, "
            + "and the publisher does not answer for errors or delays in it.",
        "About the company: the group develops, makes and sells machines, parts and services for customers in more than ninety countries, "
            + "employs several thousand people on four continents, and has been listed "
            + "since the last century. Statements in this release that look ahead rest on assumptions, and the outcome may differ from them for many reasons, "
            + "among them demand, prices, currencies, and disputes.",
        "Have you seen something that we should report? Write to our desk or call the hotline, day and night. You may stay anonymous, "
            + "and we treat what you send in confidence. Please do not put yourself or "
            + "anybody else in danger to take a picture. Our editors answer every message, though not always on the same day.",
    ];
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Ingest.Worker.Benchmarks.Duplicates;

/// <summary>Pairs of texts that look alike and are two articles.</summary>
internal sealed partial class HardNegatives(IReadOnlyList<string> frames, Passages passages, Random random)
{
    public static readonly IReadOnlyList<string> Kinds =
    [
        "same topic", "template: weather", "template: shares", "template: match report", "template: real text", "same boilerplate", "short",
    ];

    private static readonly string[] Places =
    [
        "Ashford", "Belmont", "Carlow", "Dunmore", "Elkton", "Fairview", "Grafton", "Halden", "Ivybridge", "Jasper", "Kelso", "Lindale", "Marlow", "Newbury",
        "Oakham", "Preston", "Quincy", "Rugby", "Selby", "Tipton",
        "Upton", "Varna", "Walden", "Yarrow", "Zeeland", "Alcester", "Bexley", "Corby", "Dalton", "Exmoor",
    ];

    private static readonly string[] Skies = ["sunny", "cloudy", "rainy", "windy", "foggy", "stormy", "mild", "cold", "warm", "dry"];

    private int frame;

    /// <summary>Can a real text serve as a template: are there names and figures enough in it to tell something else with?</summary>
    public static bool IsFrame(string body) => body.Length < 12_000 && Slot().Count(body) >= Math.Max(30, body.Length / 80);

    /// <summary>How many pairs of a kind there can be.</summary>
    public int Most(string kind) => kind == "template: real text" ? frames.Count : int.MaxValue;

    /// <summary>Two texts that must not be linked.</summary>
    public (string One, string Other) Pair(string kind) => kind switch
    {
        "same topic" => SameTopic(),
        "template: weather" => (Weather(), Weather()),
        "template: shares" => (Shares(), Shares()),
        "template: match report" => (Match(), Match()),
        "template: real text" => RealTemplate(),
        "same boilerplate" => SameBoilerplate(),
        "short" => (Short(), Short()),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    // Two reports of one event quote the same statement.
    private (string One, string Other) SameTopic()
    {
        var quote = "\"" + passages.Take(45) + "\", the statement said.";
        return (Quoting(passages.Take(200), quote), Quoting(passages.Take(260), quote));
    }

    private static string Quoting(string text, string quote)
    {
        var words = text.Split(' ');
        return string.Join(' ', words[..(words.Length / 2)]) + "\n\n" + quote + "\n\n" + string.Join(' ', words[(words.Length / 2)..]);
    }

    private string Weather()
    {
        var place = Places[random.Next(Places.Length)];
        var days = Enumerable.Range(0, 5).Select(day =>
            $"On day {day + 1} the sky over {place} will be {Sky()} in the morning and {Sky()} in the afternoon, with a high of {N(35)} degrees, "
                + $"a low of {N(20)} degrees and a {N(100)} percent chance of rain. "
            + $"Winds blow from the west at {N(60)} kilometres an hour, with gusts of up to {N(90)}.");
        return $"Here is the forecast for {place} and the villages around it, "
            + $"as issued by the regional weather service this morning.\n\n{string.Join("\n\n", days)}\n\n"
            + "The next forecast is issued in the afternoon. Warnings of storms, floods and frost are published on our front page as soon as they reach us. "
            + "The pollen count and the state of the roads are found in the service section.";
    }

    private string Shares()
    {
        var company = $"{Places[random.Next(Places.Length)]} {Places[random.Next(Places.Length)]} Holdings";
        var paragraphs = Enumerable.Range(0, 4).Select(
            quarter =>
                $"In the quarter that ended in period {N(12)}, {company} earned {N(900)} million on sales of {N(9000)} million, "
                    + $"against {N(900)} million a year before, while analysts had expected {N(900)} million. The margin was {N(40)} percent.");
        return $"Shares of {company} ({Letters()}) closed at {N(400)}.{N(99)} on the exchange, "
            + $"which is a change of {N(9)}.{N(99)} percent from the close of the day before. About {N(9000)} thousand shares changed hands, "
            + $"compared with an average of {N(9000)} thousand.\n\n"
            + string.Join("\n\n", paragraphs) + "\n\n" + Boilerplates.All[2]
                + "\n\nThis story was generated from data by a program and was checked by an editor before it was published.";
    }

    private string Match()
    {
        var (home, guest) = (Places[random.Next(Places.Length)], Places[random.Next(Places.Length)]);
        var goals = Enumerable.Range(0, 3).Select(
            goal =>
                $"In minute {N(90)} {Player()} scored for {(random.Next(2) == 0 ? home : guest)} after a pass by {Player()}, "
                    + $"and the score was {N(4)} to {N(4)}.");
        return $"{home} played against {guest} in front of {N(30000)} spectators on match day {N(34)} of the regional league, "
            + $"and the match ended {N(5)} to {N(5)}.\n\n{string.Join(' ', goals)}\n\n"
            + $"After the match the coach of {home} said that his team had worked hard and that the result was what they deserved. "
            + $"{home} now have {N(70)} points and are in place {N(18)} of the table; {guest} have {N(70)} points and are in place {N(18)}. "
            + $"On the next match day {home} travel to {Places[random.Next(Places.Length)]}, and {guest} receive {Places[random.Next(Places.Length)]}.";
    }

    // The frame of a real text, filled with other names and figures: the yearly report written again.
    private (string One, string Other) RealTemplate()
    {
        var body = frames[frame++];
        return (body, Slot().Replace(body, slot => char.IsDigit(slot.Value[0]) ? N(99_999) : Player().Split(' ')[^1]));
    }

    private (string One, string Other) SameBoilerplate()
    {
        var boilerplate = Boilerplates.All[random.Next(Boilerplates.All.Count)];
        return (passages.Take(40 + random.Next(80)) + "\n\n" + boilerplate, passages.Take(40 + random.Next(80)) + "\n\n" + boilerplate);
    }

    private string Short() =>
        $"The market in {Places[random.Next(Places.Length)]} opens at eight o'clock on Saturday. Please follow the signs to the car park.";

    private string Player() => $"{(char)('A' + random.Next(26))}. {Places[random.Next(Places.Length)]}{(random.Next(2) == 0 ? "son" : "er")}";

    private string Letters() => new([.. Enumerable.Range(0, 4).Select(_ => (char)('A' + random.Next(26)))]);

    private string Sky() => Skies[random.Next(Skies.Length)];

    private string N(int below) => random.Next(below).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<=[\p{Ll},] )\p{Lu}\p{Ll}{2,}|\d+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Slot();
}

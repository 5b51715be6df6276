using System.CommandLine;

namespace Ingest.Worker.Campaign;

/// <summary>Long runs of the built worker under faults, each with a ledger of what was shown: nothing may be lost, nothing doubled.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        var root = new RootCommand(
            "Runs the built worker under faults against a PostgreSQL and growing feeds of its own; ends in one line of figures, and with 0 when it holds.")
        {
            Trial("kill", "kills -9 of two workers at random moments", 200, Faults.KillAsync),
            Trial("crash", "immediate stops of PostgreSQL under two workers", 50, Faults.CrashAsync),
            Trial("hostile", "hostile answers on as many hosts, beside well-behaved neighbours", 600, HostileRun.RunAsync),
            Trial("full", "times a full disk under PostgreSQL, on a small tmpfs (as root)", 5, Faults.FillAsync),
            Trial("locks", "seconds that each table is locked for", 90, Faults.LockAsync),
            Trial("pause", "pauses (SIGSTOP) of one of two workers, 20 to 70 s each", 5, Faults.PauseAsync),
            Trial("clock", "steps of the clock by an hour, ahead and back (with libfaketime)", 2, ClockRun.RunAsync),
        };
        return root.Parse(args).InvokeAsync();
    }

    private static Command Trial(string name, string what, int usual, Func<int, int, CancellationToken, Task<Verdict>> run)
    {
        var amount = new Argument<int>("amount") { Description = $"How many, or how long: {what}.", DefaultValueFactory = _ => usual };
        var seed = new Argument<int>("seed")
        {
            Description = "Which random moments; another each day by default.",
            DefaultValueFactory = static _ => (int)(DateTime.UtcNow.Ticks / TimeSpan.TicksPerDay),
        };
        var command = new Command(name, $"{usual} {what}.") { amount, seed };
        amount.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is < 1 or > 100_000) result.AddError("The amount is 1 to 100000.");
        });
        command.SetAction(async (parsed, ct) =>
        {
            var chosen = parsed.GetValue(seed);
            try
            {
                var verdict = await run(parsed.GetValue(amount), chosen, ct);
                return verdict.Tell(name, chosen);
            }
            catch (TrialException error)
            {
                await Console.Error.WriteLineAsync(error.Message);
                return 1;
            }
            catch (OperationCanceledException)
            {
                await Console.Error.WriteLineAsync("Interrupted.");
                return 1;
            }
        });
        return command;
    }
}

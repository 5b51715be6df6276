using Ingest.Worker.Sources;

namespace Ingest.Worker.Tests.Sources;

public sealed class ValidatorTrustTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Theory]
    [InlineData(6.9, (int)RevalidationMode.Changes)]
    [InlineData(7.1, (int)RevalidationMode.Check)]
    public void Whoever_gave_no_full_answer_for_a_week_is_asked_for_one(double days, int mode) =>
        ValidatorTrust.Ask(Feed with { LastFullAt = Noon.AddDays(-days) }, Week, Noon).ShouldBe((RevalidationMode)mode);

    [Fact]
    public void A_source_may_be_spared_the_check() =>
        ValidatorTrust.Ask(Feed with { LastFullAt = Noon.AddDays(-100) }, null, Noon).ShouldBe(RevalidationMode.Changes);

    [Fact]
    public void A_clock_that_went_back_asks_for_no_check() =>
        ValidatorTrust.Ask(Feed with { LastFullAt = Noon.AddDays(100) }, Week, Noon).ShouldBe(RevalidationMode.Changes);

    [Fact]
    public void The_same_validators_on_other_entries_are_a_lie() =>
        ValidatorTrust.Full.AfterFull(RevalidationMode.Check, hadNews: true, sameValidators: true, Noon).Level.ShouldBe(TrustLevel.Distrusted);

    [Fact]
    public void Other_validators_are_tested_by_sending_the_old_ones_once_more()
    {
        var tested = ValidatorTrust.Full.AfterFull(RevalidationMode.Check, hadNews: true, sameValidators: false, Noon);
        tested.Level.ShouldBe(TrustLevel.Tested);
        ValidatorTrust.Ask(Feed with { Trust = tested, LastFullAt = Noon }, Week, Noon.AddHours(1)).ShouldBe(RevalidationMode.Changes);
        tested.AfterNotModified(Noon.AddHours(1)).Level.ShouldBe(TrustLevel.Distrusted);
        tested.AfterFull(RevalidationMode.Changes, hadNews: false, sameValidators: false, Noon.AddHours(1)).Level.ShouldBe(TrustLevel.Trusted);
    }

    [Fact]
    public void A_check_that_finds_nothing_changes_nothing()
    {
        ValidatorTrust.Full.AfterFull(RevalidationMode.Check, hadNews: false, sameValidators: true, Noon).ShouldBe(ValidatorTrust.Full);
        ValidatorTrust.Full.AfterNotModified(Noon).ShouldBe(ValidatorTrust.Full);
    }

    [Fact]
    public void A_distrusted_server_is_asked_for_everything_and_tested_again_after_a_month()
    {
        var distrusted = new ValidatorTrust(TrustLevel.Distrusted, Noon);
        ValidatorTrust.Ask(Feed with { Trust = distrusted, LastFullAt = Noon }, Week, Noon.AddHours(1)).ShouldBe(RevalidationMode.Whole);
        distrusted.AfterFull(RevalidationMode.Whole, hadNews: true, sameValidators: false, Noon.AddDays(29)).Level.ShouldBe(TrustLevel.Distrusted);
        distrusted.AfterFull(RevalidationMode.Whole, hadNews: true, sameValidators: false, Noon.AddDays(31)).Level.ShouldBe(TrustLevel.Tested);
        distrusted.AfterFull(RevalidationMode.Whole, hadNews: true, sameValidators: true, Noon.AddDays(31)).Level.ShouldBe(TrustLevel.Distrusted);
    }

    [Fact]
    public void A_permanent_redirect_is_believed_after_three_visits_over_more_than_a_day()
    {
        var to = new Uri("http://example.com/new");
        var (first, _) = PendingMove.After(null, to, true, Noon);
        var (second, _) = PendingMove.After(first, to, true, Noon.AddHours(1));
        PendingMove.After(second, to, true, Noon.AddHours(2)).Moved.ShouldBeNull();
        PendingMove.After(first, to, true, Noon.AddDays(2)).Moved.ShouldBeNull();
        PendingMove.After(second, to, true, Noon.AddHours(25)).Moved.ShouldBe(to);
        PendingMove.After(second, new Uri("http://example.com/other"), true, Noon.AddHours(25)).Pending!.Seen.ShouldBe(1);
        PendingMove.After(second, null, true, Noon.AddHours(25)).ShouldBe((null, null));
    }

    [Fact]
    public void A_permanent_redirect_to_a_page_is_never_believed()
    {
        var to = new Uri("http://example.com/");
        var (pending, _) = PendingMove.After(null, to, false, Noon);
        for (var hour = 10; hour < 100; hour += 10)
        {
            (pending, var moved) = PendingMove.After(pending, to, null, Noon.AddHours(hour));
            moved.ShouldBeNull();
        }
    }

    private static Source Feed { get; } = new() { Id = 1, Name = "a", Url = new Uri("http://example.com/feed"), ETag = "\"a\"" };
}

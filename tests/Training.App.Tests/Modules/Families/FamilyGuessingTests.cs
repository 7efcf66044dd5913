using Training.App.Modules.Families;
using Training.Domain.Common;
using Training.Domain.Families;

namespace Training.App.Tests.Modules.Families;

/// <summary>How often somebody may guess, and how often codes are sent.</summary>
[TestFixture]
internal sealed class FamilyGuessingTests : FamilyDoor
{
    [Test]
    public async Task Guessing_gets_25_tries_an_hour_and_50_a_day_at_the_code_and_20_an_hour_at_the_paper()
    {
        var (hour, day) = (await GuessAsync(TimeSpan.FromHours(1)), await GuessAsync(TimeSpan.FromHours(22)));
        Assert.That((hour, hour + day), Is.EqualTo((OneTimeCode.PerHour * OneTimeCode.TriesMax, OneTimeCode.PerDay * OneTimeCode.TriesMax)));

        var looked = 0;
        for (var minute = 0; minute < 60; minute++, App.Time.Advance(TimeSpan.FromMinutes(1)))
        {
            for (var i = 0; i < 6; i++)
            {
                var claimed = await HandleAsync<ClaimChild.Handler, Result<ClaimChild.Entrance>>(
                    handler => handler.HandleAsync(new ClaimChild.Request(Youth.ClaimCode, new DateOnly(2012, 2, 3).AddDays(i)), CancellationToken.None));
                if (claimed.Error?.Kind == ErrorKind.NotFound) looked++;
            }
        }
        TestContext.Out.WriteLine($"One-time code: {hour} guesses an hour of 1,000,000, {hour + day} a day; birth date of a known paper: {looked} an hour.");
        Assert.That(looked, Is.EqualTo(20));
    }

    [Test]
    public async Task A_code_opens_once_within_ten_minutes_and_not_after_five_wrong_tries()
    {
        var used = await SendAsync();
        Assert.That((await ConfirmAsync(used, LastCode())).Succeeded, Is.True);
        Assert.That((await ConfirmAsync(used, LastCode())).Error!.Code, Is.EqualTo("oneTimeCodeOver"), "used");

        var late = await SendAsync();
        var code = LastCode();
        App.Time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        Assert.That((await ConfirmAsync(late, code)).Error!.Code, Is.EqualTo("oneTimeCodeOver"), "late");

        var tried = await SendAsync();
        code = LastCode();
        for (var i = 0; i < OneTimeCode.TriesMax; i++) Assert.That((await ConfirmAsync(tried, Other(code))).Succeeded, Is.False);
        Assert.That((await ConfirmAsync(tried, code)).Error!.Code, Is.EqualTo("oneTimeCodeOver"), "tried too often");
    }

    [Test]
    public async Task Several_children_of_one_phone_share_its_codes()
    {
        await Workshop.RegisterAsync(2, TwoParents);
        for (var i = 0; i < OneTimeCode.PerHour; i++) await SendAsync();
        var other = await EnterAsync(Workshop.Youths[1]);
        var sent = await HandleAsync<SendCode.Handler, Result<SendCode.Response>>(handler => handler.HandleAsync(new SendCode.Request(other, 1), CancellationToken.None));
        Assert.That(sent.Error!.Code, Is.EqualTo("tooManyCodes"));
    }

    [Test]
    public async Task A_gateway_that_fails_is_no_way_around_the_code()
    {
        Gateway.Status = 503;
        var ticket = await EnterAsync(Youth);
        var sent = await HandleAsync<SendCode.Handler, Result<SendCode.Response>>(handler => handler.HandleAsync(new SendCode.Request(ticket, 1), CancellationToken.None));
        Assert.That((sent.Error!.Kind, sent.Error.Code), Is.EqualTo((ErrorKind.Busy, "codeNotSent")));
    }

    /// <summary>Asks for codes and guesses at them as often as it is let, for so long; how many guesses were looked at.</summary>
    private async Task<int> GuessAsync(TimeSpan time)
    {
        var (guesses, until) = (0, App.Time.GetUtcNow() + time);
        for (; App.Time.GetUtcNow() < until; App.Time.Advance(TimeSpan.FromMinutes(5)))
        {
            var ticket = await EnterAsync(Youth);
            foreach (var guardian in (int[])[1, 2])
            {
                var sent = await HandleAsync<SendCode.Handler, Result<SendCode.Response>>(handler => handler.HandleAsync(new SendCode.Request(ticket, guardian), CancellationToken.None));
                if (!sent.Succeeded) continue;
                // Six: the last is not looked at any more.
                for (var i = 0; i < OneTimeCode.TriesMax + 1; i++)
                    if ((await ConfirmAsync(sent.Value.Ticket, Other(LastCode()))).Error!.Fields is not null || i == OneTimeCode.TriesMax - 1) guesses++;
            }
        }
        return guesses;
    }
}

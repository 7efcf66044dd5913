using Training.App.Tests.Modules.Registry.Duplicates;

namespace Training.App.Tests.Modules.Enrollments.Lifecycle;

internal sealed class WaitingListTests
{
    private TrainingApplication app = null!;

    [SetUp]
    public void Start() => app = new TrainingApplication(("App:Roles", "Web"));

    [TearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task A_place_that_comes_free_is_offered_to_the_first_and_held()
    {
        var club = await Club.OpenAsync(app, "RSB", 1);
        var holder = await club.RegisterAsync();
        var first = await club.RegisterAsync();
        var second = await club.RegisterAsync();
        Assert.That((first.Status, second.Status), Is.EqualTo(("waitlisted", "waitlisted")));
        Assert.That((await club.LookAsync(second.Enrollment)).GetProperty("position").GetInt32(), Is.EqualTo(2));

        await club.WithdrawAsync(holder.Enrollment);

        Assert.That(Club.HasOffer(await club.LookAsync(first.Enrollment)), Is.True);
        Assert.That(Club.HasOffer(await club.LookAsync(second.Enrollment)), Is.False);
        Assert.That(await club.TakenAsync(), Is.EqualTo(1), "the offered place is held");
        Assert.That((await club.RegisterAsync()).Status, Is.EqualTo("waitlisted"), "nobody slips in between");
    }

    [Test]
    public async Task A_place_that_a_merge_frees_is_nobodys_who_comes_later()
    {
        var club = await Club.OpenAsync(app, "RSB", 2);
        var (one, other) = (await club.RegisterAsync(), await club.RegisterAsync());
        var waiting = await club.RegisterAsync();
        Assert.That(waiting.Status, Is.EqualTo("waitlisted"));
        using var nation = app.Nation();
        await nation.MergeAsync(new Youngster(one.Enrollment, one.Participant, ""), new Youngster(other.Enrollment, other.Participant, ""));
        Assert.That(await club.TakenAsync(), Is.EqualTo(1), "the place is free and not offered yet");

        Assert.That((await club.RegisterAsync()).Status, Is.EqualTo("waitlisted"), "a newcomer waits behind the other");
        Assert.That((await club.SweepAsync()).Offered, Is.EqualTo(1));
        Assert.That(Club.HasOffer(await club.LookAsync(waiting.Enrollment)), Is.True);
    }

    [Test]
    public async Task An_accepted_offer_is_a_place_and_cannot_be_answered_twice()
    {
        var club = await Club.OpenAsync(app, "RSB", 1);
        var holder = await club.RegisterAsync();
        var child = await club.RegisterAsync();
        await club.WithdrawAsync(holder.Enrollment);

        var state = await club.ActAsync($"/api/enrollments/{child.Enrollment}/offer/accept");

        Assert.That(state.Text("status"), Is.EqualTo("active"));
        Assert.That(await club.RefusedAsync($"/api/enrollments/{child.Enrollment}/offer/accept"), Is.EqualTo((409, "offerGone")));
        Assert.That(await club.HistoryAsync(child.Enrollment), Is.EqualTo(new[] { "offerAccepted", "offered", "registered" }));
        Assert.That(await club.TakenAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_declined_offer_goes_to_the_next_and_the_child_waits_at_the_end()
    {
        var club = await Club.OpenAsync(app, "RSB", 1);
        var holder = await club.RegisterAsync();
        var first = await club.RegisterAsync();
        var second = await club.RegisterAsync();
        await club.WithdrawAsync(holder.Enrollment);
        app.Time.Advance(TimeSpan.FromMinutes(1));

        await club.ActAsync($"/api/enrollments/{first.Enrollment}/offer/decline");

        Assert.That(Club.HasOffer(await club.LookAsync(second.Enrollment)), Is.True);
        Assert.That((await club.LookAsync(first.Enrollment)).GetProperty("position").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task An_offer_without_answer_lapses_once_however_many_workers_look()
    {
        var club = await Club.OpenAsync(app, "RSB", 1);
        var holder = await club.RegisterAsync();
        var first = await club.RegisterAsync();
        var second = await club.RegisterAsync();
        await club.WithdrawAsync(holder.Enrollment);
        app.Time.Advance(TimeSpan.FromHours(71));
        Assert.That(await club.SweepAsync(), Is.EqualTo((0, 0)), "before its time");
        app.Time.Advance(TimeSpan.FromHours(2));
        Assert.That(await club.RefusedAsync($"/api/enrollments/{first.Enrollment}/offer/accept"), Is.EqualTo((409, "offerGone")), "its time is over");

        var looks = await Task.WhenAll(club.SweepAsync(), club.SweepAsync(), club.SweepAsync());

        Assert.That(looks.Sum(look => look.Lapsed), Is.EqualTo(1));
        Assert.That(Club.HasOffer(await club.LookAsync(first.Enrollment)), Is.False);
        Assert.That(Club.HasOffer(await club.LookAsync(second.Enrollment)), Is.True);
        Assert.That(await club.HistoryAsync(first.Enrollment), Is.EqualTo(new[] { "offerLapsed", "offered", "registered" }));
        Assert.That(await club.TakenAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task More_places_are_offered_at_once_and_fewer_than_taken_are_refused_with_the_fact()
    {
        var club = await Club.OpenAsync(app, "RSB", 1);
        await club.RegisterAsync();
        var waiting = await club.RegisterAsync();

        var raised = await club.ActAsync($"/api/groups/{club.Group}/capacity", new { capacity = 3, seen = 1 });

        Assert.That((raised.GetProperty("offered").GetInt32(), raised.GetProperty("taken").GetInt32()), Is.EqualTo((1, 2)));
        Assert.That(Club.HasOffer(await club.LookAsync(waiting.Enrollment)), Is.True);
        Assert.That(await club.RefusedAsync($"/api/groups/{club.Group}/capacity", new { capacity = 1 }), Is.EqualTo((409, "belowTaken")));
        Assert.That(await club.RefusedAsync($"/api/groups/{club.Group}/capacity", new { capacity = 5, seen = 1 }), Is.EqualTo((409, "capacityChanged")));
        Assert.That(await club.RefusedAsync($"/api/groups/{club.Group}/capacity", new { capacity = 0 }), Is.EqualTo((400, "invalidInput")));
        Assert.That(await Club.RefusedAsync(await app.SiteAsync("WAC"), $"/api/groups/{club.Group}/capacity", new { capacity = 5 }), Is.EqualTo((404, "groupNotFound")));
    }

    [Test]
    public async Task A_coordinator_may_put_a_child_at_the_head_of_the_list_with_a_reason_that_stays()
    {
        var club = await Club.OpenAsync(app, "RSB", 1);
        var holder = await club.RegisterAsync();
        var first = await club.RegisterAsync();
        var other = await club.RegisterAsync();
        var nation = app.Nation();
        Assert.That(await Club.RefusedAsync(nation, $"/api/enrollments/{other.Enrollment}/offer", new { }), Is.EqualTo((400, "invalidInput")), "why?");
        Assert.That((await club.RefusedAsync($"/api/enrollments/{other.Enrollment}/offer", new { reason = "x" })).Status, Is.EqualTo(403), "not the coach");

        await Club.ActAsync(nation, $"/api/enrollments/{other.Enrollment}/offer", new { reason = "Sœur inscrite" });

        Assert.That(Club.HasOffer(await club.LookAsync(other.Enrollment)), Is.False, "no place is free yet");
        Assert.That(await club.HistoryAsync(other.Enrollment), Does.Contain("movedForward"));
        await club.WithdrawAsync(holder.Enrollment);
        Assert.That(
            (Club.HasOffer(await club.LookAsync(other.Enrollment)), Club.HasOffer(await club.LookAsync(first.Enrollment))), Is.EqualTo((true, false)), "before who entered first");
    }

    [Test]
    public async Task Withdrawing_who_waits_frees_no_place_and_moves_the_others_up()
    {
        var club = await Club.OpenAsync(app, "RSB", 1);
        await club.RegisterAsync();
        var first = await club.RegisterAsync();
        var second = await club.RegisterAsync();

        await club.WithdrawAsync(first.Enrollment, "familyWish");

        var state = await club.LookAsync(second.Enrollment);
        Assert.That((state.GetProperty("position").GetInt32(), state.GetProperty("waiting").GetInt32()), Is.EqualTo((1, 1)));
        Assert.That(await club.TakenAsync(), Is.EqualTo(1));
    }
}

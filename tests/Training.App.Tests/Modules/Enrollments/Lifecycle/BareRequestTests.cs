using System.Net.Http.Json;

namespace Training.App.Tests.Modules.Enrollments.Lifecycle;

/// <summary>A body that may be left out may be left out, and what must be said is named when it is missing.</summary>
[TestFixture]
internal sealed class BareRequestTests
{
    private TrainingApplication app = null!;
    private HttpClient nation = null!;

    [OneTimeSetUp]
    public void Start()
    {
        app = new TrainingApplication();
        nation = app.Nation();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        nation.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task Offers_are_answered_and_children_brought_back_without_a_body()
    {
        var club = await Club.OpenAsync(app, "RSB", 1);
        var holder = await club.RegisterAsync();
        var (first, second) = (await club.RegisterAsync(), await club.RegisterAsync());
        await club.WithdrawAsync(holder.Enrollment);
        app.Time.Advance(TimeSpan.FromMinutes(1));

        await BareAsync($"/api/enrollments/{first.Enrollment}/offer/decline");
        await BareAsync($"/api/enrollments/{second.Enrollment}/offer/accept");
        await BareAsync($"/api/enrollments/{holder.Enrollment}/reenroll");
    }

    [Test]
    public async Task A_transfer_is_accepted_without_a_body()
    {
        var (from, _) = (await Club.OpenAsync(app, "WAC", 5), await Club.OpenAsync(app, "OCS", 5));
        var child = await from.RegisterAsync();
        var asked = await from.ActAsync($"/api/enrollments/{child.Enrollment}/transfer", new { toSite = "OCS" });

        await BareAsync($"/api/transfers/{asked.Text("transfer")}/accept");
    }

    [Test]
    public async Task A_transfer_without_its_edition_names_the_field()
    {
        using var answer = await nation.PostAsJsonAsync("/api/transfers", new { participant = "", toSite = "RSB" });
        var refusal = await answer.JsonAsync();
        foreach (var field in new[] { "edition", "birthDate", "participant" }) Assert.That(refusal.Faults(field), Is.EqualTo(new[] { "missing" }), field);
    }

    [Test]
    public async Task Naming_two_files_without_saying_which_names_the_fields()
    {
        using var answer = await nation.PostAsJsonAsync("/api/duplicates", new { });
        var refusal = await answer.JsonAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        foreach (var field in new[] { "participant", "other" }) Assert.That(refusal.Faults(field), Is.EqualTo(new[] { "missing" }), field);
    }

    [TestCase("/api/duplicates")]
    [TestCase("/api/transfers")]
    [TestCase("/api/enrollments")]
    public async Task A_body_that_must_be_there_is_a_fault_of_the_input_and_not_of_the_address(string address)
    {
        using var answer = await nation.PostAsync(new Uri(address, UriKind.Relative), null);
        Assert.That((int)answer.StatusCode, Is.EqualTo(400), await answer.Content.ReadAsStringAsync());
    }

    private async Task BareAsync(string address)
    {
        using var answer = await nation.PostAsync(new Uri(address, UriKind.Relative), null);
        Assert.That((int)answer.StatusCode, Is.InRange(200, 201), $"{address}: {await answer.Content.ReadAsStringAsync()}");
    }
}

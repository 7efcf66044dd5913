using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Access;
using Training.App.Tests.Modules.Access;
using Training.App.Tests.Modules.Enrollments;
using Training.Domain.Access;

namespace Training.App.Tests.Modules.Registry;

/// <summary>Who opened a child's file, why, and what was shown: the family's right to know.</summary>
internal sealed class ListReadingsTests
{
    private const string Password = "une phrase de passe";

    private TrainingApplication app = null!;
    private HttpClient nation = null!;
    private JsonElement child;
    private string code = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        app = new TrainingApplication();
        nation = app.Nation();
        child = await TrainingApplication.RegisterAsync(nation, Bodies.Yasmine());
        code = child.Text("participant")!;
        var made = await app.InsideAsync(services => services.GetRequiredService<CreateAccount.Handler>().HandleAsync(
            new CreateAccount.Request("readings@test.example", "Direction", Password, "fr", [new CreateAccount.Grant(Role.Directorate)]), CancellationToken.None));
        Assert.That(made.Succeeded, Is.True);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        nation.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task A_family_sees_who_opened_its_child_s_file_why_and_what_was_shown()
    {
        using var directorate = await app.SignedInAsync("readings@test.example", Password);
        (await directorate.GetAsync(new Uri($"/api/participants/{code}?reason=R%C3%A9clamation", UriKind.Relative))).Dispose();
        using var phone = app.Anonymous();
        phone.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        (await phone.PostAsJsonAsync("/api/family/claim", new { claimCode = child.Text("claimCode"), birthDate = "2014-03-12" })).Dispose();

        var items = (await (await phone.GetAsync($"/api/family/children/{code}/readings")).JsonAsync()).GetProperty("items").EnumerateArray().ToArray();

        var own = items[0];
        var official = items.Single(item => item.Text("reason") is not null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(own.GetProperty("isFamily").GetBoolean(), Is.True);
            Assert.That((official.Text("reader"), official.Text("role"), official.Text("reason")), Is.EqualTo(("Direction", "directorate", "Réclamation")));
            Assert.That(official.GetProperty("shown").EnumerateArray().Select(word => word.GetString()), Is.SupersetOf((string[])["identity", "guardians"]));
        }
    }

    [Test]
    public async Task A_family_asks_for_no_other_child()
    {
        var other = await TrainingApplication.RegisterAsync(nation, Bodies.Child(1));
        using var phone = app.Anonymous();
        phone.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        (await phone.PostAsJsonAsync("/api/family/claim", new { claimCode = other.Text("claimCode"), birthDate = new DateOnly(2010, 1, 1).AddDays(37).ToString("yyyy-MM-dd", null) })).Dispose();

        Assert.That((int)(await phone.GetAsync($"/api/family/children/{code}/readings")).StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task Who_answers_families_reads_on_page_by_page()
    {
        for (var i = 0; i < 51; i++) (await nation.GetAsync(new Uri($"/api/participants/{code}", UriKind.Relative))).Dispose();

        var first = await (await nation.GetAsync($"/api/participants/{code}/readings")).JsonAsync();
        var second = await (await nation.GetAsync($"/api/participants/{code}/readings?cursor={first.Text("next")}")).JsonAsync();

        Assert.That(first.GetProperty("items").GetArrayLength(), Is.EqualTo(50));
        Assert.That(second.GetProperty("items").GetArrayLength(), Is.Positive);
        Assert.That(second.Text("next"), Is.Null);
    }
}

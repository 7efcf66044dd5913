using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform;
using Training.App.Platform.Seeding;
using Training.App.Tests.Modules.Access;
using Training.Domain.Attendance;
using Training.Domain.Enrollments;

namespace Training.App.Tests.Platform.Seeding;

internal sealed class DemoDataTests
{
    private const string Password = "demo";

    private TrainingApplication app = null!;

    [OneTimeSetUp]
    public void Start() => app = new TrainingApplication(("Seed:Demo", "true"), ("Seed:DemoPassword", Password));

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TestCase("directorate@demo.example", "/api/groups?site=RSB")]
    [TestCase("region04@demo.example", "/api/groups?site=AS-FAR")]
    [TestCase("coach@demo.example", "/api/groups?site=RSB")]
    [TestCase("facilitator@demo.example", "/api/groups?site=MJ-04-001")]
    public async Task Every_demo_account_finds_its_groups(string email, string address)
    {
        var browser = await app.SignedInAsync(email, Password);

        Assert.That(await browser.ItemsAsync(address), Is.Not.Empty);
    }

    [Test]
    public async Task The_operator_signs_in_and_sees_no_child()
    {
        var browser = await app.SignedInAsync("operator@demo.example", Password);

        Assert.That((int)(await browser.GetAsync(new Uri("/api/groups", UriKind.Relative))).StatusCode, Is.EqualTo(403));
    }

    [Test]
    public async Task Five_hundred_youths_have_a_season_behind_them()
    {
        var (youths, sessions, open) = await app.InsideAsync(async services =>
        {
            var db = services.GetRequiredService<ReadDb>();
            return (await db.Set<Enrollment>().CountAsync(), await db.Set<Session>().CountAsync(),
                await db.Set<Session>().CountAsync(session => session.Status == SessionStatus.Open));
        });

        Assert.That(youths, Is.EqualTo(500));
        Assert.That(sessions, Is.GreaterThan(80));
        Assert.That(open, Is.GreaterThan(0).And.LessThan(sessions / 5));
    }

    [Test]
    public async Task A_second_start_adds_nothing_and_shows_no_password()
    {
        var before = await app.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<Enrollment>().CountAsync());
        using var output = new StringWriter();

        await app.Services.GetRequiredService<DemoData>().SeedAsync(output, CancellationToken.None);

        Assert.That(output.ToString(), Is.Empty);
        Assert.That(await app.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<Enrollment>().CountAsync()), Is.EqualTo(before));
    }
}

using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Access;
using Training.App.Modules.Certificates;
using Training.App.Platform.Directory;
using Training.App.Tests.Modules.Access;
using Training.Domain.Access;

namespace Training.App.Tests.Pages;

/// <summary>The directorate's page of looks and of the issue.</summary>
[TestFixture]
internal sealed class DesignsPageTests
{
    private const string Page = "/certificates/designs";

    [Test]
    public async Task A_look_is_set_from_a_later_day_on_and_what_is_missing_is_said_at_its_field()
    {
        await using var app = new TrainingApplication();
        await app.CreateAsync("direction@test.example", Browsing.Password, new CreateAccount.Grant(Role.Directorate), isDemo: true);
        using var client = await app.SignInByPageAsync("direction@test.example");
        using var empty = await client.SendFormAsync(Page, ("Edition", "football-2026"), ("Kind", "Completion"), ("MainColor", "#FFEE00"));
        var refused = await empty.Content.ReadAsStringAsync();
        using var set = await client.SendFormAsync(
            Page, ("Edition", "football-2026"), ("Kind", "Completion"), ("ValidFrom", "2026-12-01"), ("TextFrFemale", "a suivi"), ("TextFrMale", "a suivi"),
            ("TextArFemale", "قد أتمت"), ("TextArMale", "قد أتم"), ("MainColor", "#1F3A93"), ("AccentColor", "#8E2800"), ("HijriDate", "true"));

        Assert.That(((int)empty.StatusCode, (int)set.StatusCode), Is.EqualTo((200, 302)), refused);
        Assert.That(refused, Does.Contain("href=\"#ValidFrom\"").And.Contain("href=\"#MainColor\""));
        Assert.That(await client.GetStringAsync(Page), Does.Contain("01/12/2026").And.Contain("#1F3A93"));
        var directory = await app.InsideAsync(services => services.GetRequiredService<DirectoryCatalog>().SnapshotAsync(CancellationToken.None).AsTask());
        Assert.That(directory.Designs(directory.FindEdition("football-2026")!.Id).Single().HijriDate, Is.True);
    }

    [Test]
    public async Task The_issue_is_stopped_and_goes_on()
    {
        await using var app = new TrainingApplication();
        await app.CreateAsync("direction@test.example", Browsing.Password, new CreateAccount.Grant(Role.Directorate), isDemo: true);
        using var client = await app.SignInByPageAsync("direction@test.example");
        async Task<bool> PausedAsync() => await app.InsideAsync(services => services.GetRequiredService<IssuingControl>().IsPausedAsync(CancellationToken.None));

        using var stopped = await client.SendFormAsync(Page, $"{Page}?handler=Issuing", ("paused", "true"));
        var between = await PausedAsync();
        using var resumed = await client.SendFormAsync(Page, $"{Page}?handler=Issuing", ("paused", "false"));

        Assert.That(((int)stopped.StatusCode, between, (int)resumed.StatusCode, await PausedAsync()), Is.EqualTo((302, true, 302, false)));
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Tests.Modules.Enrollments.Imports;
using Training.App.Tests.Pages;
using Training.Data;
using Training.Domain.Attendance;
using Training.Domain.Directory;
using Training.Domain.Enrollments;

namespace Training.App.Tests.Modules.Reporting;

/// <summary>The page of figures leads to the work behind them, each caller to what is theirs.</summary>
internal sealed class ReportWorkTests
{
    private TrainingApplication application = null!;

    [OneTimeSetUp]
    public async Task BuildAsync()
    {
        application = new TrainingApplication(("App:Roles", "Web"));
        await application.InsideAsync(async services =>
        {
            var world = new FigureWorld(services);
            var group = await world.AddGroupAsync("RSB", "A");
            var children = await world.EnrollAsync(group, 8);
            await world.EnrollAsync(group, 6, status: EnrollmentStatus.AwaitingConsent);
            foreach (var day in new[] { 3, 5, 10, 12 })
            {
                var session = await world.AddSessionAsync(group, new DateOnly(2026, 11, day));
                await world.MarkAsync(session.Id, [.. children.Select(row => (row.Id, AttendanceStatus.Absent))]);
            }
            await world.DeliverAllAsync();
            return 0;
        });
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await application.DisposeAsync();

    [Test]
    public async Task A_coach_is_led_to_absences_consents_and_sessions_of_the_own_site()
    {
        using var coach = await application.CoachAsync("coach@test.example");
        var page = await coach.GetStringAsync("/reports?edition=football-2026");

        Assert.That(page, Does.Contain("<a href=\"/absences?site=RSB\">Enfants absents plusieurs fois de suite</a>"));
        Assert.That(page, Does.Contain("<a href=\"/coach/RSB\">Consentements manquants</a>").And.Contain("href=\"/sessions/open?edition=football-2026"));
        Assert.That(page, Does.Not.Contain("/duplicates\">Doublons"));
    }

    [Test]
    public async Task A_coordinator_is_led_to_the_sites_and_the_directorate_to_no_child()
    {
        using var coordinator = await application.CoordinatorAsync("region@test.example", "02");
        using var directorate = await application.DirectorateAsync("direction@test.example");

        Assert.That(await coordinator.GetStringAsync("/reports?edition=football-2026"), Does.Contain("<a href=\"/coach/RSB\">Consentements manquants : Renaissance Sportive de Berkane</a>"));
        Assert.That(await directorate.GetStringAsync("/reports?edition=football-2026"), Does.Contain("<a href=\"/reports?edition=football-2026&amp;region=02\">Consentements manquants : Oriental</a>"));
        Assert.That(
            await directorate.GetStringAsync("/reports?edition=football-2026&region=02"),
            Does.Contain("<a href=\"/reports?edition=football-2026&amp;region=02&amp;site=RSB\">Consentements manquants : Renaissance Sportive de Berkane</a>"));
        var page = await directorate.GetStringAsync("/reports?edition=football-2026&region=02&site=RSB");
        Assert.That(page, Does.Not.Contain("Enfants absents").And.Not.Contain("/coach/RSB\">"));
    }

    [Test]
    public async Task A_coordinator_calls_the_families_of_any_site_of_the_region_and_of_no_other()
    {
        using var coordinator = await application.CoordinatorAsync("calls@test.example", "02");
        var report = await coordinator.GetStringAsync("/reports?edition=football-2026&region=02&site=RSB");
        var page = await coordinator.GetStringAsync("/absences?site=RSB");
        var choice = await coordinator.GetStringAsync("/absences");
        using var foreign = await coordinator.GetAsync(new Uri("/absences?site=FUS", UriKind.Relative));

        Assert.That(report, Does.Contain("<a href=\"/absences?site=RSB\">Enfants absents plusieurs fois de suite</a>"));
        Assert.That(page, Does.Contain("4 absences de suite").And.Not.Contain("tel:"), "a phone is shown when it is asked for, and that is noted");
        Assert.That(choice, Does.Contain("href=\"/absences?site=RSB\"").And.Not.Contain("site=FUS"));
        Assert.That((int)foreign.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task Town_and_country_are_told_once_a_place_says_so()
    {
        using var nation = application.Nation();
        var before = await nation.JsonAsync("/api/reports/attendance?edition=football-2026&by=setting");
        await application.InsideAsync(async services =>
        {
            await services.GetRequiredService<TrainingDbContext>().Set<Site>().Where(row => row.Code == "RSB").ExecuteUpdateAsync(set => set.SetProperty(row => row.Setting, SiteSetting.Rural));
            services.GetRequiredService<Training.App.Platform.Directory.DirectoryCatalog>().Forget();
            return 0;
        });
        var after = await nation.JsonAsync("/api/reports/attendance?edition=football-2026&by=setting");

        Assert.That(before.GetProperty("items")[0].Text("key"), Is.EqualTo("unknown"));
        Assert.That(after.GetProperty("items").EnumerateArray().Select(row => row.Text("key")), Has.Some.EqualTo("rural"));
    }
}

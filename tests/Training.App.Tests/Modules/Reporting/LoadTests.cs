using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform.Commands;
using Training.Data;
using Training.Data.Reporting;
using Training.Data.Scope;
using Training.Domain.Attendance;

namespace Training.App.Tests.Modules.Reporting;

/// <summary><c>seed load</c> beyond the participants: sessions, marks and their figures.</summary>
internal sealed class LoadTests
{
    [Test]
    public async Task Loads_as_many_sessions_and_marks_as_asked_for_and_counts_them()
    {
        await using var application = new TrainingApplication(("App:Roles", "Web"));
        await application.InsideAsync(async services =>
        {
            var world = new FigureWorld(services);
            foreach (var site in new[] { "RSB", "RCA", "WAC" }) await world.EnrollAsync(await world.AddGroupAsync(site, "A"), 20);

            var output = new StringWriter();
            var arguments = new CommandArguments(["--sessions", "90", "--marks", "1500"], ["sessions", "marks", "participants"]);
            foreach (var step in services.GetServices<ILoadStep>().OrderBy(step => step.Order)) await step.RunAsync(arguments, output, CancellationToken.None);

            await using var db = new TrainingDbContext(services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
            Assert.That(await db.Set<Session>().CountAsync(), Is.EqualTo(90));
            Assert.That(await db.Set<AttendanceMark>().CountAsync(), Is.EqualTo(1500));
            Assert.That(await db.Set<Session>().CountAsync(row => row.Date >= new DateOnly(2026, 11, 23)), Is.Zero);
            Assert.That(await db.Set<SiteCell>().SumAsync(row => row.Present + row.Late + row.Excused + row.Absent), Is.EqualTo(1500));
            Assert.That(await db.Set<SiteCell>().SumAsync(row => row.Present + row.Late), Is.EqualTo(1245).Within(60));
            Assert.That(await db.Set<SiteEnrollmentCell>().SumAsync(row => row.Active), Is.EqualTo(60));
            Assert.That(output.ToString(), Does.Contain("90 sessions with 1500 marks").And.Contains("figures"));
            return 0;
        });
    }

    [Test]
    public async Task Asks_for_participants_when_there_is_nobody_to_mark()
    {
        await using var application = new TrainingApplication(("App:Roles", "Web"));
        var refused = await Assert.ThrowsAsync<CommandException>(() => application.InsideAsync(async services =>
        {
            var arguments = new CommandArguments(["--marks", "100"], ["sessions", "marks"]);
            foreach (var step in services.GetServices<ILoadStep>().OrderBy(step => step.Order))
                await step.RunAsync(arguments, TextWriter.Null, CancellationToken.None);
            return 0;
        }));

        Assert.That(refused!.Message, Does.Contain("--participants"));
    }
}

using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Attendance.Messages;
using Training.App.Modules.Reporting;
using Training.App.Platform;
using Training.Data.Outbox;
using Training.Data.Reporting;
using Training.Domain.Attendance;
using Training.Domain.Certificates;

namespace Training.App.Tests.Modules.Reporting;

/// <summary>What the bus has forgotten is counted all the same.</summary>
internal sealed class FigureSweepTests
{
    [Test]
    public async Task Figures_whose_events_were_purged_are_asked_for_again_and_then_no_more()
    {
        await using var application = new TrainingApplication(("App:Roles", "Web"));
        await application.InsideAsync(async services =>
        {
            var world = new FigureWorld(services);
            var group = await world.AddGroupAsync("RSB", "A");
            var enrollments = await world.EnrollAsync(group, 7);
            var session = await world.AddSessionAsync(group, new DateOnly(2026, 11, 18));
            await world.MarkAsync(session.Id, [.. enrollments.Select(row => (row.Id, AttendanceStatus.Present))]);
            await world.CloseAsync(session.Id);
            await world.WithdrawAsync(enrollments[0]);
            await world.CertifyAsync(enrollments[1]);
            Assert.That(world.Events, Is.Not.Empty);
            world.Events.Clear();

            Assert.That(await SweepAsync(application), Is.EqualTo((1, 1)));
            foreach (var message in await PromisedAsync(application)) await world.DeliverAsync(message);
            await world.SweepAsync();

            var db = services.GetRequiredService<ReadDb>();
            var cells = await db.Set<SiteEnrollmentCell>().ToListAsync();
            Assert.That(
                (cells.Sum(cell => cell.Active), cells.Sum(cell => cell.Withdrawn), cells.Sum(cell => cell.Certificates)), Is.EqualTo((6, 1, 1)));
            Assert.That(await db.Set<SiteCell>().SumAsync(cell => cell.Present), Is.EqualTo(7));
            Assert.That(await SweepAsync(application), Is.EqualTo((0, 0)));
            return 0;
        });
    }

    [Test]
    public async Task A_completion_whose_document_is_not_made_yet_is_missed_too()
    {
        await using var application = new TrainingApplication(("App:Roles", "Web"));
        await application.InsideAsync(async services =>
        {
            var world = new FigureWorld(services);
            var enrollments = await world.EnrollAsync(await world.AddGroupAsync("RSB", "A"), 2);
            await world.DeliverAllAsync();
            Assert.That(await SweepAsync(application), Is.EqualTo((0, 0)));

            await world.CertifyAsync(enrollments[0], CertificateStatus.Earned);

            Assert.That(await SweepAsync(application), Is.EqualTo((0, 1)));
            await world.SweepAsync();
            Assert.That(await SweepAsync(application), Is.EqualTo((0, 0)));
            return 0;
        });
    }

    private static Task<(int Sessions, int Places)> SweepAsync(TrainingApplication application) =>
        application.InsideAsync(services => services.GetRequiredService<FigureSweep>().SweepAsync(CancellationToken.None));

    private static Task<AttendanceRecorded[]> PromisedAsync(TrainingApplication application) => application.InsideAsync(async services =>
    {
        var bodies = await services.GetRequiredService<ReadDb>().Set<OutboxRow>()
            .Where(row => row.Type == nameof(AttendanceRecorded)).Select(row => row.Body).Distinct().ToListAsync();
        return bodies.ConvertAll(body => JsonSerializer.Deserialize<AttendanceRecorded>(body, JsonSerializerOptions.Web)!).ToArray();
    });
}

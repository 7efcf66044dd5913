using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Seeding;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Directory;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>One tournament of the coach's region that begins in some days, with the squads of its clubs and some certificates still to be shown.</summary>
internal sealed class DemoTournament(IServiceScopeFactory scopes, DirectoryCatalog catalog, ReadDb db, TimeProvider time) : IDemoPart
{
    private const string Host = "RSB";
    private const int DaysAhead = 12;

    public int Order => 4;

    public async Task SeedAsync(TextWriter output, CancellationToken cancellationToken)
    {
        if (await db.Set<Tournament>().AnyAsync(cancellationToken)) return;
        var directory = await catalog.SnapshotAsync(cancellationToken);
        var edition = directory.FindEdition("football-2026")!;
        var first = time.Today().AddDays(DaysAhead);
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var opened = await services.GetRequiredService<OpenTournament.Handler>().HandleAsync(
            new OpenTournament.Request(edition.Code, Host, "Tournoi régional de l’Oriental", first, first.AddDays(1), "09:00", 240, ["U11", "U13", "U15"]), cancellationToken);
        // Outside the season there is nothing to play.
        if (!opened.Succeeded) return;

        var host = directory.FindSite(Host)!;
        var draw = services.GetRequiredService<DrawSquad.Handler>();
        foreach (var site in directory.Sites.Where(site => site.Kind == SiteKind.Club && site.RegionId == host.RegionId))
            foreach (var category in (string[])["U11", "U13", "U15"])
                await draw.HandleAsync(opened.Value.Tournament, new DrawSquad.Request(site.Code, category), cancellationToken);

        var medical = services.GetRequiredService<RecordMedicalCertificate.Handler>();
        var players = await db.Set<SquadPlayer>().OrderBy(row => row.EnrollmentId).Select(row => row.EnrollmentId).ToListAsync(cancellationToken);
        foreach (var (i, enrollment) in players.Index().Where(row => row.Index % 4 != 0))
            await medical.HandleAsync(OpaqueId.Enrollment(enrollment), new RecordMedicalCertificate.Request(first.AddDays(i % 7 == 0 ? 0 : 200)), cancellationToken);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Enrollments.Imports;
using Training.App.Modules.Enrollments.Imports.Committing;
using Training.App.Modules.Enrollments.Imports.Matching;
using Training.App.Platform.Directory;
using Training.Data;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Enrollments.Imports;

/// <summary>Whom a list gets to know while its chunks are written, on a clock that goes: everybody else once, and none of its own.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class LatecomersInTimeTests : IDisposable
{
    private static readonly (int First, int End) Own = (5000, 5100);

    private readonly TrainingApplication app = new();
    private int next = 9000;
    private int nextOwn = Own.First;

    public void Dispose() => app.Dispose();

    [Test]
    public async Task Others_are_met_once_and_ones_own_never()
    {
        var begin = app.Time.GetUtcNow();
        await using var db = Open();
        var import = await PreviewedAsync(db);
        var latecomers = new Latecomers(import, app.Services.GetRequiredService<IDatabaseProvider>());
        var (first, second, third) = (begin.AddSeconds(10), begin.AddSeconds(20), begin.AddSeconds(30));

        await OpenAsync(begin.AddSeconds(-30));
        Assert.That(await MeetAsync(latecomers, first), Is.EqualTo(1), "before the first chunk");

        await OpenAsync(first, own: true);
        await OpenAsync(first.AddTicks(-1));
        await OpenAsync(first.AddTicks(1));
        Assert.That(await MeetAsync(latecomers, second), Is.EqualTo(3), "a moment before and after a chunk");

        await OpenAsync(second, own: true);
        await OpenAsync(first.AddSeconds(5));
        await OpenAsync(second.AddSeconds(5));
        Assert.That(await MeetAsync(latecomers, third), Is.EqualTo(5), "written late, and after the last chunk");
        Assert.That(await MeetAsync(latecomers, third), Is.EqualTo(5), "nobody twice");

        await OpenAsync(third, own: true);
        await OpenAsync(third);
        Assert.That(await MeetAsync(latecomers, third), Is.EqualTo(6), "in the same moment, on a clock that stands");

        var (fourth, fifth) = (third.AddSeconds(1), third.AddSeconds(2));
        latecomers.Pass(fourth);
        await OpenAsync(fourth);
        await OpenAsync(fourth.AddTicks(1));
        Assert.That(await MeetAsync(latecomers, fifth), Is.EqualTo(7), "what bears the time of a further chunk of a transaction is its own, and not what came after");
    }

    [Test]
    public async Task A_row_is_held_against_those_who_came_before_and_after_the_first_chunk()
    {
        var begin = app.Time.GetUtcNow();
        await using var db = Open();
        var import = await PreviewedAsync(db);
        var directory = await app.Services.GetRequiredService<DirectoryCatalog>().SnapshotAsync(CancellationToken.None);
        var edition = directory.Edition(import.EditionId);
        var registration = Registration.Check(
            new RegistrationInput
            {
                GivenName = "Adam", FamilyName = "Bennani", BirthDate = new DateOnly(2013, 2, 1), Sex = Sex.Male,
                Guardians = [new GuardianInput("Omar Bennani", Relationship.Father, "0661000001", NoPhone: false, Language: null)],
            },
            edition,
            new DateOnly(2026, 10, 1)).Value;

        var early = new Latecomers(import, app.Services.GetRequiredService<IDatabaseProvider>());
        await OpenAsync(begin.AddSeconds(5));
        await early.MeetAsync(db, begin.AddSeconds(6), CancellationToken.None);
        Assert.That(await MeetAsync(early, begin.AddSeconds(7)), Is.EqualTo(1), "not met a second time inside the chunk");
        Assert.That((early.FindEarly(2, registration), early.FindLate(2, registration)), Is.EqualTo(((Likeness.Possible, 9000), (Likeness.Different, 0))));
        Assert.That(await StateAsync(early, early.FindEarly(2, registration)), Is.EqualTo((RowState.PossibleDuplicate, 9000)));

        var late = new Latecomers(import, app.Services.GetRequiredService<IDatabaseProvider>());
        Assert.That(await MeetAsync(late, begin.AddSeconds(7)), Is.EqualTo(1));
        Assert.That((late.FindEarly(2, registration), late.FindLate(2, registration)), Is.EqualTo(((Likeness.Different, 0), (Likeness.Possible, 9000))));
        Assert.That(await StateAsync(late, default), Is.EqualTo((RowState.PossibleDuplicate, 9000)));

        async Task<(RowState, int)> StateAsync(Latecomers latecomers, (Likeness, int) before)
        {
            var chunk = new Chunk { Now = begin.AddSeconds(8), OwnKeys = Own };
            chunk.Rows.Add(new ReadyRow
            {
                Row = 2, DecidedBy = null, Registration = registration, Site = directory.FindSite("RSB")!, GroupName = null, IsKnown = false, IsFromElsewhere = false,
                HasNewsOnly = false, ParticipantId = Own.First, EnrollmentId = 1, GuardianId = 1, ConsentId = 0, Participant = null, Early = before,
            });
            var fallen = new List<FallenRow>();
            await app.Services.GetRequiredService<IWriteGate>().WriteBulkAsync<Done>(
                async (session, token) =>
                {
                    await new OvertakenRows(edition, latecomers).LeaveOutAsync(session, chunk, isFirst: true, fallen, token);
                    return default(Done);
                },
                CancellationToken.None);
            return (fallen.Single().Verdict.State, fallen[0].Verdict.ParticipantId);
        }
    }

    private TrainingDbContext Open() => new(app.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };

    /// <summary>A list of one child that waits for the word.</summary>
    private async Task<Import> PreviewedAsync(TrainingDbContext db)
    {
        using var coach = await app.SiteAsync("RSB");
        await coach.PreviewAsync("Prénom;Nom;Date de naissance;Sexe;Nom du tuteur;Téléphone du tuteur;Date du consentement\nAdam;Bennani;01/02/2013;M;Omar Bennani;0661000001;01/10/2026\n");
        return await db.Set<Import>().AsNoTracking().SingleAsync();
    }

    private async Task<int> MeetAsync(Latecomers latecomers, DateTimeOffset now)
    {
        await app.Services.GetRequiredService<IWriteGate>().WriteBulkAsync<Done>(
            async (session, token) =>
            {
                await latecomers.MeetAsync(session, Own, now, token);
                return default(Done);
            },
            CancellationToken.None);
        return latecomers.Count;
    }

    private Task OpenAsync(DateTimeOffset at, bool own = false)
    {
        var key = own ? nextOwn++ : next++;
        return app.Services.GetRequiredService<IWriteGate>().WriteAsync<Done>(
            AccessScope.Whole,
            (session, _) =>
            {
                session.Rows.Insert(new Participant
                {
                    Id = key, GivenName = "Adam", FamilyName = "Bennani", BirthDate = new DateOnly(2013, 2, 1), Sex = Sex.Male, ClaimHash = key, CreatedAt = at,
                });
                return Task.FromResult<Result<Done>>(default(Done));
            },
            CancellationToken.None);
    }
}

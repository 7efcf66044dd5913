using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Enrollments.Messages;
using Training.App.Platform;
using Training.Data;
using Training.Data.Enrollments;
using Training.Data.Registry;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Imports.Committing;

/// <summary>Registers the rows of one or several chunks in one transaction, together with the mark of how far the import has come.</summary>
internal sealed class ChunkWriter(Import import, Edition edition, Latecomers latecomers, ImportClaims claims)
{
    private const int SitesPerEvent = 1_000;

    private readonly OvertakenRows overtaken = new(edition, latecomers);
    private readonly GroupNames names = new();
    private IReadOnlyList<Guardian> unused = [];

    /// <summary>What a transaction begins with.</summary>
    /// <param name="firstGroupKey">First of the keys reserved for groups.</param>
    public Turn Begin(int firstGroupKey) => new(firstGroupKey, unused);

    /// <summary>To be called once a transaction is committed: its guardians that nobody needed yet wait for a later row.</summary>
    public void Keep(Turn turn)
    {
        unused = turn.Unused;
        names.Keep(turn.Opened);
    }

    /// <summary>To be called before a transaction is run again: somebody was faster.</summary>
    public void Forget() => names.Forget();

    /// <summary>Writes a chunk; may be run again.</summary>
    /// <param name="session">The change.</param>
    /// <param name="turn">What the chunks before it in the same transaction came to; takes what this one comes to.</param>
    /// <param name="chunk">The rows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task WriteAsync(WriteSession session, Turn turn, Chunk chunk, CancellationToken cancellationToken)
    {
        session.Db.ChangeTracker.Clear();
        var fallen = new List<FallenRow>(chunk.Fallen);
        var rows = await overtaken.LeaveOutAsync(session, chunk, isFirst: turn.Last is null, fallen, cancellationToken);
        var places = await GroupPlaces.LoadAsync(session.Db, rows, edition, import.Id, names, turn, cancellationToken);
        var enrollments = new List<Enrollment>(rows.Count);
        var known = await KnownConsents.LoadAsync(session.Db, [.. rows.Where(row => row.IsKnown).Select(row => row.ParticipantId)], cancellationToken);
        var consents = new List<Consent>(rows.Count);
        foreach (var row in rows)
        {
            var (group, hasPlace) = places.Take(row);
            var enrollment = row.Registration.Enroll(row.EnrollmentId, row.ParticipantId, group, hasPlace, chunk.Now, import.Id);
            var signed = row.ConsentId == 0 ? null : row.Registration.Consents[0].Record(row.ConsentId, row.ParticipantId, row.GuardianId, chunk.Now);
            if (signed is not null && known.Refusal(signed, LocalTime.DayOf) is not null) signed = null;
            if (row.IsKnown && enrollment.Status != EnrollmentStatus.Waitlisted)
            {
                enrollment.Status = !known.IsObjected(row.ParticipantId, ConsentPurpose.Participation)
                    && (signed is not null || known.Stands(row.ParticipantId, ConsentPurpose.Participation))
                    ? EnrollmentStatus.Active
                    : EnrollmentStatus.AwaitingConsent;
            }
            if (signed is not null) consents.Add(signed);
            enrollments.Add(enrollment);
        }
        places.Save(session.Sql);

        var decided = new DecidedChildren(session, AccessScope.Parse(import.ConfirmerScope ?? import.UploaderScope));
        foreach (var row in rows.Where(row => !row.IsKnown && row.DecidedBy is not null))
            await decided.AddAsync(row.Registration, row.ParticipantId, row.DecidedBy!, chunk.Now, cancellationToken);
        var told = WithNews(rows, chunk, fallen);
        await KnownFiles.FillAsync(session.Db, [.. told.Where(row => row.IsKnown).Select(row => (row.ParticipantId, row.Registration))], chunk.Now, cancellationToken);

        var data = session.Rows;
        await data.InsertAllAsync(places.Opened, cancellationToken);
        await data.InsertAllAsync(rows.Where(row => row.Participant is not null).Select(row => row.Participant!).ToList(), cancellationToken);
        var needed = told.Select(row => row.GuardianId).ToHashSet();
        var guardians = turn.Unused.Concat(chunk.NewGuardians).ToLookup(guardian => needed.Contains(guardian.Id));
        await data.InsertAllAsync(guardians[true].ToList(), cancellationToken);
        await data.InsertAllAsync(await TiesAsync(session.Db, told, cancellationToken), cancellationToken);
        await data.InsertAllAsync(consents, cancellationToken);
        await data.InsertAllAsync(enrollments, cancellationToken);
        await data.InsertAllAsync(Readings(rows, chunk.Now), cancellationToken);

        await decided.RememberAsync(cancellationToken);
        turn.Unused = [.. guardians[false]];
        turn.Opened.AddRange(places.Opened);
        turn.Fallen.AddRange(fallen);
        turn.Sites.UnionWith(rows.Select(row => row.Site.Id));
        turn.Registered += rows.Count;
        turn.Last = chunk;
    }

    /// <summary>Ends a transaction: notes how far the import has come, and tells whom it concerns.</summary>
    /// <param name="session">The change.</param>
    /// <param name="turn">What its chunks came to, of which there is at least one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The turn; refused when another worker has the import in hand.</returns>
    public async Task<Result<Turn>> EndAsync(WriteSession session, Turn turn, CancellationToken cancellationToken)
    {
        foreach (var sites in turn.Sites.Order().Chunk(SitesPerEvent)) session.Events.Add(new EnrollmentsImported(import.Id, edition.Id, sites));
        await CarryOutAsync(session.Db, turn.Last!, turn.Fallen, cancellationToken);
        var kept = await claims.ChangeInAsync(session, import, row => Count(row, turn), cancellationToken);
        return kept.Succeeded ? turn : kept.Error;
    }

    /// <summary>The rows, and those of children who are enrolled already and of whom the list may know more.</summary>
    private static IReadOnlyList<ReadyRow> WithNews(IReadOnlyList<ReadyRow> rows, Chunk chunk, List<FallenRow> fallen)
    {
        var enrolled = fallen.Where(row => row.Verdict.State == RowState.AlreadyEnrolled).Select(row => row.Verdict.Row).ToHashSet();
        if (enrolled.Count == 0 && !chunk.Rows.Exists(row => row.HasNewsOnly)) return rows;
        return [.. rows, .. chunk.Rows.Where(row => row.HasNewsOnly || (row is { IsKnown: true, DecidedBy: not null } && enrolled.Contains(row.Row)))];
    }

    /// <summary>Decisions up to here are carried out; where the row fell because files were merged since, it is asked about again.</summary>
    private async Task CarryOutAsync(TrainingDbContext db, Chunk last, List<FallenRow> fallen, CancellationToken cancellationToken)
    {
        var decisions = db.Set<ImportDecision>().Where(row => row.ImportId == import.Id && row.AppliedAt == null && row.Row <= last.LastRow);
        var again = fallen.Where(row => row.Verdict.State == RowState.PossibleDuplicate).Select(row => row.Verdict.Row).ToArray();
        if (again.Length > 0) await decisions.Where(row => EF.Parameter(again).Contains(row.Row)).ExecuteDeleteAsync(cancellationToken);
        await decisions.ExecuteUpdateAsync(set => set.SetProperty(row => row.AppliedAt, last.Now), cancellationToken);
    }

    private static void Count(Import row, Turn turn)
    {
        row.CommittedThrough = turn.Last!.LastRow;
        row.Attempts = 0;
        foreach (var (verdict, _, wasMatched) in turn.Fallen)
        {
            if (wasMatched) row.Matched--;
            else row.New--;
            if (verdict.State == RowState.Refused) row.Refused++;
            else if (verdict.State == RowState.PossibleDuplicate) row.PossibleDuplicates++;
            else row.AlreadyEnrolled++;
        }
    }

    private static async Task<List<Guardianship>> TiesAsync(TrainingDbContext db, IReadOnlyList<ReadyRow> rows, CancellationToken cancellationToken)
    {
        var known = rows.Where(row => row.IsKnown).Select(row => row.ParticipantId).ToArray();
        var present = known.Length == 0
            ? null
            : (await db.Set<Guardianship>().IgnoreQueryFilters().AsNoTracking().Where(row => EF.Parameter(known).Contains(row.ParticipantId))
                .ToListAsync(cancellationToken)).ToLookup(row => row.ParticipantId);
        var ties = new List<Guardianship>(rows.Count);
        foreach (var row in rows)
        {
            var position = 1;
            if (row.IsKnown && present is not null)
            {
                if (present[row.ParticipantId].Any(tie => tie.GuardianId == row.GuardianId)) continue;
                position = present[row.ParticipantId].Select(tie => tie.Position).DefaultIfEmpty().Max() + 1;
                if (ties.Exists(tie => tie.ParticipantId == row.ParticipantId && tie.GuardianId == row.GuardianId)) continue;
            }
            ties.Add(new Guardianship
            {
                ParticipantId = row.ParticipantId,
                GuardianId = row.GuardianId,
                Relationship = row.Registration.Guardians[0].Relationship,
                Position = position,
            });
        }
        return ties;
    }

    /// <summary>A list that names a child from elsewhere opens that child's file to its site: as with any other reading, the family can see who did.</summary>
    private List<FileReading> Readings(IReadOnlyList<ReadyRow> rows, DateTimeOffset now) =>
        [.. rows.Where(row => row.IsFromElsewhere).Select(row => new FileReading
        {
            ParticipantId = row.ParticipantId, Reader = import.ConfirmedBy ?? import.UploadedBy, Door = "import", Parts = ShownParts.Identity, At = now,
        })];
}

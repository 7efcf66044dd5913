using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Imports.Committing;

/// <summary>
/// Goes through the list again and prepares the good rows for writing: everything that needs no transaction happens here, beside the
/// writing of the chunk before.
/// </summary>
internal sealed class ChunkReader(
    ImportSheet sheet, RowReader reader, RowsToWrite rows, Latecomers latecomers, KeyAllocator allocator, DbContextOptions<TrainingDbContext> options,
    AccessScope reach, byte[] claimSecret, TimeProvider time)
{
    private readonly KeyRun<Participant> participants = new(allocator);
    private readonly KeyRun<Enrollment> enrollments = new(allocator);
    private readonly KeyRun<Guardian> guardians = new(allocator);
    private readonly KeyRun<Consent> consents = new(allocator);
    private readonly GuardianBook book = new();
    private readonly List<(int Row, ReadRow Read, int Known)> good = [];

    /// <summary>Rows still to come, as far as the preview knew.</summary>
    public int Remaining { get; set; }

    /// <summary>Goes past the rows that are done.</summary>
    public void Skip(int throughRow)
    {
        while (sheet.Rows.Row < throughRow && sheet.Rows.Read())
        {
        }
    }

    /// <summary>The next chunk; its last one may be empty.</summary>
    public async Task<Chunk> NextAsync(int size, CancellationToken cancellationToken)
    {
        var chunk = new Chunk { Now = time.GetUtcNow(), LastRow = sheet.Rows.Row };
        good.Clear();
        while (good.Count < size)
        {
            if (!sheet.Rows.Read())
            {
                chunk.IsLast = true;
                break;
            }
            chunk.LastRow = sheet.Rows.Row;
            if (!sheet.Rows.IsBlank) Take(chunk);
        }
        await EnsureKeysAsync(cancellationToken);
        var newFamilies = good.Select(entry => entry.Read.Registration!.Guardians[0]).Where(guardian => book.Find(GuardianBook.KeyOf(guardian)) is null && !guardian.Phone.IsEmpty);
        await using (var db = new TrainingDbContext(options) { Scope = AccessScope.Whole })
            await book.LoadAsync(db, newFamilies.Select(guardian => guardian.Phone.ToString()), cancellationToken);
        chunk.OwnKeys = participants.Run;
        var within = await WithinReachAsync(cancellationToken);
        foreach (var (row, read, known) in good) chunk.Rows.Add(Prepare(row, read, known, within, chunk));
        Remaining -= good.Count;
        return chunk;
    }

    private void Take(Chunk chunk)
    {
        var row = sheet.Rows.Row;
        if (rows.ChildOf(row) is not { } known) return;
        var read = reader.Read(sheet.Rows);
        if (read.Registration is null) chunk.Fallen.Add(new FallenRow(new Verdict(row, RowState.Refused, known), read.Faults, known != 0));
        else good.Add((row, read, known));
    }

    private async Task EnsureKeysAsync(CancellationToken cancellationToken)
    {
        var remaining = Math.Max(Remaining, good.Count);
        await participants.EnsureAsync(good.Count, remaining, cancellationToken);
        await enrollments.EnsureAsync(good.Count, remaining, cancellationToken);
        await guardians.EnsureAsync(good.Count, remaining, cancellationToken);
        await consents.EnsureAsync(good.Count, remaining, cancellationToken);
    }

    /// <summary>The known children whose files the person who had the list registered may open already.</summary>
    private async Task<HashSet<int>> WithinReachAsync(CancellationToken cancellationToken)
    {
        var keys = good.Where(entry => entry.Known != 0).Select(entry => entry.Known).ToArray();
        if (keys.Length == 0) return [];
        await using var db = new TrainingDbContext(options) { Scope = reach };
        return [.. await db.Set<Participant>().Where(row => EF.Parameter(keys).Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken)];
    }

    private ReadyRow Prepare(int row, ReadRow read, int known, HashSet<int> within, Chunk chunk)
    {
        var registration = read.Registration!;
        var id = known == 0 ? participants.Take() : known;
        return new ReadyRow
        {
            Row = row,
            DecidedBy = rows.DecidedBy(row),
            Registration = registration,
            Site = read.Site!,
            GroupName = read.GroupName,
            IsKnown = known != 0,
            HasNewsOnly = rows.HasNewsOnly(row),
            IsFromElsewhere = known != 0 && !within.Contains(known),
            ParticipantId = id,
            EnrollmentId = enrollments.Take(),
            GuardianId = GuardianOf(registration.Guardians[0], chunk),
            ConsentId = registration.Consents.Count == 0 ? 0 : consents.Take(),
            Early = known == 0 && rows.DecidedBy(row) is null ? latecomers.FindEarly(row, registration) : default,
            Participant = known == 0
                ? registration.OpenFile(id, ClaimCode.Derive(claimSecret, id, issue: 1).LookupHash(), chunk.Now)
                : null,
        };
    }

    private int GuardianOf(CheckedGuardian guardian, Chunk chunk)
    {
        var key = GuardianBook.KeyOf(guardian);
        if (book.Find(key) is { } known) return known;
        var id = guardians.Take();
        chunk.NewGuardians.Add(guardian.Record(id, chunk.Now));
        book.Add(key, id);
        return id;
    }
}

using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Enrollments.Messages;
using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.App.Platform.Files;
using Training.App.Platform.Spreadsheets;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>Finds the stored lists that name a child, and lets lists go that are needed no longer.</summary>
internal sealed class ListsOfChild(ReadDb db, IFileStore files, DroppedLists dropped, IWriteGate gate, AppOptions app, TimeProvider time) : IListsOfChild
{
    public async Task<Result<int>> ForgetAsync(int participantId, CancellationToken cancellationToken)
    {
        var traces = await TracesAsync(participantId, cancellationToken);
        var linked = await LinkedAsync(participantId, cancellationToken);
        var naming = (await StoredAsync(cancellationToken)).Where(list => linked.Contains(list.Id) || IsStagedAs(list, participantId) || Names(list, traces)).ToList();
        if (naming.Exists(list => list.Status is ImportStatus.Reading or ImportStatus.Committing or ImportStatus.Undoing)) return Error.Conflict("importNotReady");
        foreach (var list in naming) await ForgetAsync(list, cancellationToken);
        return naming.Count;
    }

    public async Task<int> ForgetOldAsync(int editionId, DateTimeOffset before, bool preview, CancellationToken cancellationToken)
    {
        var old = (await StoredAsync(cancellationToken)).Where(list => list.EditionId == editionId && (list.UndoneAt ?? list.DoneAt ?? list.CreatedAt) < before
            && list.Status is not (ImportStatus.Reading or ImportStatus.Committing or ImportStatus.Undoing)).ToList();
        if (preview) return old.Count;
        foreach (var list in old) await ForgetAsync(list, cancellationToken);
        return old.Count;
    }

    /// <summary>Every list whose file is still kept, whoever sent it.</summary>
    private Task<List<Import>> StoredAsync(CancellationToken cancellationToken) =>
        db.Set<Import>().IgnoreQueryFilters().Where(row => row.Status != ImportStatus.Dropped && row.ForgottenAt == null).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    private async Task<HashSet<int>> LinkedAsync(int participantId, CancellationToken cancellationToken)
    {
        var came = await db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.ParticipantId == participantId && row.ImportId != null).Select(row => row.ImportId!.Value).ToListAsync(cancellationToken);
        var decided = await db.Set<ImportDecision>().IgnoreQueryFilters().Where(row => row.ParticipantId == participantId).Select(row => row.ImportId).ToListAsync(cancellationToken);
        return [.. came, .. decided];
    }

    private bool IsStagedAs(Import list, int participantId)
    {
        using var staging = Staging.OpenExisting(ReadImport.StagingPath(app, list.Id));
        return staging is not null && staging.Names(participantId);
    }

    /// <summary>A list that cannot be read any more cannot be searched either, and serves nobody.</summary>
    private bool Names(Import list, ChildTraces traces)
    {
        if (!files.Has(list.FileHash)) return false;
        try
        {
            using var sheet = ImportSheet.Open(files, list.FileHash, SheetChoice.Of(list.Choice));
            do
            {
                if (traces.AreIn(sheet.Rows)) return true;
            }
            while (sheet.Rows.Read());
            return sheet.Above.Any(traces.AreIn);
        }
        catch (WorkbookException)
        {
            return true;
        }
    }

    private async Task<ChildTraces> TracesAsync(int participantId, CancellationToken cancellationToken)
    {
        var children = await db.Set<Participant>().IgnoreQueryFilters().Where(row => row.Id == participantId || row.MergedIntoId == participantId).ToListAsync(cancellationToken);
        var phones = await (from tie in db.Set<Guardianship>().IgnoreQueryFilters()
                            join guardian in db.Set<Guardian>().IgnoreQueryFilters() on tie.GuardianId equals guardian.Id
                            where tie.ParticipantId == participantId && guardian.Phone != null
                            select guardian.Phone).ToListAsync(cancellationToken);
        return new ChildTraces(children, phones);
    }

    private async Task ForgetAsync(Import list, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var isOpen = list.Status is ImportStatus.Preview or ImportStatus.NeedsMapping;
        var status = isOpen ? ImportStatus.Dropped : list.Status;
        await gate.WriteAsync<int>(
            AccessScope.Whole,
            async (session, token) => await session.Db.Set<Import>().Where(row => row.Id == list.Id && row.Status == list.Status).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Status, status).SetProperty(row => row.ForgottenAt, now).SetProperty(row => row.Version, row => row.Version + 1), token),
            cancellationToken);
        await dropped.ForgetAsync(list.Id, list.FileHash, cancellationToken);
    }
}

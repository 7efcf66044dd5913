using Training.App.Platform.Configuration;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>
/// Opens what was found of a list's rows. It is no part of a backup, since it can be made again from the stored list: after a restore,
/// or when its form has changed, the first look at the list does so.
/// </summary>
internal sealed class StagedLists(ReadImport reading, AppOptions app) : IDisposable
{
    private readonly SemaphoreSlim making = new(1, 1);

    public void Dispose() => making.Dispose();

    /// <summary>The staging file; null while the list is being read, and for one that was never understood, is given up or forgotten.</summary>
    public async Task<Staging?> OpenAsync(Import import, CancellationToken cancellationToken)
    {
        if (import.Status is ImportStatus.Reading or ImportStatus.NeedsMapping or ImportStatus.Refused or ImportStatus.Dropped) return null;
        if (import.ForgottenAt is not null) return null;
        var path = ReadImport.StagingPath(app, import.Id);
        var there = Staging.OpenExisting(path);
        // While rows are being registered it is the worker who makes it again.
        if (there is not null || import.Status is not (ImportStatus.Preview or ImportStatus.Done)) return there;
        await making.WaitAsync(cancellationToken);
        try
        {
            if (Staging.OpenExisting(path) is { } made) return made;
            await reading.StageAsync(import, report: false, cancellationToken);
            return Staging.OpenExisting(path);
        }
        finally
        {
            making.Release();
        }
    }
}

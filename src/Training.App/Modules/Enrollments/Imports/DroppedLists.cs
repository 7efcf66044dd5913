using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Configuration;
using Training.App.Platform.Files;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>Forgets what lists hold that were given up: children's names are kept no longer than somebody needs them.</summary>
internal sealed class DroppedLists(IFileStore files, IWriteGate gate, IDatabaseProvider provider, AppOptions app)
{
    /// <summary>Key under which an upload of a file and its removal wait for each other.</summary>
    public static string LockOf(string hash) => $"list:{hash}";

    /// <summary>Removes the staging file, and the uploaded file unless another import has the same.</summary>
    public async Task ForgetAsync(int importId, string hash, CancellationToken cancellationToken)
    {
        File.Delete(ReadImport.StagingPath(app, importId));
        await gate.WriteAsync<Done>(
            AccessScope.Whole,
            async (session, token) =>
            {
                await provider.SerializeAsync(session.Db, LockOf(hash), token);
                if (!await session.Db.Set<Import>().IgnoreQueryFilters().AnyAsync(row => row.FileHash == hash && row.Status != ImportStatus.Dropped && row.ForgottenAt == null, token)) files.Delete(hash);
                return new Done();
            },
            cancellationToken);
    }
}

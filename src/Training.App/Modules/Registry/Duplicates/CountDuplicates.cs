using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.Domain.Registry;

namespace Training.App.Modules.Registry.Duplicates;

/// <summary>How many pairs of files wait for the caller's decision; for pages that lead to them.</summary>
internal static class CountDuplicates
{
    internal sealed class Handler(ReadDb db)
    {
        public Task<int> HandleAsync(CancellationToken cancellationToken) =>
            db.Set<DuplicatePair>().CountAsync(row => row.Decision == PairDecision.Waiting, cancellationToken);
    }
}

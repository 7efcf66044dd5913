using Microsoft.EntityFrameworkCore;
using Training.Domain.Registry;

namespace Training.Data.Registry;

/// <summary>The children of a guardian, wherever they take part: a guardian's name, phone and language are one for all of them.</summary>
public static class GuardianTies
{
    /// <summary>The other children of these guardians.</summary>
    /// <param name="db">The context; its scope does not count.</param>
    /// <param name="guardians">Keys of the guardians.</param>
    /// <param name="child">The child that is not meant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<List<int>> OthersAsync(TrainingDbContext db, IReadOnlyCollection<int> guardians, int child, CancellationToken cancellationToken)
    {
        int[] keys = [.. guardians];
        return db.Set<Guardianship>().IgnoreQueryFilters().Where(tie => keys.Contains(tie.GuardianId) && tie.ParticipantId != child)
            .Select(tie => tie.ParticipantId).Distinct().ToListAsync(cancellationToken);
    }

    /// <summary>Raises the version of files, so that whoever has an older one on the screen is told before writing it back.</summary>
    public static async Task RaiseAsync(TrainingDbContext db, IReadOnlyCollection<int> children, CancellationToken cancellationToken)
    {
        int[] keys = [.. children];
        if (keys.Length == 0) return;
        await db.Set<Participant>().IgnoreQueryFilters().Where(row => keys.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, row => row.Version + 1), cancellationToken);
    }
}

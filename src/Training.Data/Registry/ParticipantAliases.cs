using Microsoft.EntityFrameworkCore;
using Training.Domain.Registry;

namespace Training.Data.Registry;

/// <summary>
/// The one place that leads from the code of a merged file to the file that goes on. Says nothing about who may see it: what is
/// found is looked up by its key under the caller's scope, like any other.
/// </summary>
public static class ParticipantAliases
{
    /// <summary>The key under which the child's file is kept now; the key itself when it is a file of its own or nobody's.</summary>
    /// <param name="db">Any context; its scope does not matter.</param>
    /// <param name="key">Internal key of a participant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<int> ResolveAsync(TrainingDbContext db, int key, CancellationToken cancellationToken) =>
        await db.Set<Participant>().IgnoreQueryFilters().Where(row => row.Id == key).Select(row => row.MergedIntoId)
            .FirstOrDefaultAsync(cancellationToken) ?? key;

    /// <summary>The key under which the file of a code, as people type it, is kept now; null when it is no code.</summary>
    public static async Task<int?> ResolveAsync(TrainingDbContext db, string? code, CancellationToken cancellationToken) =>
        ParticipantCode.TryParse(code, out var parsed) ? await ResolveAsync(db, (int)parsed.ToKey(), cancellationToken) : null;

    /// <summary>Those of the keys that were merged, each with the key that goes on.</summary>
    public static Task<Dictionary<int, int>> MergedAmongAsync(TrainingDbContext db, IReadOnlyCollection<int> keys, CancellationToken cancellationToken) =>
        db.Set<Participant>().IgnoreQueryFilters().Where(row => row.MergedIntoId != null && EF.Parameter(keys).Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.MergedIntoId!.Value, cancellationToken);

    /// <summary>Keys of the files that were merged into this one, whose codes still lead to it.</summary>
    public static Task<List<int>> OfAsync(TrainingDbContext db, int key, CancellationToken cancellationToken) =>
        db.Set<Participant>().IgnoreQueryFilters().Where(row => row.MergedIntoId == key).OrderBy(row => row.Id).Select(row => row.Id)
            .ToListAsync(cancellationToken);
}

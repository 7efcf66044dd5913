using Microsoft.EntityFrameworkCore;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.Data.Registry;

/// <summary>What a list says of known children and their files do not: the other script of a name, an official code, the province.</summary>
public static class KnownFiles
{
    /// <summary>Fills the files; nothing is overwritten.</summary>
    /// <param name="db">The change.</param>
    /// <param name="said">What the list says, by the key of the child's file.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task FillAsync(
        TrainingDbContext db, IReadOnlyCollection<(int Key, Registration Said)> said, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (said.Count == 0) return;
        var keys = said.Select(entry => entry.Key).ToArray();
        var files = await db.Set<Participant>().IgnoreQueryFilters().AsNoTracking().Where(row => EF.Parameter(keys).Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        foreach (var (key, registration) in said)
            if (files.TryGetValue(key, out var file)) await FilledParts.FillAsync(db, file, registration, now, cancellationToken);
    }
}

using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.App.Modules.Enrollments.Imports.Committing;

/// <summary>
/// Who is already recorded as a guardian: the same phone and the same name, spelling aside, is the same person; a phone alone never
/// is. Knows the database and what this import has added.
/// </summary>
internal sealed class GuardianBook
{
    private readonly Dictionary<(string Phone, string Name), int> known = [];

    /// <summary>The key by which a guardian is told from others; null for one without a phone, who is always new.</summary>
    public static (string Phone, string Name)? KeyOf(CheckedGuardian guardian) =>
        guardian.Phone.IsEmpty ? null : (guardian.Phone.ToString(), NameKeys.SearchSkeletons(guardian.Name));

    /// <summary>Looks the phones up that the book does not know yet.</summary>
    public async Task LoadAsync(TrainingDbContext db, IEnumerable<string> phones, CancellationToken cancellationToken)
    {
        var asked = phones.Distinct().ToArray();
        var found = db.Set<Guardian>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => EF.Parameter(asked).Contains(row.Phone)).Select(row => new { row.Id, row.Name, row.Phone });
        await foreach (var row in found.AsAsyncEnumerable().WithCancellation(cancellationToken))
            known.TryAdd((row.Phone!, NameKeys.SearchSkeletons(row.Name)), row.Id);
    }

    /// <summary>The guardian's key in the database; null when nobody recorded this person.</summary>
    public int? Find((string Phone, string Name)? key) => key is { } named && known.TryGetValue(named, out var id) ? id : null;

    /// <summary>Remembers somebody who is about to be recorded.</summary>
    public void Add((string Phone, string Name)? key, int id)
    {
        if (key is { } named) known[named] = id;
    }
}

using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Domain.Common;
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
    // Nobody is looked up by name here: 64 bits of it beside the phone tell two guardians apart, and cost a quarter of the text.
    private readonly Dictionary<GuardianKey, int> known = [];

    /// <summary>The key by which a guardian is told from others; null for one without a phone, who is always new.</summary>
    public static GuardianKey? KeyOf(CheckedGuardian guardian) => guardian.Phone.IsEmpty ? null : KeyOf(guardian.Phone, guardian.Name);

    /// <summary>Looks the phones up that the book does not know yet.</summary>
    public async Task LoadAsync(TrainingDbContext db, IEnumerable<string> phones, CancellationToken cancellationToken)
    {
        var asked = phones.Distinct().ToArray();
        var found = db.Set<Guardian>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => EF.Parameter(asked).Contains(row.Phone)).Select(row => new { row.Id, row.Name, row.Phone });
        await foreach (var row in found.AsAsyncEnumerable().WithCancellation(cancellationToken))
            known.TryAdd(KeyOf(PhoneNumber.FromE164(row.Phone!), row.Name), row.Id);
    }

    /// <summary>The guardian's key in the database; null when nobody recorded this person.</summary>
    public int? Find(GuardianKey? key) => key is { } named && known.TryGetValue(named, out var id) ? id : null;

    /// <summary>Remembers somebody who is about to be recorded.</summary>
    public void Add(GuardianKey? key, int id)
    {
        if (key is { } named) known[named] = id;
    }

    private static GuardianKey KeyOf(PhoneNumber phone, string name)
    {
        const ulong prime = 1_099_511_628_211;
        var hash = 14_695_981_039_346_656_037;
        foreach (var c in NameKeys.SearchSkeletons(name)) hash = unchecked((hash ^ c) * prime);
        return new GuardianKey(phone, hash);
    }
}

/// <summary>A guardian's phone and a hash of the name's skeletons.</summary>
internal readonly record struct GuardianKey(PhoneNumber Phone, ulong NameHash);

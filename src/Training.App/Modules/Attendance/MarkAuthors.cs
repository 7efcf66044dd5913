using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Localization;
using Training.Data.Access;
using Training.Domain.Attendance;

namespace Training.App.Modules.Attendance;

/// <summary>Who marked, by the name that colleagues know: an account's, or an organisation's for a machine.</summary>
internal sealed class MarkAuthors(ReadDb db, Texts texts)
{
    private const string AccountPrefix = "account:";
    private const string KeyPrefix = "key:";

    /// <param name="Name">The name.</param>
    /// <param name="At">When the mark arrived.</param>
    internal sealed record Author(string Name, DateTimeOffset At);

    /// <summary>Who made the mark that stands; null when there is none, or from a load without a ledger.</summary>
    public async Task<Author?> OfMarkAsync(int session, int enrollment, CancellationToken cancellationToken)
    {
        var version = await db.Set<AttendanceMark>().IgnoreQueryFilters().Where(row => row.SessionId == session && row.EnrollmentId == enrollment)
            .Select(row => (int?)row.Version).SingleOrDefaultAsync(cancellationToken);
        if (version is null) return null;
        return (await OfVersionsAsync(session, [version.Value], cancellationToken)).GetValueOrDefault(version.Value);
    }

    /// <summary>Who made the marks that carry these versions of a session.</summary>
    public async Task<Dictionary<int, Author>> OfVersionsAsync(int session, IReadOnlyCollection<int> versions, CancellationToken cancellationToken)
    {
        var batches = await db.Set<MarkBatch>().Where(row => row.SessionId == session && versions.Contains(row.Version))
            .OrderBy(row => row.Number).Select(row => new { row.Version, row.By, row.ReceivedAt }).ToListAsync(cancellationToken);
        var decided = await db.Set<MarkChange>().Where(row => row.SessionId == session && versions.Contains(row.Version) && row.Why != MarkChangeReason.Remarked)
            .Select(row => new { row.Version, row.By, row.At }).ToListAsync(cancellationToken);
        var names = await NamesAsync(batches.Select(row => row.By).Concat(decided.Select(row => row.By)), cancellationToken);
        var authors = new Dictionary<int, Author>();
        // The first batch with a version brought it; a later one with the same only repeated.
        foreach (var row in batches) authors.TryAdd(row.Version, new Author(names(row.By), row.ReceivedAt));
        foreach (var row in decided) authors.TryAdd(row.Version, new Author(names(row.By), row.At));
        return authors;
    }

    /// <summary>Reads the names of callers at once.</summary>
    /// <returns>The name of a caller as colleagues know it.</returns>
    public async Task<Func<string, string>> NamesAsync(IEnumerable<string> callers, CancellationToken cancellationToken)
    {
        var wanted = callers.Distinct().ToArray();
        var accounts = wanted.Select(name => Key(name, AccountPrefix)).OfType<int>().ToArray();
        var keys = wanted.Select(name => Key(name, KeyPrefix)).OfType<int>().ToArray();
        var people = accounts.Length == 0 ? [] : await db.Set<Account>().Where(row => accounts.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.DisplayName, cancellationToken);
        var machines = keys.Length == 0 ? [] : await db.Set<ApiKey>().Where(row => keys.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.Organisation, cancellationToken);
        return caller =>
            Key(caller, AccountPrefix) is { } person && people.TryGetValue(person, out var name) ? name
            : Key(caller, KeyPrefix) is { } machine && machines.TryGetValue(machine, out var organisation) ? organisation
            : texts["attendance.author.system"];
    }

    private static int? Key(string caller, string prefix) =>
        caller.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(caller.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var key)
            ? key : null;
}

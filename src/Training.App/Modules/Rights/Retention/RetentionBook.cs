using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Enrollments.Messages;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Rights;

namespace Training.App.Modules.Rights.Retention;

/// <summary>What the rules say is due.</summary>
internal sealed class RetentionBook(ReadDb db, IListsOfChild lists, DirectoryCatalog catalog, RightsSettings settings, TimeProvider time)
{
    /// <summary>An edition and its rule.</summary>
    /// <param name="Edition">The edition.</param>
    /// <param name="FileMonths">Months after its end.</param>
    /// <param name="ListDays">Days after a list was last touched.</param>
    internal sealed record Rule(Edition Edition, int FileMonths, int ListDays)
    {
        public DateOnly FilesDueOn => RetentionRule.FilesDueOn(Edition.EndsOn, FileMonths);
    }

    /// <summary>Every edition with its rule, or with what holds where nobody has said otherwise.</summary>
    public async Task<IReadOnlyList<Rule>> RulesAsync(CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        var said = await db.Set<RetentionRule>().ToDictionaryAsync(row => row.EditionId, cancellationToken);
        return [.. directory.Editions.OrderBy(edition => edition.EndsOn).ThenBy(edition => edition.Id).Select(edition => said.TryGetValue(edition.Id, out var rule)
            ? new Rule(edition, rule.FileMonths, rule.ListDays)
            : new Rule(edition, RetentionRule.FileMonthsDefault, RetentionRule.ListDaysDefault))];
    }

    /// <summary>Children all of whose editions are over for as long as their rules say; those with a request that waits are left to it.</summary>
    public async Task<IQueryable<int>> FilesDueAsync(CancellationToken cancellationToken)
    {
        var today = time.Today();
        int[] over = [.. (await RulesAsync(cancellationToken)).Where(rule => rule.FilesDueOn <= today).Select(rule => rule.Edition.Id)];
        return db.Set<Participant>()
            .Where(row => db.Set<Enrollment>().Any(place => place.ParticipantId == row.Id && over.Contains(place.EditionId))
                && !db.Set<Enrollment>().Any(place => place.ParticipantId == row.Id && !over.Contains(place.EditionId))
                && !db.Set<NamelessFile>().Any(nameless => nameless.ParticipantId == row.Id)
                && !db.Set<RightsRequest>().Any(request => request.ParticipantId == row.Id && request.Status == RightsStatus.Open))
            .OrderBy(row => row.Id).Select(row => row.Id);
    }

    /// <summary>Removes the lists that are due, or counts them.</summary>
    public async Task<int> ListsDueAsync(bool preview, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var rule in await RulesAsync(cancellationToken))
            count += await lists.ForgetOldAsync(rule.Edition.Id, time.GetUtcNow().AddDays(-rule.ListDays), preview, cancellationToken);
        return count;
    }

    /// <summary>Readings older than the log is kept.</summary>
    public IQueryable<FileReading> ReadingsDue()
    {
        var before = time.GetUtcNow().AddMonths(-settings.ReadingMonths);
        return db.Set<FileReading>().IgnoreQueryFilters().Where(row => row.At < before);
    }
}

using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>Shows children whom a list meets, as far as the caller sees them: a match spans the country, its names do not.</summary>
internal sealed class KnownChildren(ReadDb db, DbContextOptions<TrainingDbContext> options)
{
    public async Task<Dictionary<int, ListRows.KnownChild>> ShowAsync(int[] keys, CancellationToken cancellationToken)
    {
        if (keys.Length == 0) return [];
        var visible = await db.Set<Participant>().Where(row => keys.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
        await using var everywhere = new TrainingDbContext(options) { Scope = AccessScope.Whole };
        var rows = await everywhere.Set<Participant>().IgnoreQueryFilters().AsNoTracking().Where(row => keys.Contains(row.Id)).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => row.Id, row => Show(row, visible.Contains(row.Id)));
    }

    private static ListRows.KnownChild Show(Participant row, bool inScope) => new(
        ParticipantCode.FromKey(row.Id).ToString(),
        inScope
            ? DisplayName.Join(row.GivenName, row.FamilyName) ?? DisplayName.Join(row.GivenNameAr, row.FamilyNameAr)
            : DisplayName.Initials(row.GivenName ?? row.GivenNameAr, row.FamilyName ?? row.FamilyNameAr),
        inScope ? DisplayName.Join(row.GivenNameAr, row.FamilyNameAr) : null,
        inScope ? row.BirthDate : null,
        row.BirthDate.Year,
        inScope);
}

using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Imports.Matching;

/// <summary>Somebody who has a file already, with the guardians' phones.</summary>
/// <param name="Person">The child; its key is that of the file that goes on.</param>
/// <param name="Phones">Phones of the guardians.</param>
/// <param name="FileId">The file that was read, which may have been merged into that one.</param>
internal sealed record KnownPerson(Person Person, IReadOnlyList<PhoneNumber> Phones, int FileId);

/// <summary>
/// Reads the files that a list may meet, in a few statements and not row by row. It looks at the whole country: what comes of it
/// is a verdict on the uploader's own row and nothing of the other file.
/// </summary>
internal sealed class KnownPeople(TrainingDbContext db, NameCache names)
{
    /// <summary>Above this a list meets so much of the register that reading it through once is quicker.</summary>
    private const int FewRows = 3_000;
    private const int Batch = 400;

    /// <summary>Everybody whom a row of the list may be, and many more.</summary>
    public async IAsyncEnumerable<KnownPerson> MeetingAsync(ListedPeople list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sources = list.Count > FewRows ? [Participants()] : Few(list);
        foreach (var source in sources)
            await foreach (var known in WithPhonesAsync(source, cancellationToken)) yield return known;
    }

    /// <summary>These files.</summary>
    public async Task<Dictionary<int, KnownPerson>> ByKeyAsync(IReadOnlyCollection<int> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<int, KnownPerson>();
        foreach (var batch in keys.Chunk(Batch))
        {
            await foreach (var known in WithPhonesAsync(Participants().Where(row => batch.Contains(row.Id)), cancellationToken))
                found[known.FileId] = known;
        }
        return found;
    }

    /// <summary>Those of these children who hold a live enrollment in the edition, each with its site.</summary>
    public static async Task<Dictionary<int, int>> EnrolledAtAsync(TrainingDbContext db, int editionId, IReadOnlyCollection<int> participants, CancellationToken cancellationToken)
    {
        var sites = new Dictionary<int, int>();
        foreach (var batch in participants.Distinct().Chunk(2_000))
        {
            var rows = await db.Set<Enrollment>().IgnoreQueryFilters()
                .Where(row => row.EditionId == editionId && row.Slot == 0 && EF.Parameter(batch).Contains(row.ParticipantId))
                .Select(row => new { row.ParticipantId, row.SiteId }).ToListAsync(cancellationToken);
            foreach (var row in rows) sites[row.ParticipantId] = row.SiteId;
        }
        return sites;
    }

    private IQueryable<Participant> Participants() => db.Set<Participant>().IgnoreQueryFilters().AsNoTracking();

    private IEnumerable<IQueryable<Participant>> Few(ListedPeople list)
    {
        var dates = new HashSet<DateOnly>();
        var blocks = new DateOnly[Domain.Registry.Names.BirthDateBlocks.MaxCount];
        var codes = new HashSet<string>();
        foreach (var person in list.All)
        {
            var count = Domain.Registry.Names.BirthDateBlocks.Write(person.BirthDate, blocks);
            dates.UnionWith(blocks.AsSpan(0, count).ToArray());
            if (person.Codes is { } official)
                codes.UnionWith(new[] { official.Massar, official.Fifa, official.Licence }.OfType<string>());
        }
        foreach (var batch in dates.Chunk(Batch)) yield return Participants().Where(row => batch.Contains(row.BirthDate));
        foreach (var batch in list.Phones.Select(phone => phone.ToString()).Chunk(Batch))
        {
            yield return from row in Participants()
                         where db.Set<Guardianship>().IgnoreQueryFilters().Any(tie => tie.ParticipantId == row.Id
                             && db.Set<Guardian>().IgnoreQueryFilters().Where(guardian => batch.Contains(guardian.Phone)).Select(guardian => guardian.Id).Contains(tie.GuardianId))
                         select row;
        }
        foreach (var batch in codes.Chunk(Batch))
            yield return Participants().Where(row => batch.Contains(row.MassarCode) || batch.Contains(row.FifaId) || batch.Contains(row.LicenceNumber));
    }

    private async IAsyncEnumerable<KnownPerson> WithPhonesAsync(IQueryable<Participant> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = from row in source
                   from tie in db.Set<Guardianship>().IgnoreQueryFilters().Where(tie => tie.ParticipantId == row.Id).DefaultIfEmpty()
                   from guardian in db.Set<Guardian>().IgnoreQueryFilters().Where(guardian => guardian.Id == tie.GuardianId).DefaultIfEmpty()
                   orderby row.Id
                   select new
                   {
                       row.Id, row.MergedIntoId, row.BirthDate, row.Sex, row.GivenName, row.FamilyName, row.GivenNameAr, row.FamilyNameAr, row.MassarCode, row.FifaId, row.LicenceNumber,
                       Phone = guardian == null ? null : guardian.Phone,
                   };
        Person? current = null;
        var file = 0;
        var phones = new List<PhoneNumber>();
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (current is { } done && file != row.Id)
            {
                yield return new KnownPerson(done, [.. phones], file);
                phones.Clear();
                current = null;
            }
            file = row.Id;
            current ??= new Person(
                row.MergedIntoId ?? row.Id, row.BirthDate, row.Sex, names.NumberOf(row.GivenName, row.GivenNameAr), names.NumberOf(row.FamilyName, row.FamilyNameAr),
                OfficialCodes.Of(row.MassarCode, row.FifaId, row.LicenceNumber));
            if (row.Phone is not null) phones.Add(PhoneNumber.FromE164(row.Phone));
        }
        if (current is { } last) yield return new KnownPerson(last, [.. phones], file);
    }
}

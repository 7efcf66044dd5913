using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Access;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.App.Modules.Registry;

/// <summary>
/// Finds children by code, by a guardian's phone, or by name in either script however it is spelled; never beyond the caller's
/// perimeter. Names are found by the consonants of their words, so a list may hold a few that only sound alike. The directorate, who
/// opens a file only with a reason, gets initials.
/// </summary>
internal static class SearchParticipants
{
    /// <summary>Shortest name that is searched for, in characters.</summary>
    public const int NameMin = 2;

    private const int QueryMax = 120;
    private const int PartSize = 50;
    private const int WordsMax = 6;

    internal sealed record Request(string? Q, string? Site, string? Region, string? Cursor);

    internal sealed record Item(
        string Participant, string? Name, string? NameAr, DateOnly? BirthDate, Sex Sex, IReadOnlyList<EnrollmentItem> Enrollments);

    internal sealed record EnrollmentItem(string Enrollment, string Edition, string Site, EnrollmentStatus Status);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/", GetAsync).WithName("SearchParticipants").WithSummary("Find children by code, phone or name in either script.")
            .Produces<ItemList<Item>>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> GetAsync(
        [Description("Participant code, guardian's phone, or a name in Latin or Arabic letters; left out: everybody.")] string? q,
        string? site, string? region, string? cursor, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new Request(q, site, region, cursor), cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(DirectoryCatalog catalog, ReadDb db, Caller caller)
    {
        public async Task<Result<ItemList<Item>>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var (people, refusal) = Within(request, directory);
            if (refusal is not null) return refusal;
            if (!string.IsNullOrEmpty(request.Cursor))
            {
                if (!ParticipantCode.TryParse(request.Cursor, out var last)) return Fault("cursor", "unknownValue");
                var after = (int)last.ToKey();
                people = people.Where(row => row.Id > after);
            }

            var query = PersonText.Clean(request.Q);
            if (query.Length > QueryMax) return Fault("q", "tooLong", ("max", QueryMax));
            if (query.Length == 0) return await ListAsync(people, directory, cancellationToken);
            if (PhoneNumber.TryParse(query, out var phone)) return await ListAsync(ByPhone(people, phone), directory, cancellationToken);

            var asCode = ParticipantCode.Parse(query, out var code);
            if (asCode == ParticipantCodeError.None)
            {
                var key = await db.FileOfAsync((int)code.ToKey(), cancellationToken);
                var found = await ListAsync(people.Where(row => row.Id == key), directory, cancellationToken);
                if (found.Items.Count > 0) return found;
            }
            // A name of seven letters reads like a code; a digit settles it.
            if (asCode == ParticipantCodeError.CheckSymbol && query.Any(char.IsDigit)) return Fault("q", "codeMistyped");
            if (query.Length < NameMin) return Fault("q", "tooShort", ("min", NameMin));
            return ByName(people, query) is { } named
                ? await ListAsync(named, directory, cancellationToken)
                : new ItemList<Item>([], null);
        }

        /// <summary>The people of the asked site and region, or the refusal.</summary>
        private (IQueryable<Participant> People, Error? Refusal) Within(Request request, DirectorySnapshot directory)
        {
            var people = db.Set<Participant>();
            var enrollments = db.Set<Enrollment>();
            if (!string.IsNullOrEmpty(request.Site))
            {
                if (directory.FindSite(request.Site) is not { } site || !caller.Scope.Covers(site.Id, site.RegionId)) return (people, Error.NotFound("siteNotFound"));
                people = people.Where(row => enrollments.Any(enrollment => enrollment.ParticipantId == row.Id && enrollment.SiteId == site.Id));
            }
            if (!string.IsNullOrEmpty(request.Region))
            {
                if (directory.FindRegion(request.Region) is not { } region) return (people, Error.NotFound("regionNotFound"));
                people = people.Where(row => enrollments.Any(enrollment => enrollment.ParticipantId == row.Id && enrollment.RegionId == region.Id));
            }
            return (people, null);
        }

        private IQueryable<Participant> ByPhone(IQueryable<Participant> people, PhoneNumber phone)
        {
            var number = phone.ToString();
            var ties = from tie in db.Set<Guardianship>()
                       join guardian in db.Set<Guardian>() on tie.GuardianId equals guardian.Id
                       where guardian.Phone == number
                       select tie.ParticipantId;
            return people.Where(row => ties.Contains(row.Id));
        }

        /// <summary>Every word of the query begins a word of the name's key, or stands in the Arabic name as typed; null when no word is left.</summary>
        private static IQueryable<Participant>? ByName(IQueryable<Participant> people, string query)
        {
            var skeletons = Words(NameKeys.SearchSkeletons(query));
            var arabic = Words(NameKeys.FullArabicKey(query, null));
            if (skeletons.Length == 0 && arabic.Length == 0) return null;
            var bySkeleton = people;
            foreach (var word in skeletons)
            {
                var begins = " " + word;
                bySkeleton = bySkeleton.Where(row => (" " + row.NameKey).Contains(begins));
            }
            if (arabic.Length == 0) return bySkeleton;

            // Names known in Arabic alone are kept by their Arabic key; the skeletons of the others leave out what Arabic does not write.
            var typed = Words(query);
            var byArabic = people;
            foreach (var word in arabic)
            {
                var begins = " " + word;
                byArabic = byArabic.Where(row => (" " + row.NameKey).Contains(begins));
            }
            var asTyped = people;
            foreach (var word in typed)
                asTyped = asTyped.Where(row => (row.GivenNameAr ?? "").Contains(word) || (row.FamilyNameAr ?? "").Contains(word));
            var ids = byArabic.Select(row => row.Id).Union(asTyped.Select(row => row.Id));
            if (skeletons.Length > 0) ids = ids.Union(bySkeleton.Select(row => row.Id));
            return people.Where(row => ids.Contains(row.Id));
        }

        private bool SeesInitials => caller.Is(Role.Directorate) && !caller.Is(Role.Machine);

        private async Task<ItemList<Item>> ListAsync(IQueryable<Participant> people, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            var found = await people.OrderBy(row => row.Id).Take(PartSize + 1).ToListAsync(cancellationToken);
            var part = found.Take(PartSize).ToList();
            var ids = part.Select(row => row.Id).ToArray();
            var enrollments = (await db.Set<Enrollment>().Where(row => ids.Contains(row.ParticipantId)).OrderByDescending(row => row.Id)
                .ToListAsync(cancellationToken)).ToLookup(row => row.ParticipantId);
            return new ItemList<Item>(
                [.. part.Select(row => ItemOf(row, [.. enrollments[row.Id].Select(enrollment => new EnrollmentItem(
                    OpaqueId.Enrollment(enrollment.Id), directory.Edition(enrollment.EditionId).Code, directory.Site(enrollment.SiteId).Code, enrollment.Status))]))],
                found.Count > PartSize ? CodeOf(part[^1]) : null);
        }

        private Item ItemOf(Participant row, IReadOnlyList<EnrollmentItem> enrollments) => SeesInitials
            ? new Item(CodeOf(row), DisplayName.Initials(row.GivenName, row.FamilyName), DisplayName.Initials(row.GivenNameAr, row.FamilyNameAr), null, row.Sex, enrollments)
            : new Item(
                CodeOf(row), DisplayName.Join(row.GivenName, row.FamilyName), DisplayName.Join(row.GivenNameAr, row.FamilyNameAr), row.BirthDate, row.Sex, enrollments);

        private static string CodeOf(Participant row) => ParticipantCode.FromKey(row.Id).ToString();

        private static string[] Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(WordsMax)];

        private static Error Fault(string field, string code, params (string Name, object? Value)[] facts)
        {
            var faults = new Faults();
            faults.Add(field, code, facts);
            return faults.ToError();
        }
    }
}

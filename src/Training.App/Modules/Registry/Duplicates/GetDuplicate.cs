using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Data.Writing;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.App.Modules.Registry.Duplicates;

/// <summary>Both files of a pair side by side, and what speaks for and against one child. A reading of each file that is shown.</summary>
internal static class GetDuplicate
{
    /// <param name="Id">Name of the pair.</param>
    /// <param name="Reason">Why; needed by the directorate alone.</param>
    internal sealed record Request(string? Id, string? Reason);

    /// <param name="Pair">The pair as in the list.</param>
    /// <param name="Version">Counts decisions; sent back with one.</param>
    /// <param name="For">What speaks for one child.</param>
    /// <param name="Against">What speaks against it.</param>
    /// <param name="A">The older file; null out of the caller's reach.</param>
    /// <param name="B">The newer file; null out of the caller's reach.</param>
    /// <param name="Note">What was said with the decision; null when nothing was.</param>
    internal sealed record Response(
        ListDuplicates.Item Pair, int Version, IReadOnlyList<Reason> For, IReadOnlyList<Reason> Against, FileSide? A, FileSide? B, string? Note);

    /// <param name="Code">Stable code.</param>
    /// <param name="Message">The same in the caller's language.</param>
    internal sealed record Reason(string Code, string Message);

    internal sealed record FileSide(
        string Participant, string? GivenName, string? FamilyName, string? GivenNameAr, string? FamilyNameAr, DateOnly BirthDate, Sex Sex,
        string? Province, string? MassarCode, string? FifaId, string? LicenceNumber, DateTimeOffset CreatedAt,
        IReadOnlyList<GuardianItem> Guardians, IReadOnlyList<EnrollmentItem> Enrollments);

    internal sealed record GuardianItem(string Name, Relationship Relationship, string? Phone);

    internal sealed record EnrollmentItem(string Enrollment, string Edition, string Site, EnrollmentStatus Status, int Attended);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/{id}", GetAsync).WithName("GetDuplicate").WithSummary("Both files side by side; the reading of each is recorded.")
            .Produces<Response>().ProducesProblem(404).ProducesProblem(422);

    private static async Task<IResult> GetAsync(string id, string? reason, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new Request(id, reason), cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, PairSides sides, IWriteGate gate, Caller caller, ReadingLog readings, Texts texts)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            if (PairId.Parse(request.Id) is not var (low, high)) return Error.NotFound("pairNotFound");
            var pair = await db.Set<DuplicatePair>().SingleOrDefaultAsync(row => row.LowId == low && row.HighId == high, cancellationToken);
            if (pair is null) return Error.NotFound("pairNotFound");
            var reason = PersonText.CleanOrNull(request.Reason);
            if (sides.SeesInitials && reason is null) return Error.Rule("reasonRequired");

            var shown = await sides.ReadAsync([low, high], open: true, cancellationToken);
            var (a, b) = (shown[low], shown[high]);
            var match = await MatchNowAsync(pair, cancellationToken);
            var response = new Response(
                new ListDuplicates.Item(
                    PairId.Of(pair), pair.Decision, pair.Strength, match.Codes(), pair.FoundAt, pair.DecidedAt, a, b, a.WhollyInScope && b.WhollyInScope),
                pair.Version,
                Words(match.Reasons & ~MatchReasonSets.Against), Words(match.Reasons & MatchReasonSets.Against),
                a.InScope ? await FileAsync(low, cancellationToken) : null, b.InScope ? await FileAsync(high, cancellationToken) : null, pair.Note);
            await RecordAsync([.. new[] { (low, a), (high, b) }.Where(side => side.Item2.InScope).Select(side => side.Item1)], reason, cancellationToken);
            return response;
        }

        /// <summary>By the facts as they are now: a file may have been corrected since the pair was found.</summary>
        private async Task<MatchResult> MatchNowAsync(DuplicatePair pair, CancellationToken cancellationToken)
        {
            var a = await FactsAsync(pair.LowId, cancellationToken);
            var b = await FactsAsync(pair.HighId, cancellationToken);
            var match = DuplicateMatcher.Compare(a, b);
            if (pair.Decision == PairDecision.Same) return match with { Reasons = pair.Reasons };
            // The matcher stops at the first fact that settles it; a person wants to see the others too.
            var plain = Without(a) with { IsFemale = b.IsFemale };
            var dates = DuplicateMatcher.Compare(plain, Without(b)).Reasons;
            var names = DuplicateMatcher.Compare(plain with { BirthDate = b.BirthDate, GuardianPhones = [] }, Without(b)).Reasons & Names;
            return match with { Reasons = match.Reasons | dates | names };
        }

        private const MatchReasons Names = MatchReasons.SameName | MatchReasons.SimilarName | MatchReasons.NameOrderSwapped
            | MatchReasons.PartOfGivenName | MatchReasons.DifferentName;

        private static PersonFacts Without(in PersonFacts facts) => facts with { MassarCode = null, FifaId = null, LicenceNumber = null };

        private async Task<PersonFacts> FactsAsync(int id, CancellationToken cancellationToken)
        {
            var file = await db.Set<Participant>().IgnoreQueryFilters().SingleAsync(row => row.Id == id, cancellationToken);
            var phones = await (from tie in db.Set<Guardianship>().IgnoreQueryFilters()
                                join guardian in db.Set<Guardian>().IgnoreQueryFilters() on tie.GuardianId equals guardian.Id
                                where tie.ParticipantId == id && guardian.Phone != null
                                select guardian.Phone).ToListAsync(cancellationToken);
            return file.Facts([.. phones.Select(PhoneNumber.FromE164)]);
        }

        private async Task<FileSide> FileAsync(int id, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var child = await db.Set<Participant>().IgnoreQueryFilters().SingleAsync(row => row.Id == id, cancellationToken);
            var guardians = await (from tie in db.Set<Guardianship>()
                                   join guardian in db.Set<Guardian>() on tie.GuardianId equals guardian.Id
                                   where tie.ParticipantId == id
                                   orderby tie.Position
                                   select new GuardianItem(guardian.Name, tie.Relationship, guardian.Phone)).ToListAsync(cancellationToken);
            var enrollments = await db.Set<Enrollment>().Where(row => row.ParticipantId == id).OrderByDescending(row => row.Id).Select(row => new
            {
                row.Id,
                row.EditionId,
                row.SiteId,
                row.Status,
            }).ToListAsync(cancellationToken);
            // Sums, also of sessions at a site from which the child came and which the caller does not see: a merge counts them too.
            int[] places = [.. enrollments.Select(row => row.Id)];
            var attended = await db.Marks().IgnoreQueryFilters()
                .Where(found => places.Contains(found.EnrollmentId) && (found.Mark.Status == AttendanceStatus.Present || found.Mark.Status == AttendanceStatus.Late))
                .GroupBy(found => found.EnrollmentId).Select(place => new { place.Key, Count = place.Count() })
                .ToDictionaryAsync(place => place.Key, place => place.Count, cancellationToken);
            return new FileSide(
                ParticipantCode.FromKey(id).ToString(), child.GivenName, child.FamilyName, child.GivenNameAr, child.FamilyNameAr, child.BirthDate, child.Sex,
                child.ProvinceId is { } province ? directory.Province(province).Code : null, child.MassarCode, child.FifaId, child.LicenceNumber,
                child.CreatedAt, guardians,
                [.. enrollments.Select(row => new EnrollmentItem(
                    OpaqueId.Enrollment(row.Id), directory.Edition(row.EditionId).Code, directory.Site(row.SiteId).Code, row.Status, attended.GetValueOrDefault(row.Id)))]);
        }

        private Reason[] Words(MatchReasons reasons) =>
            [.. new MatchResult(default, reasons).Codes().Select(code => new Reason(code, texts[$"registry.match.{code}"]))];

        private Task RecordAsync(int[] files, string? reason, CancellationToken cancellationToken) => gate.WriteAsync<Done>(
            caller.Scope,
            (write, _) =>
            {
                foreach (var file in files)
                {
                    var reading = readings.Reading(file, "duplicates", ShownParts.Identity | ShownParts.OfficialCodes | ShownParts.Guardians | ShownParts.Enrollments);
                    write.Rows.Insert(reason is null ? reading : reading.Because(reason));
                }
                return Task.FromResult<Result<Done>>(default(Done));
            },
            cancellationToken);
    }
}

using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Access;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Registry;

/// <summary>One child's file. Every reading is recorded for the guardian; the directorate must say why it looks.</summary>
internal static class GetParticipant
{
    private const int ReasonMax = 200;

    /// <param name="Code">Participant code as typed.</param>
    /// <param name="Reason">Why; needed by the directorate alone.</param>
    /// <param name="Door">Where it is read: <c>api</c> or <c>page</c>.</param>
    internal sealed record Request(string? Code, string? Reason, string Door);

    internal sealed record Response(
        string Participant, string? GivenName, string? FamilyName, string? GivenNameAr, string? FamilyNameAr, DateOnly BirthDate, Sex Sex,
        string? Province, string? MassarCode, string? FifaId, string? LicenceNumber, string? Note,
        IReadOnlyList<GuardianItem> Guardians, IReadOnlyList<ConsentItem> Consents, IReadOnlyList<EnrollmentItem> Enrollments,
        IReadOnlyList<string> FormerCodes, bool Left = false);

    // FormerCodes: codes of files that were merged into this one; each still leads here.
    // Left: the caller's site withdrew the child and sees its name, its birth date and the site's own rows, so that it can come back.

    internal sealed record GuardianItem(string Name, Relationship Relationship, string? Phone, FamilyLanguage Language);

    /// <param name="Purpose">What for.</param>
    /// <param name="Method">How it is proven.</param>
    /// <param name="GivenOn">The day of the signature.</param>
    /// <param name="WithdrawnAt">When a guardian withdrew it; null while it stands.</param>
    /// <param name="Guardian">Who signed.</param>
    internal sealed record ConsentItem(ConsentPurpose Purpose, ConsentMethod Method, DateOnly GivenOn, DateTimeOffset? WithdrawnAt, string? Guardian);

    internal sealed record EnrollmentItem(
        string Enrollment, string Edition, string Site, string Group, string GroupName, EnrollmentStatus Status, DateTimeOffset EnrolledAt);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/{code}", GetAsync).WithName("GetParticipant").WithSummary("One child's file; the reading is recorded.")
            .Produces<Response>().ProducesProblem(404).ProducesProblem(422);

    private static async Task<IResult> GetAsync(string code, string? reason, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new Request(code, reason, "api"), cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(DirectoryCatalog catalog, ReadDb db, MergedElsewhere merged, IWriteGate gate, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            if (await db.FileOfAsync(request.Code, cancellationToken) is not { } key) return Error.NotFound("participantNotFound");
            var child = await db.Set<Participant>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (child is null) return await LeftAsync(key, request.Door, directory, cancellationToken);
            var reason = PersonText.CleanOrNull(request.Reason);
            if (caller.Is(Role.Directorate) && !caller.Is(Role.Machine) && reason is null) return Error.Rule("reasonRequired");

            var file = await ReadAsync(child, directory, cancellationToken);
            await RecordAsync(child.Id, request.Door, ShownParts.File, reason is { Length: > ReasonMax } ? reason[..ReasonMax] : reason, cancellationToken);
            return file;
        }

        private async Task<Response> ReadAsync(Participant child, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            var guardians = await (from tie in db.Set<Guardianship>()
                                   join guardian in db.Set<Guardian>() on tie.GuardianId equals guardian.Id
                                   where tie.ParticipantId == child.Id
                                   orderby tie.Position
                                   select new GuardianItem(guardian.Name, tie.Relationship, guardian.Phone, guardian.Language)).ToListAsync(cancellationToken);
            var consents = await (from consent in db.Set<Consent>()
                                  join guardian in db.Set<Guardian>() on consent.GuardianId equals guardian.Id into signatories
                                  from signatory in signatories.DefaultIfEmpty()
                                  where consent.ParticipantId == child.Id
                                  orderby consent.Id
                                  select new { Consent = consent, signatory.Name, signatory.Phone }).ToListAsync(cancellationToken);
            var former = await db.FormerFilesAsync(child.Id, cancellationToken);
            return new Response(
                ParticipantCode.FromKey(child.Id).ToString(), child.GivenName, child.FamilyName, child.GivenNameAr, child.FamilyNameAr, child.BirthDate, child.Sex,
                child.ProvinceId is { } province ? directory.Province(province).Code : null,
                child.MassarCode, child.FifaId, child.LicenceNumber, child.Note, guardians,
                // Two files of one child may hold the same paper each: it is one consent.
                [.. consents.DistinctBy(row => (row.Consent.Purpose, row.Consent.Method, row.Consent.GivenOn, row.Consent.WithdrawnAt, row.Phone ?? row.Name))
                    .Select(row => new ConsentItem(row.Consent.Purpose, row.Consent.Method, row.Consent.GivenOn, row.Consent.WithdrawnAt, row.Name))],
                await EnrollmentsAsync(child.Id, directory, cancellationToken), [.. former.Select(id => ParticipantCode.FromKey(id).ToString())]);
        }

        /// <summary>What a site still sees of a child that left it, or where a child goes on whose file was merged.</summary>
        private async Task<Result<Response>> LeftAsync(int key, string door, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            var child = await db.FormerPeople(directory.RunningOn(time.Today())).SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (child is null) return await merged.ExplainAsync(key, cancellationToken) ?? Error.NotFound("participantNotFound");
            await RecordAsync(child.Id, door, ShownParts.Identity | ShownParts.Enrollments, null, cancellationToken);
            return new Response(
                ParticipantCode.FromKey(child.Id).ToString(), child.GivenName, child.FamilyName, child.GivenNameAr, child.FamilyNameAr, child.BirthDate, child.Sex,
                null, null, null, null, null, [], [], await EnrollmentsAsync(child.Id, directory, cancellationToken), [], Left: true);
        }

        private async Task<IReadOnlyList<EnrollmentItem>> EnrollmentsAsync(int child, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            var enrollments = await (from enrollment in db.Set<Enrollment>()
                                     join place in db.Set<Group>() on enrollment.GroupId equals place.Id
                                     where enrollment.ParticipantId == child
                                     orderby enrollment.Id descending
                                     select new { Enrollment = enrollment, place.Name }).ToListAsync(cancellationToken);
            return [.. enrollments.Select(row => new EnrollmentItem(
                OpaqueId.Enrollment(row.Enrollment.Id), directory.Edition(row.Enrollment.EditionId).Code, directory.Site(row.Enrollment.SiteId).Code,
                OpaqueId.Group(row.Enrollment.GroupId), row.Name, row.Enrollment.Status, row.Enrollment.EnrolledAt))];
        }

        private Task RecordAsync(int participantId, string door, ShownParts parts, string? reason, CancellationToken cancellationToken) => gate.WriteAsync<Done>(
            caller.Scope,
            (session, _) =>
            {
                session.Rows.Insert(new FileReading { ParticipantId = participantId, Reader = caller.Name, Door = door, Parts = parts, Reason = reason, At = time.GetUtcNow() });
                return Task.FromResult<Result<Done>>(default(Done));
            },
            cancellationToken);
    }
}

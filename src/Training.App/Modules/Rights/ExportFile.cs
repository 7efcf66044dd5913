using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Domain.Attendance;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;
using Training.Domain.Rights;

namespace Training.App.Modules.Rights;

/// <summary>
/// Everything that is kept of a child, for its family: as data, or as a document to be read. To the family itself, which may be one of two
/// households, guardians' phones show their last two digits.
/// </summary>
internal static class ExportFile
{
    private const int ReasonMax = 200;

    internal sealed record Response(
        string Participant, DateOnly ExportedOn, string? GivenName, string? FamilyName, string? GivenNameAr, string? FamilyNameAr, DateOnly BirthDate, Sex Sex,
        string? Province, string? MassarCode, string? FifaId, string? LicenceNumber, string? Note, DateTimeOffset OpenedAt, IReadOnlyList<string> FormerCodes,
        IReadOnlyList<GuardianLine> Guardians, IReadOnlyList<ConsentLine> Consents, IReadOnlyList<EnrollmentLine> Enrollments,
        IReadOnlyList<CertificateLine> Certificates, IReadOnlyList<ReadingLine> Readings, IReadOnlyList<RequestItem> Requests, IReadOnlyList<CorrectionLine> Corrections);

    internal sealed record GuardianLine(string Name, Relationship Relationship, string? Phone, FamilyLanguage Language);

    internal sealed record ConsentLine(ConsentPurpose Purpose, ConsentMethod Method, DateOnly GivenOn, int TextVersion, DateTimeOffset? WithdrawnAt, string? Guardian);

    internal sealed record EnrollmentLine(
        string Edition, string Site, EnrollmentStatus Status, DateTimeOffset EnrolledAt, DateTimeOffset? EndedAt, string? EndReason, DateOnly? MedicalCertificateUntil,
        IReadOnlyList<HistoryLine> History, IReadOnlyList<MarkLine> Attendance);

    internal sealed record HistoryLine(DateTimeOffset At, EnrollmentAct Act, string? Reason, string? Note);

    internal sealed record MarkLine(DateOnly Date, SessionKind Kind, AttendanceStatus Status);

    internal sealed record CertificateLine(string Number, CertificateKind Kind, CertificateStatus Status, DateOnly IssuedOn);

    internal sealed record ReadingLine(DateTimeOffset At, string Door, IReadOnlyList<string> Shown, string? Reason);

    internal sealed record CorrectionLine(DateTimeOffset At, CorrectionStatus Status, string Field, string? Before, string? After, string Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/files/{code}", GetAsync).WithName("ExportFile").WithSummary("Everything kept of a child, as data or as a document; the reading is recorded.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);

    public static void MapForFamilies(IEndpointRouteBuilder routes) =>
        routes.MapGet("/children/{code}/file", GetAsync).WithName("ExportOwnFile").WithSummary("Everything kept of one's own child, as data or as a document.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> GetAsync(
        string code, [Description("json (default) or pdf.")] string? format, [Description("Why; needed by the directorate alone.")] string? reason,
        Handler handler, ExportDocument document, Texts texts, CancellationToken cancellationToken)
    {
        if (format is not (null or "" or "json" or "pdf")) return Error.Of(ErrorKind.Invalid, "formatNotOffered").ToProblem(texts);
        var found = await handler.HandleAsync(code, reason, cancellationToken);
        if (!found.Succeeded || format != "pdf") return found.ToHttp(texts, TypedResults.Ok);
        return TypedResults.File(await document.WriteAsync(found.Value, cancellationToken), "application/pdf", $"{found.Value.Participant}.pdf");
    }

    internal sealed class Handler(ReadDb db, ExportParts parts, DirectoryCatalog catalog, ReadingLog readings, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string? code, string? reason, CancellationToken cancellationToken)
        {
            var key = await db.FileOfAsync(code, cancellationToken) ?? 0;
            var child = await db.Set<Participant>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (child is null) return Error.NotFound("participantNotFound");
            var why = PersonText.CleanOrNull(reason);
            if (caller.Is(Domain.Access.Role.Directorate) && !caller.Is(Domain.Access.Role.Machine) && why is null) return Error.Rule("reasonRequired");

            var directory = await catalog.SnapshotAsync(cancellationToken);
            var former = await db.FormerFilesAsync(key, cancellationToken);
            int[] files = [key, .. former];
            var requests = await db.Set<RightsRequest>().IgnoreQueryFilters().Where(row => files.Contains(row.ParticipantId)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
            var file = new Response(
                ParticipantCode.FromKey(key).ToString(), time.Today(), child.GivenName, child.FamilyName, child.GivenNameAr, child.FamilyNameAr, child.BirthDate, child.Sex,
                child.ProvinceId is { } province ? directory.Province(province).Code : null, child.MassarCode, child.FifaId, child.LicenceNumber, child.Note, child.CreatedAt,
                [.. former.Select(id => ParticipantCode.FromKey(id).ToString())],
                await parts.GuardiansAsync(key, isFamily: caller.Scope.Participants.Length > 0, cancellationToken), await parts.ConsentsAsync(key, cancellationToken),
                await parts.EnrollmentsAsync(key, directory, cancellationToken), await parts.CertificatesAsync(key, cancellationToken),
                await parts.ReadingsAsync(files, cancellationToken), [.. requests.Select(row => RequestItem.Of(row, time))],
                await parts.CorrectionsAsync(files, isFamily: caller.Scope.Participants.Length > 0, cancellationToken));
            var shown = ShownParts.File | ShownParts.Attendance | ShownParts.Certificates;
            await readings.NoteAsync(key, "export", shown, why is { Length: > ReasonMax } ? why[..ReasonMax] : why, cancellationToken);
            return file;
        }
    }
}

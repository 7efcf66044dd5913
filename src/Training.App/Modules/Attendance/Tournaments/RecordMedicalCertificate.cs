using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>Records that a youth has a medical certificate and until when: never the paper, never a diagnosis.</summary>
internal static class RecordMedicalCertificate
{
    internal sealed record Request([property: Description("Last day on which it is valid.")] DateOnly? ValidUntil);

    internal sealed record Response(string Enrollment, DateOnly ValidUntil);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/api/enrollments/{id}/medical-certificate", PutAsync).WithName("RecordMedicalCertificate").WithTags("Attendance")
            .RequireAuthorization(Policies.Enroll).WithSummary("Record until when a youth's medical certificate is valid.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> PutAsync(string id, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, Request request, CancellationToken cancellationToken)
        {
            if (request.ValidUntil is not { } until) return Faults.Only("validUntil", "missing");
            var today = time.Today();
            var (first, last) = (today.AddYears(-MedicalCertificate.YearsMax), today.AddYears(MedicalCertificate.YearsMax));
            if (until < first || until > last) return Faults.Only("validUntil", "outOfRange", ("min", first), ("max", last));
            var key = OpaqueId.ParseEnrollment(id) ?? 0;
            return await gate.WriteAsync<Response>(
                caller.Scope,
                async (write, token) =>
                {
                    if (!await write.Db.Set<Enrollment>().AnyAsync(row => row.Id == key, token)) return Error.NotFound("enrollmentNotFound");
                    var known = await write.Db.Set<MedicalCertificate>().AsTracking().SingleOrDefaultAsync(row => row.EnrollmentId == key, token);
                    if (known is null)
                        write.Db.Add(new MedicalCertificate { EnrollmentId = key, ValidUntil = until, SeenBy = caller.Name, RecordedAt = time.GetUtcNow() });
                    else
                        (known.ValidUntil, known.SeenBy, known.RecordedAt) = (until, caller.Name, time.GetUtcNow());
                    await write.Db.SaveChangesAsync(token);
                    return new Response(id, until);
                },
                cancellationToken);
        }
    }
}

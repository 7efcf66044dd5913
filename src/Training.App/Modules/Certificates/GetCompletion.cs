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

namespace Training.App.Modules.Certificates;

/// <summary>Why a child has its certificate of an edition, or why not yet, by one of its enrollments there. A reading of the child's file.</summary>
internal static class GetCompletion
{
    internal sealed record Gap(string Code, string Message, IReadOnlyDictionary<string, object?> Facts);

    internal sealed record Held(string Number, CertificateKind Kind, CertificateStatus Status);

    /// <param name="Met">True when nothing is missing.</param>
    /// <param name="AttendedMinutes">Minutes of closed sessions, present or late, under every enrollment of the child in the edition.</param>
    /// <param name="RequiredMinutes">Minutes the rule asks for.</param>
    /// <param name="TotalMinutes">Minutes of the curriculum.</param>
    /// <param name="Missing">Why not yet; empty when met.</param>
    /// <param name="Certificates">What was earned.</param>
    internal sealed record Response(
        bool Met, int AttendedMinutes, int RequiredMinutes, int TotalMinutes, IReadOnlyList<Gap> Missing, IReadOnlyList<Held> Certificates);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/enrollments/{id}/completion", GetAsync).WithName("GetCompletion").WithSummary("Why a certificate, or why not yet.")
            .Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, CompletionFacts facts, DirectoryCatalog catalog, ReadingLog readings, Texts texts)
    {
        public async Task<Result<Response>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            var key = OpaqueId.ParseEnrollment(id) ?? 0;
            var enrollment = await db.Set<Enrollment>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (enrollment is null) return Error.NotFound("enrollmentNotFound");

            await readings.NoteAsync(enrollment.ParticipantId, "completion", ShownParts.Attendance, cancellationToken);
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var modules = await facts.ModulesAsync([key], cancellationToken);
            var state = Completion.Assess(
                directory.Edition(enrollment.EditionId).Completion, [.. directory.Modules(enrollment.EditionId)],
                await facts.MinutesAsync(key, cancellationToken), modules[key].ToHashSet());
            // What the child earned in the edition at whatever site is its own site's business; a site it has left sees what it gave itself.
            var certificates = enrollment.IsLive ? db.Set<Certificate>().IgnoreQueryFilters() : db.Set<Certificate>();
            var held = await certificates
                .Where(row => row.ParticipantId == enrollment.ParticipantId && row.EditionId == enrollment.EditionId).OrderBy(row => row.Kind)
                .Select(row => new Held(row.Number, row.Kind, row.Status)).ToListAsync(cancellationToken);
            var gaps = state.Gaps.Select(WithHours).Concat(await OtherGapsAsync(enrollment, state, cancellationToken)).ToArray();
            return new Response(
                gaps.Length == 0, state.AttendedMinutes, state.RequiredMinutes, state.TotalMinutes,
                [.. gaps.Select(gap => new Gap(gap.Code, texts.Error(gap.Code, gap.Facts), gap.Facts))], held);
        }

        /// <summary>What stands beside the rule: consent, the end of the enrollment, sessions that nobody has closed.</summary>
        private async Task<List<CompletionGap>> OtherGapsAsync(Enrollment enrollment, CompletionState state, CancellationToken cancellationToken)
        {
            var gaps = new List<CompletionGap>();
            var consented = await db.Set<Consent>().AnyAsync(
                row => row.ParticipantId == enrollment.ParticipantId && row.Purpose == ConsentPurpose.Participation && row.WithdrawnAt == null,
                cancellationToken);
            if (!consented || enrollment.Status == EnrollmentStatus.AwaitingConsent) gaps.Add(GapOf("consentMissing"));
            if (!enrollment.IsLive) gaps.Add(GapOf("enrollmentEnded"));
            if (enrollment.Status == EnrollmentStatus.Waitlisted) gaps.Add(GapOf("waitlisted"));
            if (state.Met) return gaps;
            var open = await (from mark in db.Set<AttendanceMark>().IgnoreQueryFilters()
                              join row in db.Set<Enrollment>() on mark.EnrollmentId equals row.Id
                              join session in db.Set<Session>() on mark.SessionId equals session.Id
                              where row.ParticipantId == enrollment.ParticipantId && row.EditionId == enrollment.EditionId && session.Status == SessionStatus.Open
                                  && (mark.Status == AttendanceStatus.Present || mark.Status == AttendanceStatus.Late)
                              select session.Id).Distinct().CountAsync(cancellationToken);
            if (open > 0) gaps.Add(GapOf("sessionsOpen", ("count", open)));
            return gaps;
        }

        /// <summary>People count in hours.</summary>
        private static CompletionGap WithHours(CompletionGap gap)
        {
            if (gap.Code != Completion.HoursMissing) return gap;
            var facts = new Dictionary<string, object?>(gap.Facts);
            foreach (var (name, minutes) in gap.Facts) facts[$"{name}Hours"] = Math.Round((int)minutes! / 60m, 1);
            return gap with { Facts = facts };
        }

        private static CompletionGap GapOf(string code, params (string Name, object? Value)[] facts) =>
            new(code, facts.ToDictionary(fact => fact.Name, fact => fact.Value));
    }
}

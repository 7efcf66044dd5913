using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Domain.Attendance;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Directory;
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
    /// <param name="Rule">What the edition asks for, as a sentence.</param>
    /// <param name="By">Last day on which it can be met.</param>
    /// <param name="ByText">The same as a sentence; says so when the day has passed.</param>
    internal sealed record Response(
        bool Met, int AttendedMinutes, int RequiredMinutes, int TotalMinutes, IReadOnlyList<Gap> Missing, IReadOnlyList<Held> Certificates,
        string Rule, DateOnly By, string ByText);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/enrollments/{id}/completion", GetAsync).WithName("GetCompletion").WithSummary("Why a certificate, or why not yet.")
            .Produces<Response>().ProducesProblem(404);

    public static void MapForFamilies(IEndpointRouteBuilder routes) =>
        routes.MapGet("/enrollments/{id}/completion", GetFamilyAsync).WithName("GetFamilyCompletion").WithSummary("Why a child has its certificate, or why not yet.")
            .Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> GetFamilyAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.ExplainAsync(id, cancellationToken)).ToHttp(texts, answer => TypedResults.Ok(answer.Response));

    private static async Task<IResult> GetAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    /// <summary>People count in hours, and know modules by their names.</summary>
    internal static CompletionGap InWords(CompletionGap gap, IEnumerable<CurriculumModule> modules)
    {
        var facts = new Dictionary<string, object?>(gap.Facts);
        if (gap.Code == Completion.HoursMissing)
        {
            foreach (var (name, minutes) in gap.Facts) facts[$"{name}Hours"] = Hours((int)minutes!);
        }
        if (gap.Code == Completion.ModulesMissing)
        {
            var codes = ((string)gap.Facts["modules"]!).Split(", ");
            var inArabic = Languages.Current == "ar";
            facts["moduleNames"] = string.Join(
                inArabic ? "، " : ", ", modules.Where(module => codes.Contains(module.Code)).OrderBy(module => module.Position)
                    .Select(module => inArabic ? module.NameAr : module.NameFr));
        }
        return gap with { Facts = facts };
    }

    private static decimal Hours(int minutes) => Math.Round(minutes / 60m, 1, MidpointRounding.AwayFromZero);

    internal sealed class Handler(ReadDb db, CompletionFacts facts, DirectoryCatalog catalog, ReadingLog readings, Texts texts, TimeProvider time)
    {
        /// <summary>The answer by itself: a reading of the child's file.</summary>
        public async Task<Result<Response>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            var found = await ExplainAsync(id, cancellationToken);
            if (found.Succeeded) await readings.NoteAsync(found.Value.Participant, "completion", ShownParts.Attendance, cancellationToken);
            return found.Map(answer => answer.Response);
        }

        /// <summary>The same answer as a part of a page that notes its own reading, or of the family's own.</summary>
        public async Task<Result<(int Participant, Response Response)>> ExplainAsync(string id, CancellationToken cancellationToken)
        {
            var key = OpaqueId.ParseEnrollment(id) ?? 0;
            var enrollment = await db.Set<Enrollment>().SingleOrDefaultAsync(row => row.Id == key, cancellationToken);
            if (enrollment is null) return Error.NotFound("enrollmentNotFound");

            var directory = await catalog.SnapshotAsync(cancellationToken);
            var edition = directory.Edition(enrollment.EditionId);
            var state = await facts.StateAsync(key, edition.Id, directory, cancellationToken);
            // What the child earned in the edition at whatever site is its own site's business; a site it has left sees what it gave itself.
            var certificates = enrollment.IsLive ? db.Set<Certificate>().IgnoreQueryFilters() : db.Set<Certificate>();
            var held = await certificates
                .Where(row => row.ParticipantId == enrollment.ParticipantId && row.EditionId == enrollment.EditionId).OrderBy(row => row.Kind)
                .Select(row => new Held(row.Number, row.Kind, row.Status)).ToListAsync(cancellationToken);
            var gaps = state.Gaps.Select(gap => InWords(gap, directory.Modules(edition.Id))).Concat(await OtherGapsAsync(enrollment, state, cancellationToken)).ToArray();
            var ended = edition.EndsOn < time.Today();
            return (enrollment.ParticipantId, new Response(
                gaps.Length == 0, state.AttendedMinutes, state.RequiredMinutes, state.TotalMinutes,
                [.. gaps.Select(gap => new Gap(gap.Code, texts.Error(gap.Code, gap.Facts), gap.Facts))], held,
                texts[edition.Completion.AllMandatoryModules ? "certificates.rule.all" : "certificates.rule.hours", Hours(state.RequiredMinutes), Hours(state.TotalMinutes)],
                edition.EndsOn, texts[ended ? "certificates.rule.ended" : "certificates.rule.by", MoroccanCalendar.ShortDate(edition.EndsOn)]));
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
            var open = await (from row in db.Set<Enrollment>().IgnoreQueryFilters()
                              join found in db.Marks() on row.Id equals found.EnrollmentId
                              where row.ParticipantId == enrollment.ParticipantId && row.EditionId == enrollment.EditionId && found.Session.Status == SessionStatus.Open
                                  && (found.Mark.Status == AttendanceStatus.Present || found.Mark.Status == AttendanceStatus.Late)
                              select found.Session.Id).Distinct().CountAsync(cancellationToken);
            if (open > 0) gaps.Add(GapOf("sessionsOpen", ("count", open)));
            return gaps;
        }

        private static CompletionGap GapOf(string code, params (string Name, object? Value)[] facts) =>
            new(code, facts.ToDictionary(fact => fact.Name, fact => fact.Value));
    }
}

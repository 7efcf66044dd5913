using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>
/// Records a guardian's consent signed on paper after the registration, or its withdrawal, purpose by purpose. Enrollments follow the
/// consent to participation in the same change; certificates are judged anew by its event.
/// </summary>
internal static class RecordConsent
{
    /// <param name="Purpose">What for.</param>
    /// <param name="Guardian">Order of contact of the guardian who signed, from 1; null: the first.</param>
    /// <param name="GivenOn">The day of the signature.</param>
    internal sealed record Request(
        ConsentPurpose? Purpose,
        [property: Description("Order of contact of the guardian who signed, from 1; null: the first.")] int? Guardian,
        DateOnly? GivenOn);

    internal sealed record WithdrawalRequest(ConsentPurpose? Purpose);

    /// <param name="Participant">Participant code.</param>
    /// <param name="Purpose">What for.</param>
    /// <param name="Given">True when it stands now.</param>
    /// <param name="Changed">Ids of the enrollments that followed.</param>
    internal sealed record Response(string Participant, ConsentPurpose Purpose, bool Given, IReadOnlyList<string> Changed);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/participants/{code}/consents", GiveAsync).WithName("RecordConsent")
            .WithSummary("Record a consent signed on paper: purpose, guardian, day.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/participants/{code}/consents/withdraw", WithdrawAsync).WithName("WithdrawConsent")
            .WithSummary("Record that a guardian withdrew a consent.").Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> GiveAsync(string code, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.GiveAsync(code, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    private static async Task<IResult> WithdrawAsync(string code, WithdrawalRequest request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.WithdrawAsync(code, request.Purpose, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(EnrollmentDesk desk, KeyAllocator keys, TimeProvider time)
    {
        public async Task<Result<Response>> GiveAsync(string code, Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            var today = time.Today();
            if (request.Purpose is null) faults.Add("purpose", "missing");
            if (request.GivenOn is null) faults.Add("givenOn", "missing");
            else if (request.GivenOn > today) faults.Add("givenOn", "inFuture");
            else if (request.GivenOn < today.AddYears(-3)) faults.Add("givenOn", "tooLongAgo");
            if (!faults.None) return faults.ToError();
            var id = await keys.NextAsync<Consent>(cancellationToken);
            return await desk.ChangeAsync<Response>(
                async (session, token) =>
                {
                    var child = await FindAsync(session, code, token);
                    if (child is null) return Error.NotFound("participantNotFound");
                    var ties = await session.Db.Set<Guardianship>().AsNoTracking().Where(tie => tie.ParticipantId == child)
                        .OrderBy(tie => tie.Position).Select(tie => tie.GuardianId).ToListAsync(token);
                    var chosen = (request.Guardian ?? 1) - 1;
                    if (chosen < 0 || chosen >= ties.Count) return UnknownGuardian();
                    await EndStandingAsync(session, child.Value, request.Purpose!.Value, token);
                    session.Rows.Insert(new Consent
                    {
                        Id = id,
                        ParticipantId = child.Value,
                        GuardianId = ties[chosen],
                        Purpose = request.Purpose.Value,
                        Method = ConsentMethod.Paper,
                        GivenOn = request.GivenOn!.Value,
                        TextVersion = Consent.CurrentTextVersion,
                        RecordedAt = time.GetUtcNow(),
                    });
                    return new Response(code, request.Purpose.Value, true, await FollowAsync(session, child.Value, request.Purpose.Value, true, token));
                },
                cancellationToken);
        }

        public async Task<Result<Response>> WithdrawAsync(string code, ConsentPurpose? purpose, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            if (purpose is null) faults.Add("purpose", "missing");
            if (!faults.None) return faults.ToError();
            return await desk.ChangeAsync<Response>(
                async (session, token) =>
                {
                    var child = await FindAsync(session, code, token);
                    if (child is null) return Error.NotFound("participantNotFound");
                    if (await EndStandingAsync(session, child.Value, purpose!.Value, token) == 0) return Error.Conflict("noConsent");
                    return new Response(code, purpose.Value, false, await FollowAsync(session, child.Value, purpose.Value, false, token));
                },
                cancellationToken);
        }

        private static Error UnknownGuardian()
        {
            var faults = new Faults();
            faults.Add("guardian", "unknownGuardian");
            return faults.ToError();
        }

        private static async Task<int?> FindAsync(WriteSession session, string code, CancellationToken cancellationToken)
        {
            if (!ParticipantCode.TryParse(code, out var parsed)) return null;
            var key = (int)parsed.ToKey();
            return await session.Db.Set<Participant>().Where(row => row.Id == key).Select(row => (int?)row.Id).SingleOrDefaultAsync(cancellationToken);
        }

        /// <summary>A consent given anew takes the place of the one that stood; nothing is deleted.</summary>
        private Task<int> EndStandingAsync(WriteSession session, int child, ConsentPurpose purpose, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            return session.Db.Set<Consent>().Where(row => row.ParticipantId == child && row.Purpose == purpose && row.WithdrawnAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.WithdrawnAt, now), cancellationToken);
        }

        /// <summary>All live enrollments of the child, also those at another site: the consent is the child's.</summary>
        private async Task<IReadOnlyList<string>> FollowAsync(
            WriteSession session, int child, ConsentPurpose purpose, bool given, CancellationToken cancellationToken)
        {
            if (purpose != ConsentPurpose.Participation) return [];
            var sites = await session.Db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.ParticipantId == child && row.Slot == 0)
                .Select(row => row.SiteId).Distinct().OrderBy(site => site).ToListAsync(cancellationToken);
            foreach (var site in sites) await desk.LockSiteAsync(session, site, cancellationToken);
            var rows = await session.Db.Set<Enrollment>().IgnoreQueryFilters().AsTracking()
                .Where(row => row.ParticipantId == child && row.Slot == 0).OrderBy(row => row.Id).ToListAsync(cancellationToken);
            var followed = rows.Select(row => (Row: row, Before: Standing.Of(row))).Where(pair => pair.Row.FollowConsent(given)).ToList();
            await session.Db.SaveChangesAsync(cancellationToken);
            foreach (var (row, before) in followed)
                desk.Note(session, row, before, given ? EnrollmentAct.ConsentGiven : EnrollmentAct.ConsentWithdrawn);
            return [.. followed.Select(pair => OpaqueId.Enrollment(pair.Row.Id))];
        }
    }
}

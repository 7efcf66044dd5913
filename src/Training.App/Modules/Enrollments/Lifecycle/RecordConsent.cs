using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Common;
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

    internal sealed class Handler(EnrollmentDesk desk, ConsentBook consents, KeyAllocator keys, TimeProvider time)
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
                    if (await FindAsync(session, code, token) is not { } child) return Error.NotFound("participantNotFound");
                    var given = await consents.GiveAsync(session, child, request.Guardian, request.Purpose!.Value, request.GivenOn!.Value, id, token);
                    return given.Map(changed => new Response(code, request.Purpose.Value, true, changed));
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
                    if (await FindAsync(session, code, token) is not { } child) return Error.NotFound("participantNotFound");
                    var withdrawn = await consents.WithdrawAsync(session, child, purpose!.Value, token);
                    return withdrawn.Map(changed => new Response(code, purpose.Value, false, changed));
                },
                cancellationToken);
        }

        /// <summary>The child of a code that the caller sees; the code of a merged file leads on.</summary>
        private static async Task<int?> FindAsync(WriteSession session, string code, CancellationToken cancellationToken)
        {
            if (await ParticipantAliases.ResolveAsync(session.Db, code, cancellationToken) is not { } key) return null;
            return await session.Db.Set<Participant>().Where(row => row.Id == key).Select(row => (int?)row.Id).SingleOrDefaultAsync(cancellationToken);
        }
    }
}

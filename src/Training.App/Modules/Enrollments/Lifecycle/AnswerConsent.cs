using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Lifecycle;

/// <summary>
/// A family gives or withdraws a consent itself. To give one, the guardian must be proven by a code to the phone; to withdraw, the
/// printed code is enough, since the more protective word may be believed sooner.
/// </summary>
internal static class AnswerConsent
{
    /// <param name="Purpose">What for.</param>
    /// <param name="Given">True: consents; false: withdraws.</param>
    /// <param name="Guardian">Order of contact of the guardian who speaks, from 1; null: the proven or the only one.</param>
    internal sealed record Request(
        ConsentPurpose? Purpose, bool? Given,
        [property: Description("Who speaks, by order of contact from 1; null: the proven or the only guardian.")] int? Guardian);

    /// <param name="Participant">Participant code.</param>
    /// <param name="Purpose">What for.</param>
    /// <param name="Stands">True when the purpose is allowed now; false also while another guardian is against it.</param>
    internal sealed record Response(string Participant, ConsentPurpose Purpose, bool Stands);

    public static void MapForFamilies(IEndpointRouteBuilder routes) =>
        routes.MapPost("/children/{code}/consents", PostAsync).WithName("AnswerConsent").WithSummary("Give or withdraw a consent for one's own child.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    private static async Task<IResult> PostAsync(string code, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(EnrollmentDesk desk, ConsentBook consents, FamilyGuardians proven, KeyAllocator keys)
    {
        public async Task<Result<Response>> HandleAsync(string code, Request request, CancellationToken cancellationToken)
        {
            var faults = new Faults();
            if (request.Purpose is null) faults.Add("purpose", "missing");
            if (request.Given is null) faults.Add("given", "missing");
            if (!faults.None) return faults.ToError();
            // Read here: the writer's thread knows no request.
            var phones = proven.Keys;
            var id = request.Given == true ? await keys.NextAsync<Consent>(cancellationToken) : 0;
            return await desk.ChangeAsync<Response>((session, token) => AnswerAsync(session, code, request, phones, id, token), cancellationToken);
        }

        private async Task<Result<Response>> AnswerAsync(
            WriteSession session, string code, Request request, int[] phones, int id, CancellationToken cancellationToken)
        {
            var (purpose, given) = (request.Purpose!.Value, request.Given!.Value);
            var key = await ParticipantAliases.ResolveAsync(session.Db, code, cancellationToken);
            if (await session.Db.Set<Participant>().Where(row => row.Id == key).Select(row => (int?)row.Id).SingleOrDefaultAsync(cancellationToken) is not { } child)
                return Error.NotFound("participantNotFound");
            var speaker = await SpeakerAsync(session, child, request.Guardian, phones, given, cancellationToken);
            if (!speaker.Succeeded) return speaker.Error;
            var followed = given
                ? await consents.SayYesAsync(session, child, speaker.Value, purpose, id, cancellationToken)
                : await consents.SayNoAsync(session, child, speaker.Value, purpose, cancellationToken);
            if (!followed.Succeeded) return followed.Error;
            var objected = await session.Db.Set<ConsentObjection>().IgnoreQueryFilters().AnyAsync(
                row => row.ParticipantId == child && row.Purpose == purpose && row.EndedAt == null, cancellationToken);
            return new Response(code, purpose, given && !objected);
        }

        /// <summary>Key of the guardian who speaks.</summary>
        private static async Task<Result<int>> SpeakerAsync(
            WriteSession session, int child, int? position, int[] phones, bool given, CancellationToken cancellationToken)
        {
            var ties = await session.Db.Set<Guardianship>().Where(tie => tie.ParticipantId == child).OrderBy(tie => tie.Position)
                .Select(tie => new
                {
                    tie.Position,
                    tie.GuardianId,
                    ViewOnly = session.Db.Set<ViewOnlyGuardian>().Any(row => row.ParticipantId == child && row.GuardianId == tie.GuardianId),
                }).ToListAsync(cancellationToken);
            var known = ties.Where(tie => phones.Contains(tie.GuardianId)).ToList();
            // Whoever proved a phone speaks for that guardian and for nobody else.
            var may = known.Count > 0 ? known : given ? [] : ties;
            if (may.Count == 0) return given ? Error.Rule("consentNeedsCode") : Faults.Only("guardian", "unknownGuardian");
            var speaker = position is null && may.Count == 1 ? may[0] : may.Find(tie => tie.Position == position);
            if (speaker is null) return Faults.Only("guardian", position is null ? "missing" : "unknownGuardian");
            return given && speaker.ViewOnly ? Error.Of(ErrorKind.Forbidden, "viewOnlyGuardian") : speaker.GuardianId;
        }
    }
}

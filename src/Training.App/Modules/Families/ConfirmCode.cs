using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Data.Providers;
using Training.Data.Registry;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.App.Modules.Families;

/// <summary>
/// Opens the family session with the code from the phone: for the child that was asked for, and for the other children of the same
/// guardian record. Another guardian with the same number is another record, and its children need a paper of their own.
/// </summary>
internal static class ConfirmCode
{
    internal sealed record Request(string? Ticket, string? Code);

    /// <param name="Participants">Codes of the children that are open now.</param>
    internal sealed record Response(IReadOnlyList<string> Participants);

    /// <summary>What is opened.</summary>
    /// <param name="Children">Keys of the children.</param>
    /// <param name="GuardianId">Whose phone was proven.</param>
    /// <param name="Issues">The issue of each child's paper when it was: one that is renewed a moment later ends the session.</param>
    internal sealed record Opened(IReadOnlyList<int> Children, int GuardianId, IReadOnlyDictionary<int, int> Issues);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/confirm", PostAsync).WithName("ConfirmFamilyCode").AllowAnonymous().RequireRateLimiting(RateLimits.Claims)
            .WithSummary("Open the family session with the one-time code.").Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(429);

    private static async Task<IResult> PostAsync(
        Request request, HttpContext context, Handler handler, FamilySession session, Texts texts, CancellationToken cancellationToken)
    {
        var opened = await handler.HandleAsync(request, cancellationToken);
        if (opened.Succeeded) await session.OpenAsync(context, opened.Value.Children, opened.Value.GuardianId, opened.Value.Issues, cancellationToken);
        return opened.ToHttp(texts, value => TypedResults.Ok(new Response([.. value.Children.Select(id => ParticipantCode.FromKey(id).ToString())])));
    }

    internal sealed class Handler(IWriteGate gate, IDatabaseProvider provider, SystemSecrets secrets, FamilyTickets tickets, TimeProvider time)
    {
        public async Task<Result<Opened>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            if (tickets.Read(request.Ticket) is not { CodeId: { } id } ticket) return Error.NotFound("familyTicketOver");
            if (OneTimeCode.Read(request.Code) is not { } digits) return Faults.Only("code", string.IsNullOrWhiteSpace(request.Code) ? "missing" : "oneTimeCodeMalformed");
            var hash = OneTimeCode.HashOf(await secrets.GetAsync(SystemSecrets.OneTimeCodes, cancellationToken), id, digits);
            // The try must be counted even though it is refused, so the refusal is a value that is committed.
            var tried = await gate.WriteAsync(AccessScope.Whole, (write, token) => TryAsync(write, ticket, id, hash, token), cancellationToken);
            var (outcome, opened) = tried.Value;
            return outcome switch
            {
                CodeTry.Right => opened!,
                CodeTry.Wrong => Faults.Only("code", "oneTimeCodeWrong"),
                _ => Error.NotFound("oneTimeCodeOver"),
            };
        }

        private async Task<Result<(CodeTry, Opened?)>> TryAsync(
            WriteSession write, FamilyTicket ticket, Guid id, byte[] hash, CancellationToken cancellationToken)
        {
            await provider.SerializeAsync(write.Db, FamilyDoors.CodesOf(ticket.Child), cancellationToken);
            var now = time.GetUtcNow();
            var code = await write.Db.Set<OneTimeCode>().AsTracking().SingleOrDefaultAsync(row => row.Id == id && row.ParticipantId == ticket.Child, cancellationToken);
            var link = ticket.LinkId is { } linkId
                ? await write.Db.Set<PersonalLink>().AsTracking().SingleOrDefaultAsync(row => row.Id == linkId, cancellationToken)
                : null;
            if (code is null || (ticket.LinkId is not null && link?.Opens(now) != true)) return (CodeTry.Over, null);
            var outcome = code.Try(hash, now);
            if (outcome == CodeTry.Right) link?.End(now);
            await write.Db.SaveChangesAsync(cancellationToken);
            if (outcome != CodeTry.Right) return (outcome, null);

            var others = await write.Db.Set<Guardianship>().IgnoreQueryFilters().Where(tie => tie.GuardianId == code.GuardianId && tie.ParticipantId != ticket.Child)
                .OrderBy(tie => tie.ParticipantId).Select(tie => tie.ParticipantId).Take(FamilySession.ChildrenMax - 1).ToListAsync(cancellationToken);
            int[] children = [.. others, ticket.Child];
            foreach (var child in children)
                write.Rows.Insert(new FileReading { ParticipantId = child, Reader = FamilySession.Reader, Door = "family-code", Parts = ShownParts.Identity, At = now });
            var issues = await write.Db.Set<Participant>().IgnoreQueryFilters().Where(row => children.Contains(row.Id))
                .ToDictionaryAsync(row => row.Id, row => row.ClaimIssue, cancellationToken);
            return (CodeTry.Right, new Opened(children, code.GuardianId, issues));
        }
    }
}

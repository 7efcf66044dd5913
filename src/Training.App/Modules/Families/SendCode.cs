using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Gateways;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Data;
using Training.Data.Providers;
using Training.Data.Registry;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.App.Modules.Families;

/// <summary>Sends a one-time code to a guardian's phone. Its SMS names nobody: the number on file may be a stranger's by a slip of the pen.</summary>
internal static class SendCode
{
    /// <param name="Ticket">What the claim or the link answered.</param>
    /// <param name="Guardian">Order of contact of the guardian, from 1; null: the only one.</param>
    internal sealed record Request(string? Ticket, int? Guardian);

    /// <param name="Ticket">For the code that was sent.</param>
    internal sealed record Response(string Ticket);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/code", PostAsync).WithName("SendFamilyCode").AllowAnonymous().RequireRateLimiting(RateLimits.Claims)
            .WithSummary("Send a one-time code to a guardian's phone.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(429).ProducesProblem(503);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(
        IWriteGate gate, IDatabaseProvider provider, TrainingDbContext db, SystemSecrets secrets, FamilyTickets tickets, ISmsSender sms, AmazighTexts amazigh, Texts texts,
        TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            if (tickets.Read(request.Ticket) is not { } ticket) return Error.NotFound("familyTicketOver");
            db.Scope = AccessScope.Whole;
            var phones = await FamilyPhones.OfAsync(db, ticket, cancellationToken);
            var chosen = request.Guardian is null && phones.Count == 1 ? phones[0] : phones.FirstOrDefault(phone => phone.Position == request.Guardian);
            if (chosen is null) return Faults.Only("guardian", "unknownGuardian");

            var digits = OneTimeCode.Draw();
            var id = Guid.CreateVersion7(time.GetUtcNow());
            var hash = OneTimeCode.HashOf(await secrets.GetAsync(SystemSecrets.OneTimeCodes, cancellationToken), id, digits);
            var noted = await gate.WriteAsync(AccessScope.Whole, (write, token) => NoteAsync(write, ticket, chosen, id, hash, token), cancellationToken);
            if (!noted.Succeeded) return noted.Error;
            var text = await InLanguageAsync(chosen.Language, digits, cancellationToken);
            var sent = await sms.SendAsync(new Sms(id.ToString("N"), chosen.Phone, text), cancellationToken);
            return sent.Outcome == DispatchOutcome.Accepted
                ? new Response(tickets.Write(ticket with { CodeId = id }))
                : Error.Of(ErrorKind.Busy, "codeNotSent");
        }

        /// <summary>Counted before it is sent: a gateway that is slow or refuses must not be a way around the limits.</summary>
        private async Task<Result<Done>> NoteAsync(
            WriteSession write, FamilyTicket ticket, FamilyPhones.Known to, Guid id, byte[] hash, CancellationToken cancellationToken)
        {
            await provider.SerializeAsync(write.Db, FamilyDoors.CodesOf(ticket.Child), cancellationToken);
            // The number may have been corrected since it was chosen: nothing goes to the former one.
            var now = time.GetUtcNow();
            var known = await FamilyPhones.OfAsync(write.Db, ticket, cancellationToken);
            if (!known.Any(one => one.GuardianId == to.GuardianId && one.Phone == to.Phone)) return Faults.Only("guardian", "unknownGuardian");
            var (hourAgo, dayAgo) = (now.AddHours(-1), now.AddDays(-1));
            var codes = write.Db.Set<OneTimeCode>().Where(row => row.SentAt > dayAgo);
            var ofChild = await codes.Where(row => row.ParticipantId == ticket.Child).Select(row => row.SentAt).ToListAsync(cancellationToken);
            var toPhone = await (from row in codes
                                 join guardian in write.Db.Set<Guardian>() on row.GuardianId equals guardian.Id
                                 where guardian.Phone == to.Phone
                                 select row.SentAt).ToListAsync(cancellationToken);
            foreach (var sent in (List<DateTimeOffset>[])[ofChild, toPhone])
                if (sent.Count >= OneTimeCode.PerDay || sent.Count(at => at > hourAgo) >= OneTimeCode.PerHour) return Error.Of(ErrorKind.TooMany, "tooManyCodes");
            write.Rows.Insert(new OneTimeCode
            {
                Id = id,
                ParticipantId = ticket.Child,
                GuardianId = to.GuardianId,
                LinkId = ticket.LinkId,
                Hash = hash,
                SentAt = now,
            });
            return default(Done);
        }

        private async Task<string> InLanguageAsync(FamilyLanguage language, string digits, CancellationToken cancellationToken)
        {
            using var _ = Speaking.In(await amazigh.LanguageAsync(language, cancellationToken, "families.code.sms"));
            return texts["families.code.sms", digits, (int)OneTimeCode.LifeTime.TotalMinutes];
        }
    }
}

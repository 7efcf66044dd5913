using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Gateways;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Data.Registry;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.App.Modules.Families;

/// <summary>Sends a guardian the family's personal link, instead of the printed code.</summary>
internal static class SendPersonalLink
{
    /// <param name="Guardian">Order of contact of the guardian, from 1; null: the first with a mobile phone.</param>
    internal sealed record Request(int? Guardian);

    /// <param name="Phone">The last two digits of the phone it went to.</param>
    internal sealed record Response(string Phone);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/participants/{code}/family-link", PostAsync).WithName("SendPersonalLink")
            .WithSummary("Send a guardian a personal link by SMS.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(429).ProducesProblem(503);

    private static async Task<IResult> PostAsync(string code, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, KeyAllocator keys, ISmsSender sms, PublicAddress address, ReadingLog readings, Caller caller, AmazighTexts amazigh, Texts texts, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string code, Request request, CancellationToken cancellationToken)
        {
            var token = RandomNumberGenerator.GetBytes(PersonalLink.TokenBytes);
            var id = await keys.NextAsync<PersonalLink>(cancellationToken);
            var noted = await gate.WriteAsync(caller.Scope, (write, stop) => NoteAsync(write, code, request.Guardian, id, SHA256.HashData(token), stop), cancellationToken);
            if (!noted.Succeeded) return noted.Error;
            var to = noted.Value;
            var sent = await sms.SendAsync(new Sms($"link-{id}", to.Phone, await InLanguageAsync(to.Language, address.PersonalLink(Base64Url.EncodeToString(token)), cancellationToken)), cancellationToken);
            return sent.Outcome == DispatchOutcome.Accepted ? new Response(to.Shown.Phone) : Error.Of(ErrorKind.Busy, "codeNotSent");
        }

        private async Task<Result<FamilyPhones.Known>> NoteAsync(
            WriteSession write, string code, int? guardian, int id, byte[] hash, CancellationToken cancellationToken)
        {
            var key = await ParticipantAliases.ResolveAsync(write.Db, code, cancellationToken);
            if (!await write.Db.Set<Participant>().AnyAsync(row => row.Id == key, cancellationToken)) return Error.NotFound("participantNotFound");
            if (!sms.IsConfigured) return Error.Conflict("smsNotConfigured");
            write.Db.Scope = AccessScope.Whole;
            var phones = await FamilyPhones.OfAsync(write.Db, key!.Value, cancellationToken);
            if (phones.FirstOrDefault(phone => guardian is null || phone.Position == guardian) is not { } to)
                return Faults.Only("guardian", "guardianHasNoMobile");
            var now = time.GetUtcNow();
            var dayAgo = now.AddDays(-1);
            if (await write.Db.Set<PersonalLink>().CountAsync(row => row.ParticipantId == key && row.SentAt > dayAgo, cancellationToken) >= PersonalLink.PerDay)
                return Error.Of(ErrorKind.TooMany, "tooManyLinks");
            // One link a guardian: a phone that is found or sold shows old messages too.
            await write.Db.Set<PersonalLink>().Where(row => row.ParticipantId == key && row.GuardianId == to.GuardianId && row.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, now), cancellationToken);
            write.Rows.Insert(new PersonalLink { Id = id, ParticipantId = key.Value, GuardianId = to.GuardianId, Hash = hash, SentBy = caller.Name, SentAt = now });
            write.Rows.Insert(readings.Reading(key.Value, "family-link", ShownParts.Guardians));
            return to;
        }

        private async Task<string> InLanguageAsync(FamilyLanguage language, string link, CancellationToken cancellationToken)
        {
            using var _ = Speaking.In(await amazigh.LanguageAsync(language, cancellationToken, "families.link.sms"));
            return texts["families.link.sms", link, (int)PersonalLink.LifeTime.TotalDays];
        }
    }
}

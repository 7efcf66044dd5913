using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Common;
using Training.Domain.Families;

namespace Training.App.Modules.Families;

/// <summary>
/// Takes a personal link as far as the one-time code. Looking at it changes nothing, since messengers look at links too; an unknown, an
/// expired and a used one are answered alike.
/// </summary>
internal static class OpenPersonalLink
{
    internal sealed record Request(string? Link);

    internal sealed record Response(string Ticket, IReadOnlyList<PhoneChoice> Phones);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/link", PostAsync).WithName("OpenPersonalLink").AllowAnonymous().RequireRateLimiting(RateLimits.Claims)
            .WithSummary("Begin a family session with a personal link; a one-time code follows.")
            .Produces<Response>().ProducesProblem(404).ProducesProblem(429);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request.Link, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(TrainingDbContext db, FamilyTickets tickets, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string? link, CancellationToken cancellationToken)
        {
            if (Token(link) is not { } token) return Error.NotFound("linkOver");
            var hash = SHA256.HashData(token);
            db.Scope = AccessScope.Whole;
            var known = await db.Set<PersonalLink>().SingleOrDefaultAsync(row => row.Hash == hash, cancellationToken);
            if (known?.Opens(time.GetUtcNow()) != true) return Error.NotFound("linkOver");
            var phones = (await FamilyPhones.OfAsync(db, known.ParticipantId, cancellationToken)).Where(phone => phone.GuardianId == known.GuardianId);
            return new Response(tickets.Write(new FamilyTicket(known.ParticipantId, known.Id, null)), [.. phones.Select(phone => phone.Shown)]);
        }

        private static byte[]? Token(string? link)
        {
            var text = Encoding.ASCII.GetBytes(link ?? "");
            return Base64Url.IsValid(text, out var bytes) && bytes == PersonalLink.TokenBytes ? Base64Url.DecodeFromUtf8(text) : null;
        }
    }
}

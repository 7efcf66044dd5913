using Training.Data;
using Training.Data.Scope;
using Training.Domain.Common;

namespace Training.App.Modules.Families;

/// <summary>Where a ticket's code can go, for the page that asks.</summary>
internal static class ListPhones
{
    /// <param name="Phones">Phones to choose from.</param>
    /// <param name="Sent">True once a code was sent.</param>
    internal sealed record Response(IReadOnlyList<PhoneChoice> Phones, bool Sent);

    internal sealed class Handler(TrainingDbContext db, FamilyTickets tickets)
    {
        public async Task<Result<Response>> HandleAsync(string? text, CancellationToken cancellationToken)
        {
            if (tickets.Read(text) is not { } ticket) return Error.NotFound("familyTicketOver");
            db.Scope = AccessScope.Whole;
            var phones = await FamilyPhones.OfAsync(db, ticket, cancellationToken);
            return new Response([.. phones.Select(phone => phone.Shown)], ticket.CodeId is not null);
        }
    }
}

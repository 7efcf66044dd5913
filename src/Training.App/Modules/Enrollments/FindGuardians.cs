using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments;

/// <summary>
/// The guardians who have a phone, so that a brother or sister is registered without typing them again. Within the caller's scope
/// alone: a phone that is known elsewhere answers like one that nobody has. The number travels in a body, never in an address.
/// </summary>
internal static class FindGuardians
{
    private const int Most = 10;

    internal sealed record Request([property: Description("Phone, as typed.")] string? Phone);

    /// <param name="Name">The guardian's name; to be sent as it is, so that the same guardian is meant.</param>
    /// <param name="Relationship">The capacity towards the child registered last.</param>
    /// <param name="Language">Language of messages.</param>
    /// <param name="Children">Children the caller sees, by name.</param>
    internal sealed record Item(string Name, Relationship Relationship, FamilyLanguage Language, IReadOnlyList<ChildItem> Children);

    /// <param name="Participant">Participant code.</param>
    /// <param name="Name">Name in Latin letters, in Arabic ones where only those are known.</param>
    /// <param name="NameAr">Arabic name; null when unknown.</param>
    internal sealed record ChildItem(string Participant, string Name, string? NameAr);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/guardians/search", PostAsync).WithName("FindGuardians")
            .WithSummary("Guardians with a phone, as far as the caller sees their children; changes nothing.")
            .Produces<ItemList<Item>>().ProducesProblem(400);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db)
    {
        public async Task<Result<ItemList<Item>>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            switch (PhoneNumber.Parse(request.Phone, out var phone))
            {
                case PhoneError.None: break;
                case PhoneError.Missing: return Faults.Only("phone", "missing");
                case PhoneError.ForeignCountry: return Faults.Only("phone", "phoneForeign");
                default: return Faults.Only("phone", "phoneMalformed");
            }
            var number = phone.ToString();
            var ties = await (from guardian in db.Set<Guardian>()
                              where guardian.Phone == number
                              join tie in db.Set<Guardianship>() on guardian.Id equals tie.GuardianId
                              join child in db.Set<Participant>() on tie.ParticipantId equals child.Id
                              orderby guardian.Id, child.Id descending
                              select new { Guardian = guardian, tie.Relationship, Child = child }).Take(Most * Most).ToListAsync(cancellationToken);
            return new ItemList<Item>(
            [
                .. ties.GroupBy(tie => tie.Guardian.Id).Take(Most).Select(known => new Item(
                    known.First().Guardian.Name, known.First().Relationship, known.First().Guardian.Language, [.. known.Select(tie => ItemOf(tie.Child))])),
            ], null);
        }

        private static ChildItem ItemOf(Participant child)
        {
            var arabic = DisplayName.Join(child.GivenNameAr, child.FamilyNameAr);
            return new ChildItem(ParticipantCode.FromKey(child.Id).ToString(), DisplayName.Join(child.GivenName, child.FamilyName) ?? arabic ?? "", arabic);
        }
    }
}

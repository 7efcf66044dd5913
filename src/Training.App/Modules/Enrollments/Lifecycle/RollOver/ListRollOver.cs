using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Lifecycle.RollOver;

/// <summary>
/// Who can be taken over to the edition that follows: everybody who has a place or waits in the one before, each with what stands in
/// the way. Nobody is dropped silently: who has grown too old is listed with the rule and the facts.
/// </summary>
internal static class ListRollOver
{
    private const int PartSize = 200;

    /// <param name="Site">Site code.</param>
    /// <param name="To">Code of the edition to come.</param>
    /// <param name="Group">Group id in the edition before; null for all groups.</param>
    /// <param name="Cursor">Where the last part ended; null for the first.</param>
    internal sealed record Request(string? Site, string? To, string? Group = null, string? Cursor = null);

    internal enum State : byte
    {
        /// <summary>Can be taken over.</summary>
        Ready = 1,

        /// <summary>Enrolled in the edition already, here or elsewhere.</summary>
        AlreadyEnrolled,

        /// <summary>A rule of the edition refuses.</summary>
        Refused,
    }

    /// <param name="Enrollment">Id of the enrollment in the edition before.</param>
    /// <param name="Participant">Participant code.</param>
    /// <param name="Name">Name in Latin letters, in Arabic ones where only those are known.</param>
    /// <param name="NameAr">Arabic name; null when unknown.</param>
    /// <param name="BirthDate">Birth date.</param>
    /// <param name="Group">Group id in the edition before.</param>
    /// <param name="GroupName">Its name; the group of the same name is proposed in the edition to come.</param>
    /// <param name="Category">Football category in the season to come; null outside football.</param>
    /// <param name="State">What can be done.</param>
    /// <param name="Refusal">The rule that refuses, with its facts; null when none does.</param>
    /// <param name="Guardians">Who may sign, in the order of contact.</param>
    internal sealed record Item(
        string Enrollment, string Participant, string Name, string? NameAr, DateOnly BirthDate, string Group, string GroupName, string? Category,
        State State, RefusalItem? Refusal, IReadOnlyList<GuardianItem> Guardians);

    /// <param name="Code">Stable code.</param>
    /// <param name="Message">In the caller's language.</param>
    internal sealed record RefusalItem(string Code, string Message)
    {
        public static RefusalItem Of(Error error, Texts texts) => new(error.Code, texts.Error(error.Code, error.Facts));
    }

    /// <param name="Position">Order of contact, from 1.</param>
    /// <param name="Name">Name.</param>
    /// <param name="Relationship">Capacity.</param>
    internal sealed record GuardianItem(int Position, string Name, Relationship Relationship);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/rollover", GetAsync).WithName("ListRollOver")
            .WithSummary("Who can be taken over to the edition that follows, and what stands in the way of the others.")
            .Produces<ItemList<Item>>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);

    private static async Task<IResult> GetAsync(
        string? site, [Description("Code of the edition to come.")] string? to,
        [Description("Group id in the edition before; left out: all.")] string? group, string? cursor, Handler handler, Texts texts,
        CancellationToken cancellationToken) =>
        (await handler.HandleAsync(new Request(site, to, group, cursor), cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, Caller caller, Texts texts, TimeProvider time)
    {
        public async Task<Result<ItemList<Item>>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var found = RollOverPlace.Find(directory, caller, request.Site, request.To);
            if (!found.Succeeded) return found.Error;
            var (site, from, to) = found.Value;
            var after = request.Cursor is null ? 0 : OpaqueId.ParseEnrollment(request.Cursor);
            if (after is null) return Faults.Only("cursor", "unknownValue");

            var live = db.Set<Enrollment>().Where(row => row.SiteId == site.Id && row.EditionId == from.Id && row.Slot == 0 && row.Id > after);
            if (request.Group is not null)
            {
                var key = OpaqueId.ParseGroup(request.Group) ?? 0;
                live = live.Where(row => row.GroupId == key);
            }
            var rows = await (from row in live
                              join child in db.Set<Participant>() on row.ParticipantId equals child.Id
                              join place in db.Set<Group>() on row.GroupId equals place.Id
                              orderby row.Id
                              select new { Row = row, Child = child, Group = place.Name }).Take(PartSize + 1).ToListAsync(cancellationToken);
            var part = rows.Take(PartSize).ToList();
            var children = part.Select(row => row.Child.Id).ToArray();
            // Also those whom another site has enrolled.
            var enrolled = await db.Set<Enrollment>().IgnoreQueryFilters()
                .Where(row => row.EditionId == to.Id && row.Slot == 0 && EF.Parameter(children).Contains(row.ParticipantId))
                .Select(row => row.ParticipantId).ToHashSetAsync(cancellationToken);
            var guardians = await GuardiansAsync(children, cancellationToken);
            var today = time.Today();
            return new ItemList<Item>(
                [.. part.Select(row => ItemOf(row.Row, row.Child, row.Group, to, enrolled.Contains(row.Child.Id), [.. guardians[row.Child.Id]], today))],
                rows.Count > PartSize ? OpaqueId.Enrollment(part[^1].Row.Id) : null);
        }

        private Item ItemOf(
            Enrollment row, Participant child, string group, Edition to, bool isEnrolled, IReadOnlyList<GuardianItem> guardians, DateOnly today)
        {
            var refusal = isEnrolled ? null : Registration.Eligibility(to, child.BirthDate, today);
            var arabic = DisplayName.Join(child.GivenNameAr, child.FamilyNameAr);
            return new Item(
                OpaqueId.Enrollment(row.Id), ParticipantCode.FromKey(child.Id).ToString(),
                DisplayName.Join(child.GivenName, child.FamilyName) ?? arabic ?? "", arabic, child.BirthDate, OpaqueId.Group(row.GroupId), group,
                to.CategoryOf(child.BirthDate)?.Code, isEnrolled ? State.AlreadyEnrolled : refusal is null ? State.Ready : State.Refused,
                refusal is null ? null : RefusalItem.Of(refusal, texts), guardians);
        }

        private async Task<ILookup<int, GuardianItem>> GuardiansAsync(int[] children, CancellationToken cancellationToken)
        {
            var ties = await (from tie in db.Set<Guardianship>().Where(row => EF.Parameter(children).Contains(row.ParticipantId))
                              join guardian in db.Set<Guardian>() on tie.GuardianId equals guardian.Id
                              orderby tie.ParticipantId, tie.Position
                              select new { tie.ParticipantId, tie.Relationship, guardian.Name }).ToListAsync(cancellationToken);
            return ties.GroupBy(tie => tie.ParticipantId)
                .SelectMany(family => family.Select((tie, index) => (Child: family.Key, Item: new GuardianItem(index + 1, tie.Name, tie.Relationship))))
                .ToLookup(tie => tie.Child, tie => tie.Item);
        }
    }
}

using System.Net.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Data;
using Training.Data.Access;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Access;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Access.People;

/// <summary>
/// Gives a person a role below the caller's own, within the caller's scope; who has no account yet gets one without a password, and a
/// link to set it. A person may hold several roles.
/// </summary>
internal static class InvitePerson
{
    /// <param name="Email">Address, the name of the account.</param>
    /// <param name="Name">Name shown to colleagues; of an account that exists already its own stays.</param>
    /// <param name="Language">Interface language.</param>
    /// <param name="Role">The role.</param>
    /// <param name="Place">Code of the region or league of a coordinator, of the site of a coach or facilitator, id of the group of an assistant; null for the others.</param>
    /// <param name="StartsOn">First day; null: today.</param>
    /// <param name="EndsOn">Last day; null: without end.</param>
    internal sealed record Request(string? Email, string? Name, string? Language, Role? Role, string? Place, DateOnly? StartsOn, DateOnly? EndsOn);

    /// <param name="Account">Internal key of the account.</param>
    /// <param name="Link">What the person opens, shown once; null when the person has a password already.</param>
    internal sealed record Response(int Account, SentLink? Link);

    internal sealed class Handler(
        PeopleReach reach, InvitationLinks links, TrainingDbContext db, DirectoryCatalog catalog, IWriteGate gate, IDatabaseProvider provider, ILookupNormalizer normalizer,
        Caller caller, TimeProvider time)
    {
        private const int NameMax = 120;

        /// <returns>Refused with <c>roleHeld</c> when the person holds the role there already.</returns>
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var faults = new Faults();
            var name = PersonText.Clean(request.Name);
            if (name.Length is 0 or > NameMax) faults.Add("name", name.Length == 0 ? "missing" : "tooLong", ("max", NameMax));
            if (!MailAddress.TryCreate(request.Email?.Trim(), out var address)) faults.Add("email", "emailMalformed");
            if (request.Language is not ("ar" or "fr" or "en")) faults.Add("language", "unknownLanguage");
            if (request.EndsOn < (request.StartsOn ?? time.Today())) faults.Add("endsOn", "endsBeforeStart");
            var code = string.IsNullOrWhiteSpace(request.Place) ? null : request.Place.Trim();
            var asked = OpaqueId.ParseGroup(code) is { } key ? await db.Set<Group>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == key, cancellationToken) : null;
            var place = GrantPlace.For(request.Role, code, directory, asked);
            if (request.Role is not { } role || !reach.Roles.Contains(role)) faults.Add("role", "roleNotYours");
            else if (place is null || !reach.Covers(role, place, directory)) faults.Add("place", "placeNotYours");
            if (!faults.None) return faults.ToError();

            var account = new Account
            {
                UserName = address!.Address, NormalizedUserName = normalizer.NormalizeName(address.Address), Email = address.Address,
                NormalizedEmail = normalizer.NormalizeEmail(address.Address), DisplayName = name, Language = request.Language!,
                SecurityStamp = Guid.NewGuid().ToString("N"), LockoutEnabled = true, LastSeenAt = time.GetUtcNow(),
            };
            var grant = (Role: request.Role!.Value, Place: place!, request.StartsOn, request.EndsOn);
            var (link, secret) = links.New();
            var written = await WriteAsync(account, grant, secret, directory, cancellationToken);
            if (!written.Succeeded) return written.Error;
            var (id, isNew) = written.Value;
            return new Response(id, isNew ? await links.SendAsync(account, link, cancellationToken) : null);
        }

        private async Task<Result<(int Id, bool IsNew)>> WriteAsync(
            Account account, (Role Role, GrantPlace Place, DateOnly? StartsOn, DateOnly? EndsOn) grant, string secret, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            var (now, today, place) = (time.GetUtcNow(), time.Today(), grant.Place);
            return await gate.WriteAsync<(int, bool)>(
                AccessScope.None,
                async (write, token) =>
                {
                    await provider.SerializeAsync(write.Db, "people", token);
                    var known = await write.Db.Set<Account>().SingleOrDefaultAsync(row => row.NormalizedEmail == account.NormalizedEmail, token);
                    if (known is null)
                    {
                        write.Db.Add(account);
                        await write.Db.SaveChangesAsync(token); // The database gives the key that grant and link need.
                    }
                    var id = known?.Id ?? account.Id;
                    if (await write.Db.Set<RoleGrant>().AnyAsync(
                        row => row.AccountId == id && row.Role == grant.Role && row.RegionId == place.RegionId && row.LeagueId == place.LeagueId && row.SiteId == place.SiteId
                            && row.GroupId == place.GroupId && row.EndedAt == null
                            && (row.EndsOn == null || row.EndsOn >= today), token)) return Error.Conflict("roleHeld");
                    write.Db.Add(new RoleGrant
                    {
                        AccountId = id, Role = grant.Role, RegionId = place.RegionId, LeagueId = place.LeagueId, SiteId = place.SiteId, GroupId = place.GroupId,
                        GroupSiteId = place.GroupSiteId, StartsOn = grant.StartsOn, EndsOn = grant.EndsOn,
                        GrantedBy = caller.Name, GrantedAt = now,
                    });
                    // A new link takes the place of the earlier one, so it goes only to whom nobody above the caller gave a role: else a coach
                    // would set the password of a coordinator who has not come in yet.
                    var waits = known is null || (known.PasswordHash is null
                        && (await write.Db.Set<RoleGrant>().AsNoTracking().Where(row => row.AccountId == id && row.EndedAt == null).ToListAsync(token))
                            .TrueForAll(row => reach.Covers(row.Role, GrantPlace.Of(row), directory)));
                    if (waits) await links.ReplaceAsync(write.Db, id, secret, caller.Name, token);
                    await write.Db.SaveChangesAsync(token);
                    return (id, waits);
                },
                cancellationToken);
        }
    }
}

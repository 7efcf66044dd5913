using System.Net.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Data.Access;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Access;
using Training.Domain.Common;

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
    /// <param name="Place">Code of the region of a coordinator, of the site of a coach or facilitator; null for the others.</param>
    /// <param name="StartsOn">First day; null: today.</param>
    /// <param name="EndsOn">Last day; null: without end.</param>
    internal sealed record Request(string? Email, string? Name, string? Language, Role? Role, string? Place, DateOnly? StartsOn, DateOnly? EndsOn);

    /// <param name="Account">Internal key of the account.</param>
    /// <param name="Link">What the person opens, shown once; null when the person has a password already.</param>
    internal sealed record Response(int Account, SentLink? Link);

    internal sealed class Handler(
        PeopleReach reach, InvitationLinks links, DirectoryCatalog catalog, IWriteGate gate, IDatabaseProvider provider, ILookupNormalizer normalizer,
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
            var (region, site) = PlaceOf(request, directory);
            if (request.Role is not { } role || !reach.Roles.Contains(role)) faults.Add("role", "roleNotYours");
            else if (!reach.Covers(role, region, site, directory) || !Fits(role, region, site)) faults.Add("place", "placeNotYours");
            if (!faults.None) return faults.ToError();

            var account = new Account
            {
                UserName = address!.Address, NormalizedUserName = normalizer.NormalizeName(address.Address), Email = address.Address,
                NormalizedEmail = normalizer.NormalizeEmail(address.Address), DisplayName = name, Language = request.Language!,
                SecurityStamp = Guid.NewGuid().ToString("N"), LockoutEnabled = true, LastSeenAt = time.GetUtcNow(),
            };
            var grant = (Role: request.Role!.Value, Region: region, Site: site, request.StartsOn, request.EndsOn);
            var (link, secret) = links.New();
            var written = await WriteAsync(account, grant, secret, cancellationToken);
            if (!written.Succeeded) return written.Error;
            var (id, isNew) = written.Value;
            return new Response(id, isNew ? await links.SendAsync(account, link, cancellationToken) : null);
        }

        private async Task<Result<(int Id, bool IsNew)>> WriteAsync(
            Account account, (Role Role, int? Region, int? Site, DateOnly? StartsOn, DateOnly? EndsOn) grant, string secret, CancellationToken cancellationToken)
        {
            var (now, today) = (time.GetUtcNow(), time.Today());
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
                        row => row.AccountId == id && row.Role == grant.Role && row.RegionId == grant.Region && row.SiteId == grant.Site && row.EndedAt == null
                            && (row.EndsOn == null || row.EndsOn >= today), token)) return Error.Conflict("roleHeld");
                    write.Db.Add(new RoleGrant
                    {
                        AccountId = id, Role = grant.Role, RegionId = grant.Region, SiteId = grant.Site, StartsOn = grant.StartsOn, EndsOn = grant.EndsOn,
                        GrantedBy = caller.Name, GrantedAt = now,
                    });
                    var waits = known is null || known.PasswordHash is null;
                    if (waits) await links.ReplaceAsync(write.Db, id, secret, caller.Name, token);
                    await write.Db.SaveChangesAsync(token);
                    return (id, waits);
                },
                cancellationToken);
        }

        private static (int? Region, int? Site) PlaceOf(Request request, DirectorySnapshot directory) => request.Role switch
        {
            Role.Coordinator => (directory.FindRegion(request.Place)?.Id, null),
            Role.Coach or Role.Facilitator => (null, directory.FindSite(request.Place)?.Id),
            _ => (null, null),
        };

        private static bool Fits(Role role, int? region, int? site) => role switch
        {
            Role.Coordinator => region is not null,
            Role.Coach or Role.Facilitator => site is not null,
            _ => true,
        };
    }
}

using System.Net.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Access.People;
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

namespace Training.App.Modules.Access;

/// <summary>Gives an adult an account and its roles. A coach or facilitator works for a site, a coordinator for a region or a league, an assistant for a group.</summary>
internal static class CreateAccount
{
    internal sealed record Request(string? Email, string? DisplayName, string? Password, string Language, IReadOnlyList<Grant> Grants)
    {
        /// <summary>True for the demo, whose owner may choose any password, and which no second factor is asked of.</summary>
        public bool IsDemo { get; init; }
    }

    /// <param name="Role">The role.</param>
    /// <param name="Region">Region code; null when not by region.</param>
    /// <param name="Site">Site code; null when not by site.</param>
    /// <param name="League">Code of a regional league; null when not by league.</param>
    /// <param name="Group">Group id; null when not by group.</param>
    internal sealed record Grant(Role Role, string? Region = null, string? Site = null, string? League = null, string? Group = null);

    internal sealed class Handler(
        TrainingDbContext db, DirectoryCatalog catalog, IWriteGate gate, IDatabaseProvider provider, IPasswordHasher<Account> hasher,
        ILookupNormalizer normalizer, TimeProvider time)
    {
        private const int NameMax = 120;

        /// <returns>Refused with <c>accountExists</c> when the address has one already.</returns>
        public async Task<Result<Done>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var faults = new Faults();
            var name = PersonText.Clean(request.DisplayName);
            if (name.Length is 0 or > NameMax) faults.Add("displayName", name.Length == 0 ? "missing" : "tooLong", ("max", NameMax));
            if (!MailAddress.TryCreate(request.Email, out var address)) faults.Add("email", "emailMalformed");
            if (!request.IsDemo) PasswordRule.Check(request.Password, [name, request.Email ?? ""], CommonPasswords.Contains, faults);
            else if (string.IsNullOrEmpty(request.Password)) faults.Add("password", "missing");
            if (request.Language is not ("ar" or "fr" or "en")) faults.Add("language", "unknownLanguage");
            var scopes = new List<(Role Role, GrantPlace Place)>();
            for (var i = 0; i < request.Grants.Count; i++)
            {
                if (await PlaceOfAsync(request.Grants[i], directory, cancellationToken) is { } place) scopes.Add((request.Grants[i].Role, place));
                else faults.Add($"grants[{i}]", "scopeMalformed");
            }
            if (!faults.None) return faults.ToError();

            var hash = hasher.HashPassword(new Account { DisplayName = name }, request.Password!);
            return await WriteAsync(() => AccountOf(address!.Address, name, hash, request), scopes, cancellationToken);
        }

        private async Task<Result<Done>> WriteAsync(
            Func<Account> create, List<(Role Role, GrantPlace Place)> scopes, CancellationToken cancellationToken)
        {
            try
            {
                return await gate.WriteAsync<Done>(
                    AccessScope.None,
                    async (session, token) =>
                    {
                        var account = create();
                        session.Db.Add(account);
                        await session.Db.SaveChangesAsync(token); // The database gives the key that the grants need.
                        session.Db.AddRange(scopes.Select(scope => new RoleGrant
                        {
                            AccountId = account.Id,
                            Role = scope.Role,
                            RegionId = scope.Place.RegionId,
                            LeagueId = scope.Place.LeagueId,
                            SiteId = scope.Place.SiteId,
                            GroupId = scope.Place.GroupId,
                            GroupSiteId = scope.Place.GroupSiteId,
                        }));
                        await session.Db.SaveChangesAsync(token);
                        return new Done();
                    },
                    cancellationToken);
            }
            catch (Exception refused) when (provider.UniqueViolation(refused) == "Accounts")
            {
                return Error.Conflict("accountExists");
            }
        }

        private Account AccountOf(string email, string name, string hash, Request request) => new()
        {
            UserName = email,
            NormalizedUserName = normalizer.NormalizeName(email),
            Email = email,
            NormalizedEmail = normalizer.NormalizeEmail(email),
            EmailConfirmed = true,
            DisplayName = name,
            Language = request.Language,
            IsDemo = request.IsDemo,
            LastSeenAt = time.GetUtcNow(),
            PasswordHash = hash,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            LockoutEnabled = true,
        };

        /// <summary>The place of a grant; null unless exactly the place that fits the role is named.</summary>
        private async Task<GrantPlace?> PlaceOfAsync(Grant grant, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            string?[] named = [.. new[] { grant.Region, grant.Site, grant.League, grant.Group }.Where(code => code is not null)];
            if (named.Length > 1) return null;
            var asked = OpaqueId.ParseGroup(grant.Group) is { } key ? await db.Set<Group>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == key, cancellationToken) : null;
            var place = GrantPlace.For(grant.Role, named.FirstOrDefault(), directory, asked);
            var fits = (place?.RegionId is null) == (grant.Region is null) && (place?.LeagueId is null) == (grant.League is null)
                && (place?.SiteId is null) == (grant.Site is null) && (place?.GroupId is null) == (grant.Group is null);
            return fits ? place : null;
        }
    }
}

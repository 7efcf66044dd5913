using System.Net.Mail;
using Microsoft.AspNetCore.Identity;
using Training.App.Platform.Directory;
using Training.Data.Access;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Access;
using Training.Domain.Common;

namespace Training.App.Modules.Access;

/// <summary>Gives an adult an account and its roles. A coach or facilitator works for a site, a coordinator for a region.</summary>
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
    internal sealed record Grant(Role Role, string? Region = null, string? Site = null);

    internal sealed class Handler(
        DirectoryCatalog catalog, IWriteGate gate, IDatabaseProvider provider, IPasswordHasher<Account> hasher,
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
            var scopes = new List<(Role Role, int? Region, int? Site)>();
            for (var i = 0; i < request.Grants.Count; i++)
            {
                if (ScopeOf(request.Grants[i], directory) is { } scope) scopes.Add(scope);
                else faults.Add($"grants[{i}]", "scopeMalformed");
            }
            if (!faults.None) return faults.ToError();

            var hash = hasher.HashPassword(new Account { DisplayName = name }, request.Password!);
            return await WriteAsync(() => AccountOf(address!.Address, name, hash, request), scopes, cancellationToken);
        }

        private async Task<Result<Done>> WriteAsync(
            Func<Account> create, List<(Role Role, int? Region, int? Site)> scopes, CancellationToken cancellationToken)
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
                            RegionId = scope.Region,
                            SiteId = scope.Site,
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

        private static (Role Role, int? Region, int? Site)? ScopeOf(Grant grant, DirectorySnapshot directory) => grant.Role switch
        {
            Role.Directorate or Role.Operator when grant is { Region: null, Site: null } => (grant.Role, null, null),
            Role.Coordinator when grant.Site is null && directory.FindRegion(grant.Region) is { } region => (grant.Role, region.Id, null),
            Role.Coach or Role.Facilitator when grant.Region is null && directory.FindSite(grant.Site) is { } site => (grant.Role, null, site.Id),
            _ => null,
        };
    }
}

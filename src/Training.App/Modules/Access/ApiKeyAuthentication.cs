using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Training.App.Platform.Configuration;
using Training.App.Platform.Http;
using Training.Data;
using Training.Data.Access;
using Training.Domain.Access;

namespace Training.App.Modules.Access;

/// <summary>Signs machines in by <c>Authorization: Bearer</c>: keys of organisations, and the bootstrap key.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> schemeOptions, ILoggerFactory loggers, UrlEncoder encoder,
    AppOptions options, DbContextOptions<TrainingDbContext> database, IMemoryCache cache, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemeOptions, loggers, encoder)
{
    public const string SchemeName = "ApiKey";

    /// <summary>How long a revoked key may go on working.</summary>
    private static readonly TimeSpan KeyLife = TimeSpan.FromSeconds(20);

    /// <summary>The stored form of a key.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        const string prefix = "Bearer ";
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();

        var hash = HashOf(header[prefix.Length..].Trim());
        var identity = await cache.GetOrCreateAsync(("api-key", hash), async entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = KeyLife;
            return await IdentifyAsync(hash);
        });
        return identity is null
            ? AuthenticateResult.Fail("The key is not known.")
            : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    private async Task<ClaimsIdentity?> IdentifyAsync(string hash)
    {
        if (options.BootstrapKey is { } bootstrap && Same(HashOf(bootstrap), hash))
            return Identity("bootstrap", [Role.Directorate, Role.Machine], regionId: null, siteId: null);

        var now = time.GetUtcNow();
        await using var db = new TrainingDbContext(database);
        var key = await db.Set<ApiKey>().AsNoTracking()
            .Where(row => row.Hash == hash && row.RevokedAt == null && (row.ExpiresAt == null || row.ExpiresAt > now))
            .SingleOrDefaultAsync(Context.RequestAborted);
        return key is null ? null : Identity($"key:{key.Id}", [Role.Machine], key.RegionId, key.SiteId);
    }

    private ClaimsIdentity Identity(string name, Role[] roles, int? regionId, int? siteId)
    {
        var identity = new ClaimsIdentity(Scheme.Name);
        identity.AddClaim(new Claim(CallerClaims.Name, name));
        foreach (var role in roles) identity.AddClaim(new Claim(ClaimTypes.Role, role.ToString()));
        identity.AddClaims(ScopeClaims.Of(regionId, siteId));
        return identity;
    }

    private static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));
}

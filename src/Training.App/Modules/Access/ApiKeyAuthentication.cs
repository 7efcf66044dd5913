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
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Access;
using Training.Domain.Common;

namespace Training.App.Modules.Access;

/// <summary>Signs machines in by <c>Authorization: Bearer</c>: keys of organisations, and the bootstrap key.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> schemeOptions, ILoggerFactory loggers, UrlEncoder encoder,
    AppOptions options, DbContextOptions<TrainingDbContext> database, IMemoryCache cache, IWriteGate gate, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemeOptions, loggers, encoder)
{
    public const string SchemeName = "ApiKey";

    /// <summary>How long a revoked key may go on working.</summary>
    private static readonly TimeSpan KeyLife = TimeSpan.FromSeconds(20);

    /// <summary>Where a process remembers a key; a revoked one is forgotten here at once, in the others within <see cref="KeyLife"/>.</summary>
    public static object CacheKey(string hash) => ("api-key", hash);

    /// <summary>How exactly it is written down when a key was last used.</summary>
    private static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(10);

    private sealed record Holder(string Name, Role[] Roles, int? RegionId, int? SiteId, KeyScopes Scopes, DateTimeOffset? ExpiresAt);

    /// <summary>The stored form of a key.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        const string prefix = "Bearer ";
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();

        var hash = HashOf(header[prefix.Length..].Trim());
        var holder = await cache.GetOrCreateAsync(CacheKey(hash), async entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = KeyLife;
            return await IdentifyAsync(hash);
        });
        return holder is null || holder.ExpiresAt <= time.GetUtcNow()
            ? AuthenticateResult.Fail("The key is not known.")
            : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(Identity(holder)), Scheme.Name));
    }

    private async Task<Holder?> IdentifyAsync(string hash)
    {
        if (options.BootstrapKey is { } bootstrap && Same(HashOf(bootstrap), hash))
            return new Holder("bootstrap", [Role.Directorate, Role.Machine], RegionId: null, SiteId: null, KeyScopes.All, ExpiresAt: null);

        var now = time.GetUtcNow();
        await using var db = new TrainingDbContext(database);
        var key = await db.Set<ApiKey>().AsNoTracking()
            .Where(row => row.Hash == hash && row.RevokedAt == null && (row.ExpiresAt == null || row.ExpiresAt > now))
            .SingleOrDefaultAsync(Context.RequestAborted);
        if (key is null) return null;
        if (!(now - key.LastUsedAt < UsedEvery)) await NoteUsedAsync(key.Id, now);
        return new Holder($"key:{key.Id}", [Role.Machine], key.RegionId, key.SiteId, key.Scopes ?? KeyScopes.All, key.ExpiresAt);
    }

    private Task NoteUsedAsync(int id, DateTimeOffset now) => gate.WriteAsync<Done>(
        AccessScope.None,
        async (write, token) =>
        {
            await write.Db.Set<ApiKey>().Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, now), token);
            return new Done();
        },
        Context.RequestAborted);

    /// <summary>A key whose scopes do not cover the request is known, but holds no role for it.</summary>
    private ClaimsIdentity Identity(Holder holder)
    {
        var identity = new ClaimsIdentity(Scheme.Name);
        identity.AddClaim(new Claim(CallerClaims.Name, holder.Name));
        if (!holder.Scopes.HasFlag(Needed(Request))) return identity;
        foreach (var role in holder.Roles) identity.AddClaim(new Claim(ClaimTypes.Role, role.ToString()));
        identity.AddClaims(ScopeClaims.Of(holder.RegionId, holder.SiteId));
        return identity;
    }

    /// <summary>What a request asks of a key. A search is sent as a body so that no name stands in an address; it reads.</summary>
    private static KeyScopes Needed(HttpRequest request) =>
        request.Path.StartsWithSegments("/api/reports") || request.Path.StartsWithSegments("/reports") ? KeyScopes.Report
        : HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Path.Value!.EndsWith("/search", StringComparison.OrdinalIgnoreCase) ? KeyScopes.Read
        : KeyScopes.Write;

    private static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));
}

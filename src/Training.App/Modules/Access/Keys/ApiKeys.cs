using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Data;
using Training.Data.Access;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Access;
using Training.Domain.Common;

namespace Training.App.Modules.Access.Keys;

/// <summary>The keys of organisations within the caller's scope: their use, another in their place, their end.</summary>
internal static class ApiKeys
{
    /// <summary>How long a key goes on working beside the one that takes its place, so that nothing stands still meanwhile.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(7);

    /// <param name="Id">Internal key.</param>
    /// <param name="Organisation">Whose.</param>
    /// <param name="RegionId">Its region; null when not by region.</param>
    /// <param name="SiteId">Its site; null when not by site.</param>
    /// <param name="Scopes">What it may be used for.</param>
    /// <param name="CreatedAt">When it was made; null when not written down.</param>
    /// <param name="LastUsedAt">When it was last used; null when never since that is written down.</param>
    /// <param name="ExpiresAt">When it stops; null when it does not.</param>
    /// <param name="Works">True while it works.</param>
    internal sealed record Line(
        int Id, string Organisation, int? RegionId, int? SiteId, KeyScopes Scopes, DateTimeOffset? CreatedAt, DateTimeOffset? LastUsedAt,
        DateTimeOffset? ExpiresAt, bool Works);

    internal sealed class Handler(TrainingDbContext db, CreateApiKey.Handler create, DirectoryCatalog catalog, IWriteGate gate, IMemoryCache cache, Caller caller, TimeProvider time)
    {
        private const int Most = 200;

        public async Task<IReadOnlyList<Line>> ListAsync(CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var now = time.GetUtcNow();
            var rows = await db.Set<ApiKey>().AsNoTracking().OrderByDescending(row => row.Id).ToListAsync(cancellationToken);
            return
            [
                .. rows.Where(row => IsMine(row.RegionId, row.SiteId, directory)).Take(Most).Select(row => new Line(
                    row.Id, row.Organisation, row.RegionId, row.SiteId, row.Scopes ?? KeyScopes.All, row.CreatedAt, row.LastUsedAt, row.ExpiresAt,
                    row.RevokedAt is null && !(row.ExpiresAt <= now))),
            ];
        }

        /// <summary>Makes a key within the caller's scope.</summary>
        public async Task<Result<CreateApiKey.Response>> CreateAsync(CreateApiKey.Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var (region, site) = (directory.FindRegion(request.Region)?.Id, directory.FindSite(request.Site)?.Id);
            return IsMine(region, site, directory) ? await create.HandleAsync(request, cancellationToken) : Faults.Only("place", "placeNotYours");
        }

        /// <summary>Another key with the same scope; the old one works beside it for a week.</summary>
        public async Task<Result<CreateApiKey.Response>> RotateAsync(int id, CancellationToken cancellationToken)
        {
            var key = CreateApiKey.Handler.New();
            return (await ChangeAsync(
                id,
                (old, write) =>
                {
                    var now = time.GetUtcNow();
                    write.Db.Add(new ApiKey
                    {
                        Organisation = old.Organisation, Hash = ApiKeyAuthentication.HashOf(key), RegionId = old.RegionId, SiteId = old.SiteId, Scopes = old.Scopes,
                        CreatedAt = now, CreatedBy = caller.Name, ExpiresAt = old.ExpiresAt,
                    });
                    if (!(old.ExpiresAt < now + Overlap)) old.ExpiresAt = now + Overlap;
                },
                cancellationToken)).Map(_ => new CreateApiKey.Response(key));
        }

        /// <summary>Ends a key; this process forgets it at once, the others within twenty seconds.</summary>
        public async Task<Result<Done>> RevokeAsync(int id, CancellationToken cancellationToken)
        {
            var hash = "";
            var revoked = await ChangeAsync(id, (key, _) => (hash, key.RevokedAt) = (key.Hash, time.GetUtcNow()), cancellationToken);
            cache.Remove(ApiKeyAuthentication.CacheKey(hash));
            return revoked;
        }

        private async Task<Result<Done>> ChangeAsync(int id, Action<ApiKey, WriteSession> change, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            return await gate.WriteAsync<Done>(
                AccessScope.None,
                async (write, token) =>
                {
                    var row = await write.Db.Set<ApiKey>().AsTracking().SingleOrDefaultAsync(key => key.Id == id && key.RevokedAt == null, token);
                    if (row is null || !IsMine(row.RegionId, row.SiteId, directory)) return Error.NotFound("keyNotFound");
                    change(row, write);
                    await write.Db.SaveChangesAsync(token);
                    return new Done();
                },
                cancellationToken);
        }

        private bool IsMine(int? regionId, int? siteId, DirectorySnapshot directory) => caller.Coordinated.Nation
            || (regionId is { } region && caller.Coordinated.Regions.Contains(region))
            || (siteId is { } site && caller.Coordinated.Covers(site, directory.Site(site).RegionId));
    }
}

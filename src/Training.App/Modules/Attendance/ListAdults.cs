using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Access;
using Training.Domain.Access;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Attendance;

/// <summary>The adults of a session: who was recorded, and which accounts of its place can be.</summary>
internal static class ListAdults
{
    private const string Prefix = "account:";

    /// <summary>Who was there, in order, and the accounts that work today at the site, for its league or its region.</summary>
    internal sealed record Response(IReadOnlyList<Item> Recorded, IReadOnlyList<Item> Known);

    /// <summary>An adult; the account is null for a name that was written in.</summary>
    internal sealed record Item(string? Account, string Name);

    /// <summary>The key of an account id as the API writes it; null when it is none.</summary>
    public static int? ParseAccount(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(text.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var key)
            ? key : null;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/{id}/adults", GetAsync).WithName("ListSessionAdults").WithSummary("Adults recorded at a session, and accounts that can be.")
            .Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(string id, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(id, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db, DirectoryCatalog catalog, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            var key = OpaqueId.ParseSession(id) ?? 0;
            var session = await db.Set<Session>().Where(row => row.Id == key).Select(row => new { row.SiteId, row.GroupId })
                .SingleOrDefaultAsync(cancellationToken);
            if (session is null) return Error.NotFound("sessionNotFound");
            var recorded = await db.Set<SessionAdult>().Where(row => row.SessionId == key).OrderBy(row => row.Position).ToListAsync(cancellationToken);
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var known = await WorkingAt(db.Set<RoleGrant>(), db.Set<Account>(), directory.Site(session.SiteId), session.GroupId, time.Today())
                .Select(account => new { account.Id, account.DisplayName }).Distinct().ToListAsync(cancellationToken);
            return new Response(
                [.. recorded.Select(row => new Item(row.AccountId is { } account ? Name(account) : null, row.Name))],
                [.. known.OrderBy(row => row.DisplayName, StringComparer.CurrentCulture).Select(row => new Item(Name(row.Id), row.DisplayName))]);
        }
    }

    /// <summary>Accounts of who on a day works at a session's site or for its group, or answers for its league or region.</summary>
    public static IQueryable<Account> WorkingAt(IQueryable<RoleGrant> grants, IQueryable<Account> accounts, Site site, int groupId, DateOnly today)
    {
        // A league is its clubs: a youth house of its territory is none of its. No grant names league 0.
        var (siteId, regionId, leagueId) = (site.Id, site.RegionId, site.Kind == SiteKind.Club ? site.LeagueId : 0);
        return from grant in grants.Where(RoleGrant.CountsOn(today))
               join account in accounts on grant.AccountId equals account.Id
               where (grant.SiteId == siteId && (grant.Role == Role.Coach || grant.Role == Role.Facilitator)) || grant.GroupId == groupId
                   || (grant.Role == Role.Coordinator && (grant.RegionId == regionId || grant.LeagueId == leagueId))
               select account;
    }

    private static string Name(int account) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{account}");
}

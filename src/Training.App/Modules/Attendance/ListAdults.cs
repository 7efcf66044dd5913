using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Access;
using Training.Domain.Access;
using Training.Domain.Attendance;
using Training.Domain.Common;

namespace Training.App.Modules.Attendance;

/// <summary>The adults of a session: who was recorded, and which accounts of its place can be.</summary>
internal static class ListAdults
{
    private const string Prefix = "account:";

    /// <summary>Who was there, in order, and the accounts that work at the site or its region.</summary>
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

    internal sealed class Handler(ReadDb db)
    {
        public async Task<Result<Response>> HandleAsync(string id, CancellationToken cancellationToken)
        {
            var key = OpaqueId.ParseSession(id) ?? 0;
            var session = await db.Set<Session>().Where(row => row.Id == key).Select(row => new { row.SiteId, row.RegionId, row.GroupId })
                .SingleOrDefaultAsync(cancellationToken);
            if (session is null) return Error.NotFound("sessionNotFound");
            var recorded = await db.Set<SessionAdult>().Where(row => row.SessionId == key).OrderBy(row => row.Position).ToListAsync(cancellationToken);
            var known = await WorkingAt(db.Set<RoleGrant>(), db.Set<Account>(), session.SiteId, session.GroupId, session.RegionId)
                .Select(account => new { account.Id, account.DisplayName }).Distinct().ToListAsync(cancellationToken);
            return new Response(
                [.. recorded.Select(row => new Item(row.AccountId is { } account ? Name(account) : null, row.Name))],
                [.. known.OrderBy(row => row.DisplayName, StringComparer.CurrentCulture).Select(row => new Item(Name(row.Id), row.DisplayName))]);
        }
    }

    /// <summary>Accounts of who works at a session's site or for its group, or answers for its region.</summary>
    public static IQueryable<Account> WorkingAt(IQueryable<RoleGrant> grants, IQueryable<Account> accounts, int siteId, int groupId, int regionId) =>
        from grant in grants
        join account in accounts on grant.AccountId equals account.Id
        where (grant.SiteId == siteId && (grant.Role == Role.Coach || grant.Role == Role.Facilitator)) || grant.GroupId == groupId
            || (grant.RegionId == regionId && grant.Role == Role.Coordinator)
        select account;

    private static string Name(int account) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{account}");
}

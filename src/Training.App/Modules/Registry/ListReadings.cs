using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Data.Access;
using Training.Domain.Access;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Registry;

/// <summary>
/// Who read a child's file, when, why and what was shown: for the family, whose right it is to know, and for whoever answers it. A
/// reader is named as colleagues know him; asking for the list is no reading of the file.
/// </summary>
internal static class ListReadings
{
    private const int PageSize = 50;

    /// <param name="At">When.</param>
    /// <param name="Reader">Name of the account, organisation of the key, or <c>null</c> for the family itself and for accounts that are gone.</param>
    /// <param name="Role">In which role; null for keys and families.</param>
    /// <param name="IsFamily">True when the family itself opened the file.</param>
    /// <param name="Door">Where it was read, a stable word.</param>
    /// <param name="Shown">What was shown, stable words.</param>
    /// <param name="Reason">Why, in the reader's words; null where the role needs no reason.</param>
    internal sealed record Item(
        DateTimeOffset At, string? Reader, Role? Role, bool IsFamily, string Door, IReadOnlyList<string> Shown, string? Reason);

    internal sealed record Response(IReadOnlyList<Item> Items, string? Next);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/{code}/readings", GetAsync).WithName("ListReadings").WithSummary("Who read a child's file, when, why and what was shown; latest first.")
            .Produces<Response>().ProducesProblem(404);

    public static void MapForFamilies(IEndpointRouteBuilder routes) =>
        routes.MapGet("/children/{code}/readings", GetAsync).WithName("ListReadingsOfOwnChild").WithSummary("Who read the file of one's own child; latest first.")
            .Produces<Response>().ProducesProblem(404);

    private static async Task<IResult> GetAsync(string code, string? cursor, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, cursor, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(ReadDb db)
    {
        /// <summary>A page of readings of the file and of those that were merged into it.</summary>
        public async Task<Result<Response>> HandleAsync(string? code, string? cursor, CancellationToken cancellationToken)
        {
            var key = await db.FileOfAsync(code, cancellationToken) ?? 0;
            if (!await db.Set<Participant>().AnyAsync(row => row.Id == key, cancellationToken)) return Error.NotFound("participantNotFound");
            var before = long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : long.MaxValue;
            var retired = await db.FormerFilesAsync(key, cancellationToken);
            // The merged file's readings are this child's too, and no enrollment leads to them any more.
            var rows = await db.Set<FileReading>().IgnoreQueryFilters()
                .Where(row => (row.ParticipantId == key || retired.Contains(row.ParticipantId)) && row.Id < before)
                .OrderByDescending(row => row.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
            var shown = rows.Take(PageSize).ToList();
            var readers = await ReadersAsync(shown, cancellationToken);
            return new Response(
                [.. shown.Select(row => Show(row, readers))],
                rows.Count > PageSize ? shown[^1].Id.ToString(CultureInfo.InvariantCulture) : null);
        }

        private static Item Show(FileReading row, Dictionary<string, (string Name, Role? Role)> readers)
        {
            (string? name, Role? role) = readers.TryGetValue(row.Reader, out var known) ? known : (null, (Role?)null);
            return new Item(row.At, name, role, row.Reader.StartsWith("family", StringComparison.Ordinal), row.Door, row.Parts.Words(), row.Reason);
        }

        private async Task<Dictionary<string, (string Name, Role? Role)>> ReadersAsync(List<FileReading> rows, CancellationToken cancellationToken)
        {
            var names = rows.Select(row => row.Reader).Distinct().ToArray();
            var (accounts, keys) = (KeysOf(names, "account:"), KeysOf(names, "key:"));
            var people = await db.Set<Account>().Where(row => accounts.Contains(row.Id)).Select(row => new { row.Id, row.DisplayName }).ToListAsync(cancellationToken);
            var roles = (await db.Set<RoleGrant>().Where(row => accounts.Contains(row.AccountId)).ToListAsync(cancellationToken)).ToLookup(row => row.AccountId);
            var readers = people.ToDictionary(
                row => $"account:{row.Id}", row => (row.DisplayName, roles[row.Id].OrderBy(grant => grant.Id).Select(grant => (Role?)grant.Role).FirstOrDefault()));
            foreach (var key in await db.Set<ApiKey>().Where(row => keys.Contains(row.Id)).Select(row => new { row.Id, row.Organisation }).ToListAsync(cancellationToken))
                readers.Add($"key:{key.Id}", (key.Organisation, null));
            return readers;
        }

        private static int[] KeysOf(string[] names, string kind) =>
            [.. names.Where(name => name.StartsWith(kind, StringComparison.Ordinal))
                .Select(name => int.TryParse(name.AsSpan(kind.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)];
    }
}

using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.App.Modules.Registry.Duplicates;

/// <summary>Pairs of files that wait for a decision, or were decided; what is most alike comes first.</summary>
internal static class ListDuplicates
{
    private const int PartSize = 25;

    /// <param name="Status">What was decided; null: what waits.</param>
    /// <param name="Cursor">Where to go on; null: at the beginning.</param>
    internal sealed record Request(PairDecision? Status, string? Cursor);

    /// <param name="Id">Name of the pair.</param>
    /// <param name="Decision">What was decided.</param>
    /// <param name="Strength">How much speaks for one child.</param>
    /// <param name="Reasons">Stable codes of what the comparison said.</param>
    /// <param name="FoundAt">When it was found.</param>
    /// <param name="DecidedAt">When it was decided; null while nobody has.</param>
    /// <param name="A">The older file.</param>
    /// <param name="B">The newer file.</param>
    /// <param name="MayDecide">True when both files lie wholly in the caller's perimeter.</param>
    internal sealed record Item(
        string Id, PairDecision Decision, PairStrength Strength, IReadOnlyList<string> Reasons, DateTimeOffset FoundAt, DateTimeOffset? DecidedAt,
        PairSide A, PairSide B, bool MayDecide);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/", GetAsync).WithName("ListDuplicates").WithSummary("Pairs of files that may be one child, the most alike first.")
            .WithDescription("A pair is visible to whoever covers a site of either child. The file of another perimeter is shown by initials, "
                + "birth year and region; the directorate sees initials until it opens the pair with a reason.")
            .Produces<ItemList<Item>>().ProducesProblem(400);

    private static async Task<IResult> GetAsync(
        [Description("waiting (default), later, different or same.")] string? status, string? cursor, Handler handler, Texts texts, CancellationToken cancellationToken)
    {
        var wanted = PairDecision.Waiting;
        if (!string.IsNullOrEmpty(status) && (!Enum.TryParse(status, ignoreCase: true, out wanted) || char.IsDigit(status[0])))
        {
            var faults = new Faults();
            faults.Add("status", "notAmong", ("possible", "waiting, later, different, same"));
            return faults.ToError().ToProblem(texts);
        }
        return (await handler.HandleAsync(new Request(wanted, cursor), cancellationToken)).ToHttp(texts, TypedResults.Ok);
    }

    internal sealed class Handler(ReadDb db, PairSides sides)
    {
        public async Task<Result<ItemList<Item>>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var wanted = request.Status ?? PairDecision.Waiting;
            var pairs = db.Set<DuplicatePair>().Where(row => row.Decision == wanted);
            if (!string.IsNullOrEmpty(request.Cursor))
            {
                if (PairId.Parse(request.Cursor[1..]) is not var (low, high) || !byte.TryParse(request.Cursor[..1], out var number))
                {
                    var faults = new Faults();
                    faults.Add("cursor", "unknownValue");
                    return faults.ToError();
                }
                var strength = (PairStrength)number;
                pairs = pairs.Where(row => row.Strength < strength
                    || (row.Strength == strength && (row.LowId > low || (row.LowId == low && row.HighId > high))));
            }
            var found = await pairs.OrderByDescending(row => row.Strength).ThenBy(row => row.LowId).ThenBy(row => row.HighId)
                .Take(PartSize + 1).ToListAsync(cancellationToken);
            var part = found.Take(PartSize).ToList();
            var files = await sides.ReadAsync([.. part.SelectMany(pair => new[] { pair.LowId, pair.HighId }).Distinct()], open: false, cancellationToken);
            return new ItemList<Item>(
                [.. part.Select(pair => Show(pair, files[pair.LowId], files[pair.HighId]))],
                found.Count > PartSize ? $"{(byte)part[^1].Strength}{PairId.Of(part[^1])}" : null);
        }

        private static Item Show(DuplicatePair pair, PairSide a, PairSide b) => new(
            PairId.Of(pair), pair.Decision, pair.Strength, new MatchResult(default, pair.Reasons).Codes(), pair.FoundAt, pair.DecidedAt,
            a, b, a.WhollyInScope && b.WhollyInScope);
    }
}

using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Reporting.Targets;

/// <summary>Says an edition's target by region, or goes back to the arithmetic: the nation's word.</summary>
internal static class SetTargets
{
    internal sealed record Request(
        [property: Description("Youths to enroll by region code; every region, each from 0 to the national target. The sum may differ from it.")]
        IReadOnlyDictionary<string, int?>? Targets);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/", PutAsync).WithName("SetTargets").WithSummary("Set an edition's target by region.")
            .Produces<GetTargets.Response>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        routes.MapDelete("/", DeleteAsync).WithName("ResetTargets").WithSummary("Share an edition's target by the youth aged 8 to 18 again.")
            .Produces<GetTargets.Response>().ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> PutAsync(string code, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    private static async Task<IResult> DeleteAsync(string code, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.ResetAsync(code, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(DirectoryCatalog catalog, IWriteGate gate, Caller caller, TimeProvider time)
    {
        public async Task<Result<GetTargets.Response>> HandleAsync(string? code, Request request, CancellationToken cancellationToken)
        {
            var found = await FindAsync(code, cancellationToken);
            if (!found.Succeeded) return found.Error;
            var (edition, directory) = found.Value;
            var said = request.Targets ?? new Dictionary<string, int?>();
            var faults = new Faults();
            RegionTarget.Check(said, [.. directory.Regions.Select(region => region.Code)], edition.Target, faults);
            if (!faults.None) return faults.ToError();
            var now = time.GetUtcNow();
            return await WriteAsync(edition, directory, (row, region, _) => row.Set(said[region.Code]!.Value, caller.Name, now), cancellationToken);
        }

        public async Task<Result<GetTargets.Response>> ResetAsync(string? code, CancellationToken cancellationToken)
        {
            var found = await FindAsync(code, cancellationToken);
            if (!found.Succeeded) return found.Error;
            var computed = GetTargets.Handler.Computed(found.Value.Edition, found.Value.Directory);
            return await WriteAsync(found.Value.Edition, found.Value.Directory, (row, _, i) => row.Compute(computed[i]), cancellationToken);
        }

        private async Task<Result<(Edition Edition, DirectorySnapshot Directory)>> FindAsync(string? code, CancellationToken cancellationToken)
        {
            if (!caller.Scope.Nation) return Error.Of(ErrorKind.Forbidden, "forbidden");
            var directory = await catalog.SnapshotAsync(cancellationToken);
            return directory.FindEdition(code) is { } edition ? (edition, directory) : Error.NotFound("editionNotFound");
        }

        private async Task<Result<GetTargets.Response>> WriteAsync(
            Edition edition, DirectorySnapshot directory, Action<RegionTarget, Region, int> change, CancellationToken cancellationToken)
        {
            var written = await gate.WriteAsync<Done>(
                caller.Scope,
                async (session, token) =>
                {
                    var rows = await session.Db.Set<RegionTarget>().AsTracking().Where(row => row.EditionId == edition.Id).ToDictionaryAsync(row => row.RegionId, token);
                    foreach (var (i, region) in directory.Regions.Index())
                    {
                        if (!rows.TryGetValue(region.Id, out var row))
                            row = session.Db.Add(new RegionTarget { EditionId = edition.Id, RegionId = region.Id, Target = 0 }).Entity;
                        change(row, region, i);
                    }
                    await session.Db.SaveChangesAsync(token);
                    return new Done();
                },
                cancellationToken);
            if (!written.Succeeded) return written.Error;
            catalog.Forget();
            return GetTargets.Handler.Describe(edition, await catalog.SnapshotAsync(cancellationToken));
        }
    }
}

using System.ComponentModel;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Directory;

/// <summary>
/// Opens the edition that follows another: curriculum, completion rule, texts and signatories are taken over, the target is shared
/// between the regions anew. Its youths can then be taken over site by site.
/// </summary>
internal static class OpenEdition
{
    internal sealed record Request(
        [property: Description("Code of the edition it follows; one edition is followed by one alone.")] string? Follows,
        [property: Description("Public code: lower-case letters, digits and hyphens, for instance football-2027.")] string? Code,
        string? NameFr, string? NameAr, DateOnly? StartsOn,
        [property: Description("Last day, inclusive: after it nobody is enrolled.")] DateOnly? EndsOn,
        [property: Description("The day on which ages are counted; null: as before, as many years later as the start.")] DateOnly? AgeReferenceDate,
        [property: Description("Youths to enroll, nationwide; null: as before.")] int? Target);

    internal sealed record Response(string Code, string Follows, DateOnly AgeReferenceDate, int Target);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/editions", PostAsync).RequireAuthorization(Policies.Coordinate).WithName("OpenEdition")
            .WithSummary("Open the edition that follows another, with its settings and curriculum; the directorate alone.")
            .Produces<Response>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(texts, response => TypedResults.Created("/api/editions", response));

    internal sealed class Handler(
        DirectoryCatalog catalog, IWriteGate gate, KeyAllocator keys, IDatabaseProvider provider, Caller caller, Idempotency idempotency)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            if (!caller.Scope.Nation) return Error.Of(ErrorKind.Forbidden, "forbidden");
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            var directory = await catalog.SnapshotAsync(cancellationToken);
            if (directory.FindEdition(request.Follows) is not { } before) return Error.NotFound("editionNotFound");
            var opened = new NextEdition(
                    request.Code, request.NameFr, request.NameAr, request.StartsOn, request.EndsOn, request.AgeReferenceDate, request.Target)
                .After(before, await keys.NextAsync<Edition>(cancellationToken));
            if (!opened.Succeeded) return opened.Error;
            var rows = await RowsAsync(opened.Value, before, directory, cancellationToken);
            try
            {
                var written = await gate.WriteAsync(
                    caller.Scope, (session, token) => idempotency.OnceAsync(session, () => WriteAsync(session, opened.Value, before, rows, token), token), cancellationToken);
                catalog.Forget();
                return written;
            }
            catch (Exception taken) when (provider.UniqueViolation(taken) == "Editions")
            {
                return Error.Conflict("editionTaken");
            }
        }

        private static async Task<Result<Response>> WriteAsync(
            WriteSession session, Edition edition, Edition before, IReadOnlyList<object> rows, CancellationToken cancellationToken)
        {
            session.Db.Add(edition);
            session.Db.AddRange(rows);
            await session.Db.SaveChangesAsync(cancellationToken);
            return new Response(edition.Code, before.Code, edition.AgeReferenceDate, edition.Target);
        }

        /// <summary>Curriculum, signatories in office and the regions' parts of the target.</summary>
        private async Task<IReadOnlyList<object>> RowsAsync(Edition edition, Edition before, DirectorySnapshot directory, CancellationToken cancellationToken)
        {
            var rows = new List<object>();
            foreach (var module in directory.Modules(before.Id))
            {
                rows.Add(new CurriculumModule
                {
                    Id = await keys.NextAsync<CurriculumModule>(cancellationToken),
                    EditionId = edition.Id,
                    Code = module.Code,
                    NameFr = module.NameFr,
                    NameAr = module.NameAr,
                    Minutes = module.Minutes,
                    Mandatory = module.Mandatory,
                    Position = module.Position,
                });
            }
            foreach (var signatory in directory.Signatories(before.Id).Where(row => row.ValidTo is null || row.ValidTo >= edition.StartsOn))
            {
                rows.Add(new Signatory
                {
                    Id = await keys.NextAsync<Signatory>(cancellationToken),
                    EditionId = edition.Id,
                    NameFr = signatory.NameFr,
                    NameAr = signatory.NameAr,
                    TitleFr = signatory.TitleFr,
                    TitleAr = signatory.TitleAr,
                    ValidFrom = signatory.ValidFrom,
                    ValidTo = signatory.ValidTo,
                });
            }
            foreach (var kind in Enum.GetValues<CertificateKind>())
            {
                if (directory.DesignOn(before.Id, kind, edition.StartsOn) is { } design)
                    rows.Add(design.For(await keys.NextAsync<CertificateDesign>(cancellationToken), edition));
            }
            // In the proportions of the edition before, which the directorate may have changed since they were computed.
            var weights = directory.Regions.Select(region => directory.Target(before.Id, region.Id)).ToArray();
            if (weights.Sum() == 0) weights = [.. directory.Regions.Select(region => region.EstimatedYouth)];
            var shares = ProportionalTargets.Share(edition.Target, weights);
            rows.AddRange(directory.Regions.Select((region, i) => new RegionTarget { EditionId = edition.Id, RegionId = region.Id, Target = shares[i] }));
            return rows;
        }
    }
}

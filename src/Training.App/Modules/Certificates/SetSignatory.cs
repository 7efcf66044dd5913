using System.ComponentModel;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Directory;

namespace Training.App.Modules.Certificates;

/// <summary>
/// Says who signs an edition's certificates from a later day on, until somebody else does; the directorate alone. What was issued keeps
/// the name that stands on it.
/// </summary>
internal static class SetSignatory
{
    internal sealed record Request(
        [property: Description("First day of issue on which this person signs; later than today.")] DateOnly? ValidFrom,
        [property: Description("Name in Latin letters, at most 120 characters.")] string? NameFr,
        [property: Description("Name in Arabic letters, at most 120 characters.")] string? NameAr,
        [property: Description("Title in French, at most 120 characters.")] string? TitleFr,
        [property: Description("Title in Arabic, at most 120 characters.")] string? TitleAr);

    internal sealed record Response(string Edition, DateOnly ValidFrom);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/editions/{code}/signatories", PostAsync).WithName("SetSignatory")
            .WithSummary("Say who signs an edition's certificates from a later day on; the directorate alone.")
            .Produces<Response>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string code, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, request, cancellationToken)).ToHttp(texts, response => TypedResults.Created((string?)null, response));

    internal sealed class Handler(
        DirectoryCatalog catalog, IWriteGate gate, KeyAllocator keys, IDatabaseProvider provider, Caller caller, Idempotency idempotency, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string code, Request request, CancellationToken cancellationToken)
        {
            if (!caller.Scope.Nation) return Error.Of(ErrorKind.Forbidden, "forbidden");
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            if ((await catalog.SnapshotAsync(cancellationToken)).FindEdition(code) is not { } edition) return Error.NotFound("editionNotFound");
            var faults = new Faults();
            var signatory = Read(request, edition.Id, await keys.NextAsync<Signatory>(cancellationToken), faults);
            if (!faults.None) return faults.ToError();
            var written = await gate.WriteAsync(
                caller.Scope,
                (write, token) => idempotency.OnceAsync<Response>(write, async () =>
                {
                    await provider.SerializeAsync(write.Db, string.Create(CultureInfo.InvariantCulture, $"signatories:{edition.Id}"), token);
                    var taken = await write.Db.Set<Signatory>().AnyAsync(row => row.EditionId == edition.Id && row.ValidFrom == signatory.ValidFrom, token);
                    if (taken) return Error.Conflict("signatoryTaken");
                    write.Rows.Insert(signatory);
                    return new Response(edition.Code, signatory.ValidFrom);
                }, token),
                cancellationToken);
            catalog.Forget();
            return written;
        }

        private Signatory Read(Request request, int edition, int key, Faults faults)
        {
            if (request.ValidFrom is not { } from) faults.Add("validFrom", "missing");
            else if (from <= time.Today()) faults.Add("validFrom", "notLaterThanToday");
            string Text(string? text, string field, bool arabic) => CertificateDesign.CheckText(text, field, arabic, faults, Signatory.TextMax);
            return new Signatory
            {
                Id = key, EditionId = edition, ValidFrom = request.ValidFrom ?? default,
                NameFr = Text(request.NameFr, "nameFr", arabic: false), NameAr = Text(request.NameAr, "nameAr", arabic: true),
                TitleFr = Text(request.TitleFr, "titleFr", arabic: false), TitleAr = Text(request.TitleAr, "titleAr", arabic: true),
            };
        }
    }
}

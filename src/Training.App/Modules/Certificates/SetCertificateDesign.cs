using System.ComponentModel;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Files;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Certificates;
using Training.Domain.Common;

namespace Training.App.Modules.Certificates;

/// <summary>
/// Says how an edition's certificates look and what they say from a later day on; the directorate alone. What was issued keeps its look,
/// so that a damaged document can be made the same again.
/// </summary>
internal static class SetCertificateDesign
{
    /// <summary>Most bytes of a logo.</summary>
    internal const int LogoMaxBytes = 200_000;

    internal sealed record Request(
        [property: Description("participation or completion.")] CertificateKind? Kind,
        [property: Description("First day of issue it counts for; later than today.")] DateOnly? ValidFrom,
        [property: Description("What follows « Nous attestons que … » for a girl; the programme's name follows.")] string? TextFrFemale, string? TextFrMale,
        [property: Description("What follows « نشهد بأن » for a girl.")] string? TextArFemale, string? TextArMale,
        [property: Description("Frame and titles, #RRGGBB; must be readable on white.")] string? MainColor, string? AccentColor,
        [property: Description("PNG or JPEG in base 64, at most 200 kB; null leaves the programme's star.")] string? Logo,
        [property: Description("What the logo shows; needed with a logo.")] string? LogoText,
        [property: Description("Title in Amazigh (Tifinagh), where the edition has validated texts; needed with them.")] string? TitleZgh = null,
        [property: Description("What is attested in Amazigh, for a girl; needed with a title.")] string? TextZghFemale = null,
        [property: Description("The same for a boy.")] string? TextZghMale = null,
        [property: Description("true: the Arabic day of issue is also given by the Hijri calendar (Umm al-Qura).")] bool? HijriDate = null);

    internal sealed record Response(string Edition, CertificateKind Kind, DateOnly ValidFrom);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/editions/{code}/certificate-designs", PostAsync).WithName("SetCertificateDesign")
            .WithSummary("Set texts, colours and logo of an edition's certificates from a later day on; the directorate alone.")
            .Produces<Response>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> PostAsync(string code, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, request, cancellationToken)).ToHttp(texts, response => TypedResults.Created((string?)null, response));

    internal sealed class Handler(
        DirectoryCatalog catalog, IFileStore files, IWriteGate gate, KeyAllocator keys, IDatabaseProvider provider, Caller caller, Idempotency idempotency, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string code, Request request, CancellationToken cancellationToken)
        {
            if (!caller.Scope.Nation) return Error.Of(ErrorKind.Forbidden, "forbidden");
            if (idempotency.TryReplay<Response>(out var earlier)) return earlier;
            var directory = await catalog.SnapshotAsync(cancellationToken);
            if (directory.FindEdition(code) is not { } edition) return Error.NotFound("editionNotFound");
            var faults = new Faults();
            var logo = CertificateDesignReading.LogoOf(request, faults);
            var design = CertificateDesignReading.Read(request, edition, await keys.NextAsync<CertificateDesign>(cancellationToken), time.Today(), faults);
            if (!faults.None) return faults.ToError();
            if (logo is not null) design.Bear((await files.SaveAsync(logo, cancellationToken)).Hash, PersonText.Clean(request.LogoText));
            try
            {
                var written = await gate.WriteAsync(
                    caller.Scope,
                    (write, token) => idempotency.OnceAsync<Response>(write, () =>
                    {
                        write.Rows.Insert(design);
                        return Task.FromResult<Result<Response>>(new Response(edition.Code, design.Kind, design.ValidFrom));
                    }, token),
                    cancellationToken);
                catalog.Forget();
                return written;
            }
            catch (Exception taken) when (provider.UniqueViolation(taken) is not null)
            {
                return Error.Conflict("designTaken");
            }
        }
    }
}

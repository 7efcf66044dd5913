using System.ComponentModel;
using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Domain.Attendance.Tournaments;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Certificates;

/// <summary>
/// The certificates of a site or a tournament at once: one PDF to print, whose pages share their fonts, or the issued files as a ZIP.
/// Every one is a reading of its child's file.
/// </summary>
internal static class PrintCertificates
{
    /// <summary>Most certificates in one file.</summary>
    public const int Most = 500;

    /// <param name="Content">The file.</param>
    /// <param name="Type">Its media type.</param>
    /// <param name="FileName">Name to save it under.</param>
    internal sealed record Response(byte[] Content, string Type, string FileName);

    internal sealed record Request(string? Edition, string? Site, string? Tournament, CertificateKind Kind, bool Zip);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/certificates/print", GetAsync).WithName("PrintCertificates")
            .WithSummary("The issued certificates of a site in an edition, or of a tournament's players, as one PDF to print or as a ZIP of the issued files.")
            .Produces(200, contentType: "application/pdf").Produces(200, contentType: "application/zip")
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> GetAsync(
        [Description("Edition code.")] string? edition, [Description("Site code.")] string? site, [Description("Tournament id, in place of the site.")] string? tournament,
        [Description("completion (default) or participation.")] string? kind, [Description("pdf (default) or zip.")] string? format,
        HttpContext context, Handler handler, Texts texts, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        if (kind is not (null or "completion" or "participation")) faults.Add("kind", "unknownValue");
        if (format is not (null or "pdf" or "zip")) faults.Add("format", "unknownValue");
        if (!faults.None) return faults.ToError().ToProblem(texts);
        context.Response.Headers.CacheControl = "no-store";
        var wanted = kind == "participation" ? CertificateKind.Participation : CertificateKind.Completion;
        return (await handler.HandleAsync(new Request(edition, site, tournament, wanted, format == "zip"), cancellationToken))
            .ToHttp(texts, file => TypedResults.File(file.Content, file.Type, file.FileName));
    }

    internal sealed class Handler(
        ReadDb db, DirectoryCatalog catalog, CertificatePrinter printer, CertificateDocuments documents, ReadingLog readings, Caller caller)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            if (Choose(request, directory) is not { } chosen) return Error.NotFound(request.Edition is not null && directory.FindEdition(request.Edition) is null ? "editionNotFound" : "siteNotFound");
            var rows = await chosen.Where(row => row.Kind == request.Kind && row.Status == CertificateStatus.Issued && row.ErasedAt == null)
                .OrderBy(row => row.FamilyName ?? row.FamilyNameAr).ThenBy(row => row.GivenName ?? row.GivenNameAr).ThenBy(row => row.Id)
                .Take(Most + 1).ToListAsync(cancellationToken);
            if (rows.Count == 0) return Error.NotFound("noCertificates");
            if (rows.Count > Most) return Error.Conflict("tooManyCertificates", ("max", Most));
            await readings.NoteAllAsync([.. rows.Select(row => row.ParticipantId).Distinct()], "certificate-print", ShownParts.Certificates, cancellationToken);
            var name = $"{request.Edition ?? request.Tournament}-{request.Site}".Trim('-');
            if (request.Zip) return await ZipAsync(rows, name, cancellationToken);
            return printer.PrintAll(rows, name, directory) is { } all ? new Response(all, "application/pdf", $"{name}.pdf") : Error.Conflict("severalDesigns");
        }

        /// <summary>How many issued certificates of each kind a site has in an edition; null when either is unknown.</summary>
        public async Task<IReadOnlyDictionary<CertificateKind, int>?> CountAsync(string edition, string site, CancellationToken cancellationToken)
        {
            var chosen = Choose(new Request(edition, site, null, CertificateKind.Completion, Zip: false), await catalog.SnapshotAsync(cancellationToken));
            return chosen is null ? null : await chosen.Where(row => row.Status == CertificateStatus.Issued && row.ErasedAt == null).GroupBy(row => row.Kind)
                .Select(rows => new { Kind = rows.Key, Count = rows.Count() }).ToDictionaryAsync(row => row.Kind, row => row.Count, cancellationToken);
        }

        private IQueryable<Certificate>? Choose(Request request, DirectorySnapshot directory)
        {
            if (request.Tournament is not null)
            {
                var key = OpaqueId.ParseTournament(request.Tournament) ?? 0;
                var players = db.Set<SquadPlayer>().Where(player => player.TournamentId == key).Select(player => player.EnrollmentId);
                return db.Set<Certificate>().Where(row => players.Contains(row.EnrollmentId));
            }
            if (directory.FindEdition(request.Edition) is not { } edition || directory.FindSite(request.Site) is not { } site
                || !caller.Scope.Covers(site.Id, site.RegionId)) return null;
            return db.Set<Certificate>().Where(row => row.EditionId == edition.Id && row.SiteId == site.Id);
        }

        private async Task<Result<Response>> ZipAsync(List<Certificate> rows, string name, CancellationToken cancellationToken)
        {
            using var content = new MemoryStream();
            await using (var zip = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var row in rows)
                {
                    var document = await documents.ReadAsync(row, cancellationToken);
                    if (document.Condition == CertificateDocuments.Condition.Lost) return Error.Conflict("documentLost");
                    // A PDF is compressed already; its name is its number, never a child's.
                    await using var entry = await zip.CreateEntry($"{row.Number}.pdf", CompressionLevel.NoCompression).OpenAsync(cancellationToken);
                    await entry.WriteAsync(document.Bytes, cancellationToken);
                }
            }
            return new Response(content.ToArray(), "application/zip", $"{name}.zip");
        }
    }
}

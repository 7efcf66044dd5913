using System.Diagnostics;
using System.Security.Cryptography;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Certificates.Messages;
using Training.App.Modules.Certificates.Sealing;
using Training.App.Modules.Certificates.Signing;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Files;
using Training.App.Platform.Messaging;
using Training.App.Platform.Telemetry;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Pdf.Text;

namespace Training.App.Modules.Certificates;

/// <summary>
/// Prints certificates outside any transaction, stores the documents by their hash, then marks them issued. A repeat finds nothing
/// left to do; a repeat beside the first prints the same again, differing in the signatures alone.
/// </summary>
[Unordered(2)]
internal sealed class RenderCertificates(
    ReadDb db, DirectoryCatalog catalog, StatementKeys keys, CertificatePrinter printer, DocumentSealer sealer, IFileStore files, IWriteGate gate,
    IssuingControl control, ILogger<RenderCertificates> log) : IConsumer<CertificatesEarned>
{
    public async Task Consume(ConsumeContext<CertificatesEarned> context)
    {
        var cancellationToken = context.CancellationToken;
        // Let be while the issue is stopped; when it goes on, they are asked for again.
        if (await control.IsPausedAsync(cancellationToken)) return;
        var ids = context.Message.CertificateIds;
        var waiting = await db.Set<Certificate>().Where(row => ids.Contains(row.Id) && row.Status == CertificateStatus.Earned)
            .ToListAsync(cancellationToken);
        if (waiting.Count == 0) return;

        var directory = await catalog.SnapshotAsync(cancellationToken);
        var key = await keys.CurrentAsync(cancellationToken);
        var printed = new List<Printed>(waiting.Count);
        foreach (var certificate in waiting)
        {
            var began = Stopwatch.GetTimestamp();
            var statement = key.Sign(certificate);
            if (TryPrint(certificate, statement, directory) is not { } document) continue;
            var finished = sealer.Finish(document);
            Measures.RenderTime.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
            var file = await files.SaveAsync(finished, cancellationToken);
            printed.Add(new Printed(certificate.Id, certificate.Revision, statement, Convert.ToHexStringLower(SHA256.HashData(document)), file));
        }
        await gate.WriteAsync<Done>(AccessScope.Whole, (write, token) => IssueAsync(write, printed, token), cancellationToken);
        Measures.Certificates.Add(printed.Count);
        await ForgetFormerAsync([.. waiting.Where(row => row.Revision > 1).Select(row => row.Id)], cancellationToken);
    }

    /// <summary>A name that cannot be printed must not hold up the others of its batch; the certificate stays earned and is named.</summary>
    private byte[]? TryPrint(Certificate certificate, byte[] statement, DirectorySnapshot directory)
    {
        try
        {
            return printer.Print(certificate, statement, directory);
        }
        catch (MissingGlyphException missing)
        {
            log.LogError("Certificate {Number} cannot be printed: {Fault}", certificate.Number, missing.Message);
            return null;
        }
    }

    /// <summary>Documents that bear a wrong name are not kept once a corrected one is there; their hashes are.</summary>
    private async Task ForgetFormerAsync(int[] corrected, CancellationToken cancellationToken)
    {
        if (corrected.Length == 0) return;
        foreach (var hash in await db.Set<CertificateRevision>().Where(row => corrected.Contains(row.CertificateId) && row.FileHash != null)
            .Select(row => row.FileHash!).ToListAsync(cancellationToken)) files.Delete(hash);
    }

    private static async Task<Result<Done>> IssueAsync(WriteSession write, List<Printed> printed, CancellationToken cancellationToken)
    {
        var issued = new List<int>(printed.Count);
        foreach (var document in printed)
        {
            // Nobody else may have decided meanwhile: a revoked, replaced or corrected certificate stays what it is.
            var bytes = checked((int)document.File.Length);
            var changed = await write.Db.Set<Certificate>()
                .Where(row => row.Id == document.Id && row.Revision == document.Revision && row.Status == CertificateStatus.Earned)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Status, CertificateStatus.Issued).SetProperty(row => row.Statement, document.Statement)
                        .SetProperty(row => row.ContentHash, document.ContentHash)
                        .SetProperty(row => row.FileHash, document.File.Hash).SetProperty(row => row.FileBytes, bytes),
                    cancellationToken);
            if (changed == 1) issued.Add(document.Id);
        }
        if (issued.Count > 0) write.Events.Add(new CertificatesIssued(issued));
        return default(Done);
    }

    private sealed record Printed(int Id, int Revision, byte[] Statement, string ContentHash, StoredFile File);
}

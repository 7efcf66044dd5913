using MassTransit;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Certificates.Messages;
using Training.App.Modules.Certificates.Sealing;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Files;
using Training.App.Platform.Messaging;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Pdf.Text;

namespace Training.App.Modules.Certificates;

/// <summary>
/// Prints certificates outside any transaction, stores the documents by their hash, then marks them issued. A repeat finds nothing
/// left to do; a repeat beside the first prints the same bytes again, differing in the seal alone.
/// </summary>
[Unordered(2)]
internal sealed class RenderCertificates(
    ReadDb db, DirectoryCatalog catalog, CertificatePrinter printer, DocumentSealer sealer, IFileStore files, IWriteGate gate,
    ILogger<RenderCertificates> log) : IConsumer<CertificatesEarned>
{
    public async Task Consume(ConsumeContext<CertificatesEarned> context)
    {
        var cancellationToken = context.CancellationToken;
        var ids = context.Message.CertificateIds;
        var waiting = await db.Set<Certificate>().Where(row => ids.Contains(row.Id) && row.Status == CertificateStatus.Earned)
            .ToListAsync(cancellationToken);
        if (waiting.Count == 0) return;

        var directory = await catalog.SnapshotAsync(cancellationToken);
        var printed = new Dictionary<int, StoredFile>(waiting.Count);
        foreach (var certificate in waiting)
        {
            if (TryPrint(certificate, directory) is { } document)
                printed.Add(certificate.Id, await files.SaveAsync(sealer.Finish(document), cancellationToken));
        }
        await gate.WriteAsync<Done>(AccessScope.Whole, (write, token) => IssueAsync(write, printed, token), cancellationToken);
    }

    /// <summary>A name that cannot be printed must not hold up the others of its batch; the certificate stays earned and is named.</summary>
    private byte[]? TryPrint(Certificate certificate, DirectorySnapshot directory)
    {
        try
        {
            return printer.Print(certificate, directory);
        }
        catch (MissingGlyphException missing)
        {
            log.LogError("Certificate {Number} cannot be printed: {Fault}", certificate.Number, missing.Message);
            return null;
        }
    }

    private static async Task<Result<Done>> IssueAsync(WriteSession write, Dictionary<int, StoredFile> printed, CancellationToken cancellationToken)
    {
        var issued = new List<int>(printed.Count);
        foreach (var (id, file) in printed)
        {
            // Nobody else may have decided meanwhile: a revoked or replaced certificate stays what it is.
            var bytes = checked((int)file.Length);
            var changed = await write.Db.Set<Certificate>().Where(row => row.Id == id && row.Status == CertificateStatus.Earned)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Status, CertificateStatus.Issued)
                        .SetProperty(row => row.FileHash, file.Hash).SetProperty(row => row.FileBytes, bytes),
                    cancellationToken);
            if (changed == 1) issued.Add(id);
        }
        if (issued.Count > 0) write.Events.Add(new CertificatesIssued(issued));
        return default(Done);
    }
}

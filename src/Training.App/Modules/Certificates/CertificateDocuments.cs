using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Certificates.Sealing;
using Training.App.Platform.Directory;
using Training.App.Platform.Files;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Certificates;
using Training.Domain.Common;

namespace Training.App.Modules.Certificates;

/// <summary>
/// Reads the documents of issued certificates, never without comparing them with their hash. One that is missing or damaged is made
/// anew from the certificate's snapshot: when that gives the same unsealed bytes as ever it takes the place of the old one; when it does
/// not, because texts or a site's name have changed since, nobody is given another document in silence.
/// </summary>
internal sealed class CertificateDocuments(
    DirectoryCatalog catalog, CertificatePrinter printer, DocumentSealer sealer, IFileStore files, IWriteGate gate, ILogger<CertificateDocuments> log)
{
    /// <summary>How a document was found.</summary>
    internal enum Condition
    {
        Whole,

        /// <summary>It was missing or damaged and made anew.</summary>
        Repaired,

        /// <summary>It is missing or damaged and cannot be made the same again.</summary>
        Lost,
    }

    /// <param name="Condition">How it was found.</param>
    /// <param name="Hash">Hash of the bytes; of what is missing where it is lost.</param>
    /// <param name="Bytes">The document; empty where it is lost.</param>
    internal sealed record Document(Condition Condition, string Hash, byte[] Bytes);

    /// <summary>The document of an issued certificate.</summary>
    public async Task<Document> ReadAsync(Certificate certificate, CancellationToken cancellationToken)
    {
        var hash = certificate.FileHash ?? throw new ArgumentException("The certificate was not issued yet.", nameof(certificate));
        if (await files.ReadAsync(hash, cancellationToken) is { } bytes) return new Document(Condition.Whole, hash, bytes);
        if (await MakeAgainAsync(certificate, cancellationToken) is not { } made)
        {
            log.LogError("The document of certificate {Number} is missing or damaged and cannot be made the same again", certificate.Number);
            return new Document(Condition.Lost, hash, []);
        }
        var stored = await files.SaveAsync(made, cancellationToken);
        if (stored.Hash != hash) await PutAsync(certificate, stored, cancellationToken);
        log.LogWarning("The document of certificate {Number} was missing or damaged and was made anew", certificate.Number);
        return new Document(Condition.Repaired, stored.Hash, made);
    }

    private async Task<byte[]?> MakeAgainAsync(Certificate certificate, CancellationToken cancellationToken)
    {
        if (certificate.Statement is not { } statement || certificate.ContentHash is not { } content) return null;
        var document = printer.Print(certificate, statement, await catalog.SnapshotAsync(cancellationToken));
        return Convert.ToHexStringLower(SHA256.HashData(document)) == content ? sealer.Finish(document) : null;
    }

    /// <summary>A seal never comes out twice the same, so a sealed document gets another hash.</summary>
    private async Task PutAsync(Certificate certificate, StoredFile stored, CancellationToken cancellationToken)
    {
        var (id, lost, bytes) = (certificate.Id, certificate.FileHash, checked((int)stored.Length));
        await gate.WriteAsync<Done>(
            AccessScope.Whole,
            async (write, token) =>
            {
                await write.Db.Set<Certificate>().Where(row => row.Id == id && row.FileHash == lost).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.FileHash, stored.Hash).SetProperty(row => row.FileBytes, bytes), token);
                return default(Done);
            },
            cancellationToken);
    }
}

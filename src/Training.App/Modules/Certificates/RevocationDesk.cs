using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Certificates.Messages;
using Training.App.Platform.Http;
using Training.App.Platform.Security;
using Training.Data.Providers;
using Training.Data.Writing;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Certificates;

/// <summary>What every act on a revocation shares: such acts wait for each other, and what revoking means is said once.</summary>
internal sealed class RevocationDesk(IWriteGate gate, IDatabaseProvider provider, ReadingLog readings, Caller caller, TimeProvider time)
{
    private const string Lock = "revocations";

    /// <summary>Runs an act after the others.</summary>
    public Task<Result<T>> ChangeAsync<T>(Func<WriteSession, CancellationToken, Task<Result<T>>> act, CancellationToken cancellationToken) => gate.WriteAsync(
        caller.Scope,
        async (write, token) =>
        {
            await provider.SerializeAsync(write.Db, Lock, token);
            return await act(write, token);
        },
        cancellationToken);

    /// <summary>Revokes; the caller saves.</summary>
    public async Task RevokeAsync(WriteSession write, Certificate row, RevocationReason reason, CancellationToken cancellationToken)
    {
        row.Status = CertificateStatus.Revoked;
        row.RevokedAt = time.GetUtcNow();
        row.RevocationReason = CodeOf(reason);
        write.Events.Add(new CertificateRevoked(row.Id, row.Revision));
        write.Rows.Insert(readings.Reading(row.ParticipantId, "certificate-revoked", ShownParts.Certificates));
        if (row.Kind == CertificateKind.Completion && reason == RevocationReason.AttendanceCorrected) await GiveBackAsync(write, row, cancellationToken);
    }

    /// <summary>Who did not complete still took part: the certificate of participation that had given way counts again.</summary>
    private static async Task GiveBackAsync(WriteSession write, Certificate completion, CancellationToken cancellationToken)
    {
        var replaced = await write.Db.Set<Certificate>()
            .Where(row => row.ParticipantId == completion.ParticipantId && row.EditionId == completion.EditionId
                && row.Kind == CertificateKind.Participation && row.Status == CertificateStatus.Replaced).ToListAsync(cancellationToken);
        foreach (var row in replaced)
        {
            row.Status = row.FileHash is null ? CertificateStatus.Earned : CertificateStatus.Issued;
            if (row.Status == CertificateStatus.Earned) write.Events.Add(new CertificatesEarned([row.Id]));
        }
    }

    /// <summary>The stable word of a reason.</summary>
    public static string CodeOf(RevocationReason reason) => char.ToLowerInvariant(reason.ToString()[0]) + reason.ToString()[1..];
}

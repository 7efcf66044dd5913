using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Certificates.Messages;
using Training.App.Platform;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Certificates;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.App.Modules.Certificates;

/// <summary>
/// Goes through everything that should have a certificate or a document and asks again for what has none. It, not the bus, is the
/// guarantee that every earned certificate is issued.
/// </summary>
internal sealed class CertificateSweep(ReadDb db, CertificateIssuer issuer, IWriteGate gate, TimeProvider time)
{
    /// <summary>Keys of enrollments judged in one query.</summary>
    private const int Stride = 1000;

    /// <summary>How long the bus is given before a certificate without document is asked for again.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>Asks again for documents that the bus should have brought by now.</summary>
    /// <returns>How many were asked for.</returns>
    public async Task<int> AskForDocumentsAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - grace;
        var waiting = await db.Set<Certificate>().Where(row => row.Status == CertificateStatus.Earned && row.EarnedAt <= before)
            .OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);
        foreach (var batch in waiting.Chunk(CertificateIssuer.BatchMax))
        {
            await gate.WriteAsync<Done>(
                AccessScope.Whole,
                (write, _) =>
                {
                    write.Events.Add(new CertificatesEarned(batch));
                    return Task.FromResult<Result<Done>>(default(Done));
                },
                cancellationToken);
        }
        return waiting.Count;
    }

    /// <summary>Judges the next run of enrollments.</summary>
    /// <param name="after">Key after which to begin; 0 at first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Where to go on; null when the end was reached. And how many certificates were added.</returns>
    public async Task<(int? Next, int Added)> AssessNextAsync(int after, CancellationToken cancellationToken)
    {
        var last = await db.Set<Enrollment>().Where(row => row.Id > after).OrderBy(row => row.Id).Take(Stride)
            .Select(row => (int?)row.Id).MaxAsync(cancellationToken);
        if (last is not { } end) return (null, 0);
        var added = await issuer.AssessAsync(db.Set<Enrollment>().Where(row => row.Id > after && row.Id <= end), cancellationToken);
        return (end, added);
    }
}

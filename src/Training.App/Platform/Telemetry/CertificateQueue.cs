using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Certificates;

namespace Training.App.Platform.Telemetry;

/// <summary>How many certificates are earned and have no document yet, wherever the order for it waits.</summary>
internal sealed class CertificateQueue(DbContextOptions<TrainingDbContext> options)
{
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        await using var db = new TrainingDbContext(options) { Scope = AccessScope.Whole };
        return await db.Set<Certificate>().CountAsync(row => row.Status == CertificateStatus.Earned, cancellationToken);
    }
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Data.Platform;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Writing;

namespace Training.App.Platform.Security;

/// <summary>Secrets of the installation, made once, kept in the database under the data-protection keys.</summary>
internal sealed class SystemSecrets(
    IWriteGate gate, IDatabaseProvider provider, DbContextOptions<TrainingDbContext> options, IDataProtectionProvider protection)
{
    /// <summary>Derives the printed claim codes of families.</summary>
    public const string ClaimCodes = "claim-codes";

    /// <summary>Keys the hashes of one-time codes.</summary>
    public const string OneTimeCodes = "one-time-codes";

    /// <summary>Seals the trail of changes.</summary>
    public const string AuditTrail = "audit-trail";

    /// <summary>Hides the addresses whose knocks are counted.</summary>
    public const string KnockCounts = "knock-counts";

    private const int Bytes = 32;

    private readonly ConcurrentDictionary<string, byte[]> known = new();

    /// <summary>The secret of that name, made on first use.</summary>
    public async ValueTask<byte[]> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(name, out var secret)) return secret;
        var protector = protection.CreateProtector("training.system-secret", name);
        var stored = await ReadAsync(name, cancellationToken);
        if (stored is null)
        {
            var row = new SystemSecret { Name = name, Value = protector.Protect(RandomNumberGenerator.GetBytes(Bytes)) };
            try
            {
                await gate.WriteAsync<byte[]>(AccessScope.None, (session, _) =>
                {
                    session.Rows.Insert(row);
                    return Task.FromResult<Domain.Common.Result<byte[]>>(row.Value);
                }, cancellationToken);
            }
            catch (Exception lost) when (provider.UniqueViolation(lost) is not null)
            {
                // Another process made it first.
            }
            stored = await ReadAsync(name, cancellationToken);
        }
        return known.GetOrAdd(name, protector.Unprotect(stored!));
    }

    /// <summary>Names of the secrets that were made and begin so.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(string beginning, CancellationToken cancellationToken)
    {
        await using var db = new TrainingDbContext(options);
        return await db.Set<SystemSecret>().Where(row => row.Name.StartsWith(beginning)).Select(row => row.Name).ToListAsync(cancellationToken);
    }

    private async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await using var db = new TrainingDbContext(options);
        return await db.Set<SystemSecret>().Where(row => row.Name == name).Select(row => row.Value).SingleOrDefaultAsync(cancellationToken);
    }
}

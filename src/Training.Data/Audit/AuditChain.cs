using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Training.Data.Scope;
using Training.Data.Writing;

namespace Training.Data.Audit;

/// <summary>What a check of the trail found.</summary>
/// <param name="Entries">Entries that are sealed.</param>
/// <param name="Seals">Seals.</param>
/// <param name="Unsealed">Entries that wait for a seal.</param>
/// <param name="Head">Hash of the last seal; null when there is none.</param>
/// <param name="BrokenSeal">Number of the first seal that does not fit; null when all do.</param>
public sealed record AuditCheck(long Entries, int Seals, int Unsealed, string? Head, int? BrokenSeal);

/// <summary>Seals the trail and checks its seals. The key lies outside the database, so that who can write tables cannot seal.</summary>
/// <param name="key">The key of the hashes.</param>
public sealed class AuditChain(byte[] key)
{
    /// <summary>Most entries of one seal.</summary>
    public const int BatchMax = 5000;

    private static readonly string Origin = new('0', 64);

    /// <summary>Seals the next run of entries.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="until">Younger entries wait: on some servers keys become visible out of order.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The seal; null when nothing waits.</returns>
    public async Task<AuditSeal?> SealNextAsync(IWriteGate gate, DateTimeOffset until, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var made = await gate.WriteAsync<AuditSeal?>(
            AccessScope.None,
            async (session, token) =>
            {
                var last = await session.Db.Set<AuditSeal>().AsNoTracking().OrderByDescending(row => row.Number).FirstOrDefaultAsync(token);
                var through = last?.Through ?? 0;
                var entries = await session.Db.Set<AuditEntry>().AsNoTracking().Where(row => row.Id > through && row.At < until)
                    .OrderBy(row => row.Id).Take(BatchMax).ToListAsync(token);
                if (entries.Count == 0) return (AuditSeal?)null;
                var seal = new AuditSeal
                {
                    Number = (last?.Number ?? 0) + 1, Through = entries[^1].Id, Count = entries.Count, At = now, Hash = Hash(last?.Hash ?? Origin, entries),
                };
                session.Rows.Insert(seal);
                return seal;
            },
            cancellationToken);
        return made.Value;
    }

    /// <summary>Goes through the whole trail.</summary>
    public async Task<AuditCheck> CheckAsync(TrainingDbContext db, CancellationToken cancellationToken)
    {
        var (hash, through, number, sealedEntries) = (Origin, 0L, 0, 0L);
        foreach (var seal in await db.Set<AuditSeal>().AsNoTracking().OrderBy(row => row.Number).ToListAsync(cancellationToken))
        {
            var from = through;
            var entries = await db.Set<AuditEntry>().AsNoTracking().Where(row => row.Id > from && row.Id <= seal.Through).OrderBy(row => row.Id).ToListAsync(cancellationToken);
            hash = Hash(hash, entries);
            if (seal.Number != ++number || seal.Count != entries.Count || seal.Hash != hash)
                return new AuditCheck(sealedEntries, number - 1, 0, hash, seal.Number);
            (through, sealedEntries) = (seal.Through, sealedEntries + entries.Count);
        }
        var unsealed = await db.Set<AuditEntry>().CountAsync(row => row.Id > through, cancellationToken);
        return new AuditCheck(sealedEntries, number, unsealed, number == 0 ? null : hash, null);
    }

    private string Hash(string before, IReadOnlyList<AuditEntry> entries)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(before));
        foreach (var row in entries)
        {
            // Lengths before texts: no two different entries are written alike.
            var line = string.Create(
                CultureInfo.InvariantCulture, $"\n{row.Id} {row.At.UtcTicks} {row.By.Length}:{row.By} {row.Act.Length}:{row.Act} {row.About?.Length ?? -1}:{row.About}");
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

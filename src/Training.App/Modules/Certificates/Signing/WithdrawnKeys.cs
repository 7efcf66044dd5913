using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Certificates;

namespace Training.App.Modules.Certificates.Signing;

/// <summary>The signing keys that others may hold too.</summary>
internal sealed class WithdrawnKeys(ReadDb db, IWriteGate gate, TimeProvider time)
{
    /// <summary>Since when each may be held by others, by its number.</summary>
    public Task<Dictionary<int, DateOnly>> ReadAsync(CancellationToken cancellationToken) =>
        db.Set<WithdrawnKey>().ToDictionaryAsync(row => row.Number, row => row.From, cancellationToken);

    /// <summary>Withdraws one; what was said of it before stays.</summary>
    /// <returns>False when it was withdrawn before.</returns>
    public async Task<bool> AddAsync(int number, DateOnly from, CancellationToken cancellationToken) =>
        (await gate.WriteAsync<bool>(
            AccessScope.Whole,
            async (write, token) =>
            {
                if (await write.Db.Set<WithdrawnKey>().AnyAsync(row => row.Number == number, token)) return false;
                write.Db.Add(new WithdrawnKey { Number = number, From = from, At = time.GetUtcNow() });
                await write.Db.SaveChangesAsync(token);
                return true;
            },
            cancellationToken)).Value;
}

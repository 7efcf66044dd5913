using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Configuration;
using Training.App.Platform.Security;
using Training.Data.Platform;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Writing;

namespace Training.App.Platform.Http;

/// <summary>Counts knocks for all processes together, in the database: else as many processes, so many times the guesses.</summary>
internal sealed class SharedKnocks(IWriteGate gate, IDatabaseProvider provider, SystemSecrets secrets, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>The minute it is now, counted from 1970.</summary>
    public int Minute => MinuteOf(time.GetUtcNow());

    /// <summary>Until the next minute.</summary>
    public TimeSpan Rest => Window - TimeSpan.FromTicks(time.GetUtcNow().Ticks % Window.Ticks);

    /// <summary>The minute of an instant.</summary>
    public static int MinuteOf(DateTimeOffset at) => (int)(at.ToUnixTimeSeconds() / (long)Window.TotalSeconds);

    /// <summary>Takes some of a minute's knocks.</summary>
    /// <param name="who">Door and address; only a keyed hash of it is kept.</param>
    /// <param name="minute">Which minute.</param>
    /// <param name="count">How many.</param>
    /// <param name="limit">How many there are in all.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>False when not so many are left.</returns>
    /// <exception cref="GateBusyException">It cannot be counted now.</exception>
    /// <exception cref="StorageAwayException">It cannot be counted now.</exception>
    public async Task<bool> TakeAsync(string who, int minute, int count, int limit, CancellationToken cancellationToken)
    {
        var hash = HMACSHA256.HashData(await secrets.GetAsync(SystemSecrets.KnockCounts, cancellationToken), Encoding.UTF8.GetBytes(who));
        var bucket = BinaryPrimitives.ReadInt64LittleEndian(hash);
        try
        {
            return await TakeOnceAsync(bucket, minute, count, limit, cancellationToken);
        }
        catch (Exception raced) when (provider.UniqueViolation(raced) == "RateWindows")
        {
            // Another process was the first to count this address; now there is a row to raise.
            return await TakeOnceAsync(bucket, minute, count, limit, cancellationToken);
        }
    }

    private async Task<bool> TakeOnceAsync(long bucket, int minute, int count, int limit, CancellationToken cancellationToken)
    {
        var next = minute + 1;
        var taken = await gate.WriteAsync<bool>(
            AccessScope.None,
            async (session, token) =>
            {
                // A clock a little ahead counts for both minutes; a row of any other time is begun anew, whichever way a clock was put right.
                var raised = await session.Db.Set<RateWindow>()
                    .Where(row => row.Bucket == bucket && (row.Minute < minute || row.Minute > next || row.Taken <= limit - count))
                    .ExecuteUpdateAsync(
                        set => set
                            .SetProperty(row => row.Taken, row => row.Minute < minute || row.Minute > next ? count : row.Taken + count)
                            .SetProperty(row => row.Minute, row => row.Minute < minute || row.Minute > next ? minute : row.Minute),
                        token);
                if (raised > 0) return true;
                if (await session.Db.Set<RateWindow>().AnyAsync(row => row.Bucket == bucket, token)) return false;
                session.Rows.Insert(new RateWindow { Bucket = bucket, Minute = minute, Taken = count });
                return true;
            },
            cancellationToken);
        return taken.Value;
    }
}

/// <summary>Removes what was counted in past minutes.</summary>
internal sealed class KnockSweep(AppOptions options, IWriteGate gate, TimeProvider time, ILogger<KnockSweep> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Roles.HasFlag(AppRoles.Worker)) return;
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var now = SharedKnocks.MinuteOf(time.GetUtcNow());
                await gate.WriteAsync<int>(
                    AccessScope.None,
                    async (session, token) => await session.Db.Set<RateWindow>().Where(row => row.Minute < now - 1 || row.Minute > now + 1).ExecuteDeleteAsync(token),
                    stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException) // The database may be away; the next time removes more.
            {
                log.LogWarning("Old counts could not be removed: {Fault}", fault.GetType().Name);
            }
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Commands;
using Training.App.Platform.Configuration;
using Training.App.Platform.Files;
using Training.Data;
using Training.Data.Platform;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Sealing;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.App.Platform.Security;

/// <summary>
/// Which sealing keys this installation needs: their ids stand in the database, so that a start without one of them says so instead of
/// failing at some child's file a week later.
/// </summary>
internal sealed class SealingBook(
    SealingKeys keys, Resealing resealing, SealedFiles files, IWriteGate gate, IDatabaseProvider provider, DbContextOptions<TrainingDbContext> options,
    TimeProvider time)
{
    /// <summary>Beginning of the rows' names; the id follows.</summary>
    private const string Known = "sealing-key:";

    /// <summary>Beginning of the name of the row that says that all is sealed under a key.</summary>
    private const string Done = "sealed-under:";

    /// <summary>How long after a new key another process may still seal with the one before.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    /// <summary>Looks at the keys before anything is read or written; a new installation gets its first.</summary>
    /// <exception cref="CommandException">A key is missing or damaged.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            var needed = await NamesAsync(Known, cancellationToken);
            var there = keys.All.Select(key => key.Id).ToHashSet();
            var missing = needed.Where(id => !there.Contains(id)).ToArray();
            if (missing.Length > 0)
                throw new CommandException($"The sealing key {string.Join(", ", missing)} is missing from {keys.Folder}: put it back from a backup. What it sealed cannot be read without it.");
            if (there.Count == 0) keys.Make(time.GetUtcNow());
            foreach (var key in keys.All.Where(key => !needed.Contains(key.Id))) await NoteAsync(Known + key.Id, cancellationToken);
        }
        catch (SealingException fault)
        {
            throw new CommandException(fault.Message);
        }
    }

    /// <summary>Makes a new key and seals everything again under it.</summary>
    public async Task<(SealingKey Key, int Words, int Files)> RotateAsync(CancellationToken cancellationToken)
    {
        var key = keys.Make(time.GetUtcNow());
        await NoteAsync(Known + key.Id, cancellationToken);
        return (key, await resealing.RunAsync(key, cancellationToken), await files.ResealAsync(key, cancellationToken));
    }

    /// <summary>Seals again what is not sealed under the newest key; nothing where that was done before.</summary>
    /// <returns>How many words and files were sealed.</returns>
    public async Task<(int Words, int Files)> CatchUpAsync(CancellationToken cancellationToken)
    {
        var key = keys.Current;
        if ((await NamesAsync(Done, cancellationToken)).Contains(key.Id)) return default;
        var sealedNow = (await resealing.RunAsync(key, cancellationToken), await files.ResealAsync(key, cancellationToken));
        // Others may go on with the key before for some seconds: the last look comes after that.
        if (time.GetUtcNow() - key.MadeAt > Settling && sealedNow is (0, 0)) await NoteAsync(Done + key.Id, cancellationToken);
        return sealedNow;
    }

    /// <summary>What each key seals, the newest last; null as id: what stands open.</summary>
    public async Task<IReadOnlyList<(string? Id, DateTimeOffset? MadeAt, int Words, int Files)>> CountAsync(CancellationToken cancellationToken)
    {
        var lines = new List<(string?, DateTimeOffset?, int, int)> { (null, null, await resealing.CountAsync(null, cancellationToken), files.Count(null)) };
        foreach (var key in keys.All) lines.Add((key.Id, key.MadeAt, await resealing.CountAsync(key.Id, cancellationToken), files.Count(key.Id)));
        return lines;
    }

    /// <summary>Takes an old key away for good.</summary>
    /// <exception cref="CommandException">It is the newest, unknown, or something is sealed under it.</exception>
    public async Task RetireAsync(string id, CancellationToken cancellationToken)
    {
        if (keys.Find(id) is not { } key) throw new CommandException($"There is no sealing key {id}; \"sealing-keys list\" says which there are.");
        if (keys.Current.Id == id) throw new CommandException($"{id} is the key that seals: make another first, with \"sealing-keys rotate\".");
        if (time.GetUtcNow() - keys.Current.MadeAt < Settling) throw new CommandException("The newest key is younger than a minute: a running process may still seal with the one before. Try again then.");
        var (words, stored) = (await resealing.CountAsync(id, cancellationToken), files.Count(id));
        if (words + stored > 0) throw new CommandException($"The key {id} still seals {words} values and {stored} files: \"sealing-keys rotate\" or a running worker seals them again.");
        await gate.WriteAsync<Done>(
            AccessScope.None,
            async (write, token) =>
            {
                var name = Known + id;
                await write.Db.Set<SystemSecret>().Where(row => row.Name == name).ExecuteDeleteAsync(token);
                return new Done();
            },
            cancellationToken);
        keys.Remove(key);
    }

    private async Task<HashSet<string>> NamesAsync(string beginning, CancellationToken cancellationToken)
    {
        await using var db = new TrainingDbContext(options);
        var names = await db.Set<SystemSecret>().Where(row => row.Name.StartsWith(beginning)).Select(row => row.Name).ToListAsync(cancellationToken);
        return [.. names.Select(name => name[beginning.Length..])];
    }

    private async Task NoteAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await gate.WriteAsync<Done>(
                AccessScope.None,
                async (write, token) =>
                {
                    if (await write.Db.Set<SystemSecret>().AnyAsync(row => row.Name == name, token)) return new Done();
                    write.Db.Add(new SystemSecret { Name = name, Value = [1] });
                    await write.Db.SaveChangesAsync(token);
                    return new Done();
                },
                cancellationToken);
        }
        catch (Exception lost) when (provider.UniqueViolation(lost) is not null)
        {
            // Another process that starts noted it first.
        }
    }
}

/// <summary>Seals what older versions or older keys have left, in the background of a worker.</summary>
internal sealed class SealingWorker(AppOptions options, SealingBook book, TimeProvider time, ILogger<SealingWorker> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Roles.HasFlag(AppRoles.Worker)) return;
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Task.Yield(); // Not in the clock's own call.
            try
            {
                var (words, files) = await book.CatchUpAsync(stoppingToken);
                if (words + files > 0) log.LogInformation("{Words} values and {Files} files were sealed under the newest key", words, files);
            }
            catch (SealingException fault)
            {
                log.LogError("Not everything could be sealed again: {Fault}", fault.Message);
            }
            catch (Exception fault) when (fault is not OperationCanceledException) // The database may be away; the next round tries again.
            {
                log.LogWarning("Nothing could be sealed again: {Fault}", fault.GetType().Name);
            }
        }
    }
}

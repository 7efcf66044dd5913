using Training.App.Tests.Platform;

namespace Training.App.Tests.Faults;

/// <summary>
/// Two web processes, asked in turn, and a worker, all on one database, are killed or stopped at random moments while clubs register, send lists,
/// mark and close. What was acknowledged is there, once; what was not is said again and is there once too.
/// </summary>
[Category("Kill")]
[NonParallelizable]
internal sealed class KillTests
{
    private const int Lanes = 3;

    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(30);

    private string storage = null!;
    private Uri[] addresses = null!;
    private readonly AppProcess?[] processes = new AppProcess?[3];

    [SetUp]
    public void Prepare()
    {
        storage = Directory.CreateTempSubdirectory("training-faults-").FullName;
        addresses = [.. Enumerable.Range(0, 2).Select(_ => new Uri($"http://127.0.0.1:{AppProcess.FreePort()}"))];
    }

    [TearDown]
    public async Task Clean()
    {
        foreach (var process in processes)
        {
            if (process is not null) await process.DisposeAsync();
        }
        Directory.Delete(storage, recursive: true);
    }

    [TestCase(3, 20261126)]
    [TestCase(100, 1, Category = "Long")]
    public async Task Nothing_is_lost_and_nothing_is_there_twice(int ends, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < processes.Length; i++) processes[i] = await StartAsync(i);
        using var client = new Persistent(TimeSpan.FromMinutes(3), addresses);
        var season = new Season(client);
        var (over, next) = (false, 0);
        var playing = Enumerable.Range(0, Lanes).Select(_ => Task.Run(async () =>
        {
            while (!Volatile.Read(ref over)) await season.PlayAsync(Interlocked.Increment(ref next));
        })).ToArray();

        var (killed, stopped) = (0, 0);
        for (var i = 0; i < ends && !Array.Exists(playing, lane => lane.IsFaulted); i++)
        {
            await Task.WhenAny(Task.WhenAll(playing), Task.Delay(random.Next(100, 1_500))); // The moment is the test's input.
            var (which, isKill) = (random.Next(processes.Length), random.Next(4) > 0);
            var victim = processes[which]!;
            if (isKill) await victim.KillAsync();
            else Assert.That(await victim.StopAsync(StopMax), Is.Zero, "it ends in good order, in time");
            (killed, stopped) = isKill ? (killed + 1, stopped) : (killed, stopped + 1);
            await victim.DisposeAsync();
            processes[which] = await StartAsync(which);
        }
        Volatile.Write(ref over, true);
        await Task.WhenAll(playing);

        await new Ledger(storage).HasAsync(season);
        await TestContext.Out.WriteLineAsync(
            $"seed {seed}: {killed} kills, {stopped} stops; {season.Clubs} clubs, {season.Listed} children by lists, {client.Repeats} repeats");
    }

    private Task<AppProcess> StartAsync(int which) => which < addresses.Length
        ? AppProcess.StartAsync(storage, ("App__Roles", "Web"), ("ASPNETCORE_URLS", addresses[which].ToString()))
        : AppProcess.StartAsync(storage, ("App__Roles", "Worker"));
}

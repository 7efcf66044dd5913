using Training.App.Tests.Platform;

namespace Training.App.Tests.Faults;

/// <summary>
/// Web and worker, each a process of its own on one database, are killed or stopped at random moments while clubs register, send lists,
/// mark and close. What was acknowledged is there, once; what was not is said again and is there once too.
/// </summary>
[Category("Kill")]
[NonParallelizable]
internal sealed class KillTests
{
    private const int Lanes = 3;

    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(30);

    private string storage = null!;
    private Uri address = null!;
    private AppProcess? web;
    private AppProcess? worker;

    [SetUp]
    public void Prepare()
    {
        storage = Directory.CreateTempSubdirectory("training-faults-").FullName;
        address = new Uri($"http://127.0.0.1:{AppProcess.FreePort()}");
    }

    [TearDown]
    public async Task Clean()
    {
        if (web is not null) await web.DisposeAsync();
        if (worker is not null) await worker.DisposeAsync();
        Directory.Delete(storage, recursive: true);
    }

    [TestCase(3, 20261126)]
    [TestCase(100, 1, Category = "Long")]
    public async Task Nothing_is_lost_and_nothing_is_there_twice(int ends, int seed)
    {
        var random = new Random(seed);
        web = await StartWebAsync();
        worker = await StartWorkerAsync();
        using var client = new Persistent(address, TimeSpan.FromMinutes(3));
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
            var (isWeb, isKill) = (random.Next(2) == 0, random.Next(4) > 0);
            var victim = isWeb ? web : worker;
            if (isKill) await victim.KillAsync();
            else Assert.That(await victim.StopAsync(StopMax), Is.Zero, "it ends in good order, in time");
            (killed, stopped) = isKill ? (killed + 1, stopped) : (killed, stopped + 1);
            await victim.DisposeAsync();
            if (isWeb) web = await StartWebAsync();
            else worker = await StartWorkerAsync();
        }
        Volatile.Write(ref over, true);
        await Task.WhenAll(playing);

        await new Ledger(storage).HasAsync(season);
        await TestContext.Out.WriteLineAsync(
            $"seed {seed}: {killed} kills, {stopped} stops; {season.Clubs} clubs, {season.Listed} children by lists, {client.Repeats} repeats");
    }

    private Task<AppProcess> StartWebAsync() => AppProcess.StartAsync(storage, ("App__Roles", "Web"), ("ASPNETCORE_URLS", address.ToString()));

    private Task<AppProcess> StartWorkerAsync() => AppProcess.StartAsync(storage, ("App__Roles", "Worker"));
}

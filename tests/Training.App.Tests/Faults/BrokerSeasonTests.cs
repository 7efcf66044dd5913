using Microsoft.Data.Sqlite;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Training.App.Modules.Certificates;
using Training.App.Platform.Messaging;
using Training.App.Tests.Platform;
using Training.App.Tests.Platform.Messaging;

namespace Training.App.Tests.Faults;

/// <summary>One web process and two workers with a real broker between them, which does what brokers and those who keep them do.</summary>
[Category("Broker")]
[Category("Kill")]
[Category("Long")]
[NonParallelizable]
internal sealed class BrokerSeasonTests
{
    private const int Clubs = 12;
    private const int Enough = 10;
    private const int RoundsMax = 8;

    private RabbitMqServer broker = null!;
    private string storage = null!;
    private AppProcess web = null!;
    private Persistent client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        storage = Directory.CreateTempSubdirectory("training-bus-").FullName;
        broker = await RabbitMqServer.StartNewAsync();
        web = await StartAsync("Web");
        client = new Persistent(TimeSpan.FromMinutes(5), web.Client.BaseAddress!);
    }

    [TearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await web.DisposeAsync();
        await broker.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(storage, recursive: true);
    }

    [Test]
    public async Task Two_workers_that_get_every_message_twice_do_its_work_once()
    {
        var season = await PlayAsync(first: 0);
        var doubled = await DoubleAsync();
        var workers = await Task.WhenAll(StartAsync("Worker"), StartAsync("Worker"));

        await new Ledger(storage).HasAsync(season);

        foreach (var worker in workers) await worker.DisposeAsync();
        await TestContext.Out.WriteLineAsync($"{season.Clubs} clubs, {doubled} events promised twice");
    }

    [Test]
    public async Task What_was_purged_from_the_queues_is_asked_for_again()
    {
        var season = new Season(client);
        uint purged = 0;
        var rounds = 0;
        for (; purged < Enough && rounds < RoundsMax; rounds++)
        {
            // Events gather while no worker runs; the one that comes is killed as soon as it has published some, before they are consumed.
            await PlayAsync(first: rounds * Clubs, season);
            var waiting = await new Ledger(storage).CountAsync("SELECT COUNT(*) FROM Outbox");
            await using (var victim = await StartAsync("Worker"))
            {
                await Poll.UntilAsync(async () => await new Ledger(storage).CountAsync("SELECT COUNT(*) FROM Outbox") < waiting, () => Task.FromResult("nothing was published"));
                await victim.KillAsync();
            }
            await Task.Delay(TimeSpan.FromSeconds(1)); // The broker takes back what the dead had not acknowledged.
            purged += await PurgeAsync();
        }
        Assert.That(purged, Is.GreaterThanOrEqualTo(Enough), "too little lay in the queues when they were purged");

        // Who looks for what is missing gives the bus some minutes first; a start looks at once, as does every quarter of an hour.
        await Task.Delay(CertificateSweep.Grace);
        await using (var worker = await StartAsync("Worker"))
        {
            await new Ledger(storage).HasAsync(season, told: false);
        }
        await TestContext.Out.WriteLineAsync($"{season.Clubs} clubs, {rounds} kills, {purged} messages purged, {client.Repeats} repeats");
    }

    [Test]
    public async Task While_the_broker_is_stopped_work_goes_on_and_arrives_afterwards()
    {
        await using var worker = await StartAsync("Worker");
        var before = await PlayAsync(first: 0);
        await broker.StopAsync();
        var meanwhile = await PlayAsync(first: Clubs, before);
        await Task.Delay(TimeSpan.FromSeconds(60)); // Long enough for every wait between two tries to be at its longest.
        await broker.StartAsync();

        await new Ledger(storage).HasAsync(meanwhile);

        await TestContext.Out.WriteLineAsync($"{meanwhile.Clubs} clubs, {client.Repeats} repeats");
    }

    private async Task<Season> PlayAsync(int first, Season? season = null, int clubs = Clubs)
    {
        season ??= new Season(client);
        // Odd numbers send no list, which a worker alone would read.
        foreach (var lot in Enumerable.Range(first, clubs).Select(i => 2 * i + 1).Chunk(4)) await Task.WhenAll(lot.Select(season.PlayAsync));
        return season;
    }

    /// <summary>Every event once more, as if it had been published and its confirm had been lost.</summary>
    private async Task<int> DoubleAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(storage, "training.db")};Pooling=False;Default Timeout=30");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO Outbox (EventId, Type, Consumer, Body, CreatedAt, DueAt, Attempts, State)
            SELECT EventId, Type, Consumer, Body, CreatedAt, DueAt, Attempts, State FROM Outbox
            """;
        return await command.ExecuteNonQueryAsync();
    }

    private async Task<uint> PurgeAsync()
    {
        await using var connection = await broker.ConnectAsync();
        uint purged = 0;
        foreach (var queue in EventRoutes.Discover([]).Select(route => route.Name))
        {
            await using var channel = await connection.CreateChannelAsync();
            try
            {
                purged += await channel.QueuePurgeAsync(queue);
            }
            catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
            {
                // Nothing was ever published to it.
            }
        }
        return purged;
    }

    private Task<AppProcess> StartAsync(string role) =>
        AppProcess.StartAsync(storage, ("App__Roles", role), ("Messaging__Transport", "RabbitMq"), ("Messaging__RabbitMq", broker.Address));
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Training.App.Tests.Platform.Messaging;

/// <summary>A real broker of one's own: own folder, own ports, own node name; nothing of it stays.</summary>
internal sealed class RabbitMqServer : IAsyncDisposable
{
    private const string Script = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    // Some seconds; beside three lanes of tests on two slow cores it once took more than a minute.
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("training-broker-").FullName;
    private readonly int port = FreePort();
    private readonly int nodePort = FreePort();
    private readonly int namesPort = FreePort();
    private Process? names;
    private Process? server;

    public string Address => $"amqp://guest:guest@127.0.0.1:{port}/";

    public static async Task<RabbitMqServer> StartNewAsync()
    {
        if (!File.Exists(Script)) Assert.Fail($"The broker tests need Debian's package rabbitmq-server ({Script} is missing); tests/run installs it.");
        var broker = new RabbitMqServer();
        await File.WriteAllTextAsync(Path.Combine(broker.folder, "plugins"), "[].");
        broker.names = broker.Run("epmd", "-port", $"{broker.namesPort}", "-address", "127.0.0.1");
        await broker.StartAsync();
        return broker;
    }

    /// <summary>Starts the broker, with what it kept from before.</summary>
    public async Task StartAsync()
    {
        server = Run(Script);
        await Poll.UntilAsync(
            IsReadyAsync, async () => $"the broker said: {await File.ReadAllTextAsync(Path.Combine(folder, "out"))}", StartMax);
    }

    /// <summary>Ends the broker in good order.</summary>
    public async Task StopAsync()
    {
        var node = await File.ReadAllTextAsync(Path.Combine(folder, "pid"));
        using (var stop = Process.Start("/bin/kill", ["-TERM", node.Trim()])) await stop.WaitForExitAsync();
        await server!.WaitForExitAsync(new CancellationTokenSource(StopMax).Token);
        server.Dispose();
        server = null;
    }

    public Task<IConnection> ConnectAsync() => new ConnectionFactory { Uri = new Uri(Address) }.CreateConnectionAsync();

    /// <summary>How many messages wait in a queue; none when it does not exist yet.</summary>
    public async Task<uint> CountAsync(string queue)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await EndAsync(server);
        if (names is not null) await EndAsync(names);
        server = names = null;
        Directory.Delete(folder, recursive: true);
    }

    private async Task<bool> IsReadyAsync()
    {
        if (server!.HasExited) Assert.Fail($"The broker ended: {await File.ReadAllTextAsync(Path.Combine(folder, "out"))}");
        try
        {
            await using var connection = await ConnectAsync();
            return true;
        }
        catch (BrokerUnreachableException)
        {
            await Task.Delay(LookEvery); // Looking without a pause would take the processor that the broker starts with.
            return false;
        }
    }

    private Process Run(string program, params string[] arguments)
    {
        // A shell sends what the program says to a file, so that nobody has to read it from a pipe for as long as it runs.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >>\"$OUT\" 2>&1", "sh", program, .. arguments]);
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["OUT"] = Path.Combine(folder, "out"),
            ["HOME"] = folder,
            ["ERL_EPMD_PORT"] = $"{namesPort}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = $"training{port}@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = $"{port}",
            ["RABBITMQ_DIST_PORT"] = $"{nodePort}",
            ["RABBITMQ_PID_FILE"] = Path.Combine(folder, "pid"),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "plugins"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "none"),
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
        })
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    private static async Task EndAsync(Process process)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

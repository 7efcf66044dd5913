using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Training.Benchmarks;

/// <summary>A server in a process of its own, on a free port and a temporary folder.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    public const string Key = "benchmark-bootstrap-key";

    private readonly Process process;

    private ServerProcess(Process process, Uri address, string storage)
    {
        this.process = process;
        Address = address;
        Storage = storage;
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public Uri Address { get; }

    public string Storage { get; }

    public HttpClient Client { get; }

    /// <summary>How long it took from its start to its first answer.</summary>
    public TimeSpan StartedIn { get; private set; }

    private bool keepsStorage;

    /// <summary>Peak resident memory so far, in MiB (Linux only).</summary>
    public double PeakMemory() => Memory("VmHWM");

    /// <summary>
    /// What the process holds now that is not a program file, in MiB: a mapped file counts as resident, but the system may drop its pages
    /// and reads them anew.
    /// </summary>
    public double OwnMemory() => Memory("RssAnon") + Memory("RssShmem");

    private double Memory(string kind)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(text => text.StartsWith(kind + ":", StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], null) / 1024;
    }

    /// <summary>Processor time the server has used so far: a busy machine stretches latencies, and this hardly.</summary>
    public TimeSpan ProcessorTime()
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    /// <summary>The product itself, as it is deployed.</summary>
    /// <param name="storage">Its folder; null for a new one.</param>
    /// <param name="keep">True when the folder is the caller's to delete.</param>
    public static async Task<ServerProcess> StartAppAsync(string? storage = null, bool keep = false)
    {
        var server = await StartAsync(PublishedApp.Path, address => [], storage);
        server.keepsStorage = keep;
        return server;
    }

    /// <summary>The empty endpoint.</summary>
    public static Task<ServerProcess> StartFloorAsync() => StartAsync(
        typeof(ServerProcess).Assembly.Location, address => ["floor-server", address], null);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        if (!keepsStorage) Directory.Delete(Storage, recursive: true);
    }

    private static async Task<ServerProcess> StartAsync(string assembly, Func<string, string[]> arguments, string? storage)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        storage ??= Directory.CreateTempSubdirectory("training-bench-").FullName;
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        start.ArgumentList.Add(assembly);
        foreach (var argument in arguments(address)) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_URLS"] = address;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Storage__Root"] = storage;
        start.Environment["Access__BootstrapKey"] = Key;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["MALLOC_ARENA_MAX"] = "1"; // As in the image.
        var watch = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => { if (line.Data is { Length: > 0 } text) Console.Error.WriteLine("  server: " + text); };
        process.BeginOutputReadLine();
        var server = new ServerProcess(process, new Uri(address), storage);
        await server.WaitUntilLiveAsync();
        server.StartedIn = watch.Elapsed;
        return server;
    }

    private async Task WaitUntilLiveAsync()
    {
        var deadline = Stopwatch.StartNew();
        while (deadline.Elapsed < TimeSpan.FromSeconds(60))
        {
            try
            {
                using var response = await Client.GetAsync(new Uri("/health/live", UriKind.Relative));
                if (response.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(5);
            }
        }
        throw new InvalidOperationException("The server did not answer within a minute.");
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Training.App.Tests.Platform.Messaging;

namespace Training.App.Tests.Platform;

/// <summary>The application in a process of its own, on a storage folder that outlives it: for tests that kill it.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private readonly Process process;

    private AppProcess(Process process, HttpClient client) => (this.process, Client) = (process, client);

    /// <summary>A machine with national scope.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts it and waits until it answers.</summary>
    public static Task<AppProcess> StartAsync(string storage, params (string Name, string Value)[] settings) => StartAsync([], storage, settings);

    /// <summary>Starts it by another program, which ends by becoming what it is given, and waits until it answers.</summary>
    public static async Task<AppProcess> StartAsync(string[] by, string storage, params (string Name, string Value)[] settings)
    {
        var given = Array.Find(settings, setting => setting.Name == "ASPNETCORE_URLS").Value;
        var address = given ?? $"http://127.0.0.1:{FreePort()}";
        string[] words = [.. by, "dotnet", Path.Combine(AppContext.BaseDirectory, "Training.App.dll")];
        var start = new ProcessStartInfo(words[0], words[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_URLS"] = address;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Storage__Root"] = storage;
        start.Environment["Access__BootstrapKey"] = TrainingApplication.BootstrapKey;
        start.Environment["Seed__Demo"] = "false";
        foreach (var (name, value) in settings) start.Environment[name] = value;

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Show(line.Data);
        process.ErrorDataReceived += (_, line) => Show(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TrainingApplication.BootstrapKey);
        var app = new AppProcess(process, client);
        await Poll.UntilAsync(app.AnswersAsync, () => Task.FromResult($"the process has exited: {process.HasExited}"), TimeSpan.FromMinutes(1));
        return app;
    }

    /// <summary>Its number.</summary>
    public int Id => process.Id;

    /// <summary>Asks it to end in good order, as a deployment does.</summary>
    /// <returns>Its exit code; null when it had not ended by then.</returns>
    public async Task<int?> StopAsync(TimeSpan atMost)
    {
        using (var term = Process.Start("/bin/kill", ["-TERM", $"{process.Id}"])) await term.WaitForExitAsync();
        using var end = new CancellationTokenSource(atMost);
        try
        {
            await process.WaitForExitAsync(end.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary><c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited) await KillAsync();
        process.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        if (process.HasExited) Assert.Fail($"The application stopped with {process.ExitCode}.");
        try
        {
            using var answer = await Client.GetAsync(new Uri("/health/live", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static void Show(string? line)
    {
        if (!string.IsNullOrEmpty(line)) TestContext.Progress.WriteLine($"  app: {line}");
    }

    /// <summary>A port that nobody uses now.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

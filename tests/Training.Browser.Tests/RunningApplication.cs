using System.Diagnostics;

namespace Training.Browser.Tests;

/// <summary>
/// The built application as a process of its own, on a free port, with the demo in a temporary folder: the same program that an
/// operator starts.
/// </summary>
internal sealed class RunningApplication : IAsyncDisposable
{
    public const string DemoPassword = "demo-password-of-the-tests";
    public const string BootstrapKey = "bootstrap-key-of-the-browser-tests";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly Process process;
    private readonly string storage;

    private RunningApplication(Process process, string storage, Uri address)
    {
        this.process = process;
        this.storage = storage;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <param name="settings">What is configured otherwise than for the journeys.</param>
    public static async Task<RunningApplication> StartAsync(params (string Name, string Value)[] settings)
    {
        var source = Path.Combine(Root(), "src", "Training.App");
        var storage = Directory.CreateTempSubdirectory("training-browser-").FullName;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(source, "bin", Configuration, "net10.0", "Training.App.dll")])
        {
            WorkingDirectory = source,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Storage__Root"] = storage;
        start.Environment["Seed__Demo"] = "true";
        start.Environment["Seed__DemoPassword"] = DemoPassword;
        start.Environment["Access__BootstrapKey"] = BootstrapKey;
        start.Environment["App__CndpNumber"] = "D-000/2026";

        foreach (var (name, value) in settings) start.Environment[name] = value;
        var process = new Process { StartInfo = start };
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        void Hear(string? line)
        {
            if (line is null) return;
            lock (said) said.Add(line);
            const string mark = "Now listening on: ";
            var at = line.IndexOf(mark, StringComparison.Ordinal);
            if (at >= 0) listening.TrySetResult(new Uri(line[(at + mark.Length)..].Trim()));
        }
        process.OutputDataReceived += (_, e) => Hear(e.Data);
        process.ErrorDataReceived += (_, e) => Hear(e.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The application ended while starting:\n" + string.Join('\n', said)));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new RunningApplication(process, storage, await listening.Task.WaitAsync(StartLimit));
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process.Dispose();
        Directory.Delete(storage, recursive: true);
    }

    private static string Configuration =>
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Training.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException("The tests must run inside the source tree.");
    }
}

using System.Diagnostics;

namespace Training.Benchmarks;

/// <summary>Publishes the application as the image does (compiled ahead of time), once a run, into the repository's ignored folder.</summary>
internal static class PublishedApp
{
    private static readonly Lazy<string> Published = new(Publish);

    /// <summary>The assembly to start.</summary>
    public static string Path => Published.Value;

    /// <summary>Runs a command of the application on a storage of its own, and returns what it printed.</summary>
    public static async Task<string> RunAsync(string storage, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in arguments.Prepend(Path)) start.ArgumentList.Add(argument);
        start.Environment["Storage__Root"] = storage;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        using var process = Process.Start(start)!;
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? printed : throw new InvalidOperationException($"'{arguments[0]} {arguments[1]}' failed: {printed}");
    }

    private static string Publish()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(root.FullName, "Training.sln"))) root = root.Parent!;
        var folder = System.IO.Path.Combine(root.FullName, "artifacts", "benchmarks-app");
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = root.FullName, UseShellExecute = false };
        foreach (var argument in (string[])["publish", "src/Training.App", "--configuration", "Release", "--runtime", "linux-x64", "--no-self-contained", "-p:PublishReadyToRun=true", "-p:NuGetLockFilePath=obj/publish.lock.json", "--output", folder, "--nologo", "--verbosity", "quiet"])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException("The application could not be published.");
        return System.IO.Path.Combine(folder, "Training.App.dll");
    }
}

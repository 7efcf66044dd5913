using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Training.App.Platform.Configuration;
using Training.App.Platform.Seeding;

namespace Training.App.Platform.Commands;

/// <summary>What happens before the first request, and what the person who started it is told.</summary>
internal static class Welcome
{
    /// <summary>Schema, reference data and, where asked for, the demo; then the addresses once they are open.</summary>
    public static async Task PrepareAsync(this WebApplication app, TextWriter output)
    {
        var demo = app.Services.GetRequiredService<AppOptions>().SeedDemo;
        await app.Services.CheckAfterCrashAsync(CancellationToken.None);
        await app.Services.PrepareAsync(CancellationToken.None);
        if (demo) await app.Services.GetRequiredService<DemoData>().SeedAsync(output, CancellationToken.None);
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
            foreach (var address in addresses) output.WriteLine($"Training is open at {address}");
            if (demo) output.WriteLine("Demo accounts: directorate, region04, coach, facilitator and operator, each @demo.example");
        });
    }

    /// <summary>Serves, once all is ready.</summary>
    public static async Task RunAfterAsync(this WebApplication app, Task preparing)
    {
        await preparing;
        await app.RunAsync();
    }
}

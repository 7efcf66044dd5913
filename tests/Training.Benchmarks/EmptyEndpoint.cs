using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Training.Benchmarks;

/// <summary>The ceiling of any HTTP answer on this machine: a bare endpoint in a process of its own.</summary>
internal static class EmptyEndpoint
{
    public static async Task<int> RunAsync(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add(address);
        app.MapPost("/empty", () => TypedResults.Created());
        app.MapGet("/health/live", () => "ok");
        await app.RunAsync();
        return 0;
    }
}

using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Training.App.Platform.Telemetry;

/// <summary>
/// Live: the process answers. Ready: it can take work. Only what keeps it from that makes it unready (503), and a balancer sends nobody
/// here; what an operator should look at is <c>Degraded</c>, and says what.
/// </summary>
internal static class Health
{
    private const string Ready = "ready";

    public static void AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<OutboxGauge>();
        services.AddSingleton<CertificateQueue>();
        services.AddHealthChecks()
            .AddCheck<DatabaseHealth>("database", tags: [Ready])
            .AddCheck<DeliveryHealth>("deliveries", tags: [Ready])
            .AddCheck<BusHealth>("bus", tags: [Ready])
            .AddCheck<StorageHealth>("storage", tags: [Ready]);
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        routes.MapHealthChecks(
            "/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    /// <summary>Anybody may ask: the answer names parts and counts, no address, no path, no fault's text.</summary>
    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = $"{report.Status}",
        checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { status = $"{entry.Value.Status}", entry.Value.Description }),
    });
}

using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Training.Data;
using Training.Data.Outbox;

namespace Training.App.Platform.Telemetry;

/// <summary>Live: the process answers. Ready: its database answers too.</summary>
internal static class Health
{
    private const string Ready = "ready";

    public static void AddHealth(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: [Ready]);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) }).AllowAnonymous();
    }

    private sealed class DatabaseHealth(DbContextOptions<TrainingDbContext> options) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await using var db = new TrainingDbContext(options);
            var dead = await db.Set<OutboxRow>().CountAsync(row => row.State == DeliveryState.Dead, cancellationToken);
            return dead == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"{dead} deliveries were given up.");
        }
    }
}

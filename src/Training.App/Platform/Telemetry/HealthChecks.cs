using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Training.App.Platform.Configuration;
using Training.App.Platform.Messaging;
using Training.Data;
using Training.Data.Platform;

namespace Training.App.Platform.Telemetry;

/// <summary>The database answers.</summary>
internal sealed class DatabaseHealth(DbContextOptions<TrainingDbContext> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = new TrainingDbContext(options);
            await db.Set<KeyBlock>().AnyAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (fault is not OperationCanceledException) // Whatever keeps it away: its text may name a server.
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }
}

/// <summary>What was promised is delivered in time, and nothing was given up.</summary>
internal sealed class DeliveryHealth(OutboxGauge outbox) : IHealthCheck
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(15);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var lanes = await outbox.ReadAsync(cancellationToken);
            var dead = lanes.Sum(lane => lane.Dead);
            if (dead > 0) return HealthCheckResult.Degraded($"{dead} deliveries were given up.");
            var oldest = lanes.Max(lane => lane.Age) ?? TimeSpan.Zero;
            return oldest < Late ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"The oldest delivery has waited for {oldest.TotalMinutes:N0} minutes.");
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return HealthCheckResult.Degraded("The outbox could not be read.");
        }
    }
}

/// <summary>The broker is reached, where one is used: without it events wait in the outbox, so that work goes on.</summary>
internal sealed class BusHealth(AppOptions options, RabbitMqBus bus) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        !options.UsesRabbitMq || !options.Roles.HasFlag(AppRoles.Worker) || bus.IsConnected
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("The broker is not reached; events wait in the outbox."));
}

/// <summary>Files can be written, and there is room for more.</summary>
internal sealed class StorageHealth(AppOptions options) : IHealthCheck
{
    private const double FreeMin = 0.05;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        var trial = Path.Combine(options.StorageRoot, $".trial-{Environment.ProcessId}");
        try
        {
            File.WriteAllBytes(trial, [0]);
            File.Delete(trial);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return HealthCheckResult.Degraded("The storage folder cannot be written.");
        }
        var disk = new DriveInfo(options.StorageRoot);
        var free = (double)disk.AvailableFreeSpace / Math.Max(1, disk.TotalSize);
        return free >= FreeMin ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"Of the disk {free:P0} is free.");
    }
}

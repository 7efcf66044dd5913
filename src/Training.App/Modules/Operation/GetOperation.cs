using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Training.App.Platform.Commands;
using Training.App.Platform.Configuration;
using Training.App.Platform.Messaging;
using Training.App.Platform.Telemetry;
using Training.Data;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Domain.Enrollments;
using Training.Domain.Webhooks;

namespace Training.App.Modules.Operation;

/// <summary>How the system is: its health, what waits, what was given up, room on the disk, versions, the last backup.</summary>
internal static class GetOperation
{
    private const int LettersMax = 50;

    private static readonly TimeSpan GivenUpShownFor = TimeSpan.FromDays(30);

    internal sealed record Response(
        IReadOnlyList<Part> Health, IReadOnlyList<LaneState> Lanes, IReadOnlyList<DeadLetter> Letters, int LettersInAll,
        IReadOnlyDictionary<ImportStatus, int> Imports, PartnerState Partners, Disk Disk, Versions Versions, BackupNote? LastBackup);

    /// <param name="Name">Part of the system.</param>
    /// <param name="Status">How it is.</param>
    /// <param name="What">What is to be looked at; null when nothing.</param>
    internal sealed record Part(string Name, HealthStatus Status, string? What);

    /// <param name="Stopped">Webhooks that are not served any more: answered by 410, or their owner's rights ended.</param>
    /// <param name="Waiting">Events that wait to be sent.</param>
    /// <param name="Oldest">How long the oldest of them has waited; null when none does.</param>
    /// <param name="GivenUp">Events that no try of three days has brought over, in the last 30 days.</param>
    internal sealed record PartnerState(int Stopped, int Waiting, TimeSpan? Oldest, int GivenUp);

    /// <param name="Free">Bytes that are left on the disk of the storage folder.</param>
    /// <param name="Total">Bytes of that disk.</param>
    internal sealed record Disk(long Free, long Total);

    /// <param name="Application">Version of the application.</param>
    /// <param name="Runtime">Version of .NET.</param>
    /// <param name="Database">Which database.</param>
    /// <param name="Schema">The last migration that was applied.</param>
    /// <param name="Bus">What carries events.</param>
    internal sealed record Versions(string Application, string Runtime, string Database, string Schema, string Bus);

    internal sealed class Handler(
        HealthCheckService health, OutboxGauge outbox, DeadLetters letters, DbContextOptions<TrainingDbContext> database, IDatabaseProvider provider, AppOptions options, TimeProvider time)
    {
        public async Task<Response> HandleAsync(CancellationToken cancellationToken)
        {
            var report = await health.CheckHealthAsync(cancellationToken);
            // Counted over everybody's lists: a number of lists says nothing about a child.
            await using var db = new TrainingDbContext(database) { Scope = AccessScope.Whole };
            var imports = await db.Set<Import>().GroupBy(row => row.Status).Select(rows => new { rows.Key, Count = rows.Count() })
                .ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
            var disk = new DriveInfo(options.StorageRoot);
            return new Response(
                [.. report.Entries.Select(entry => new Part(entry.Key, entry.Value.Status, entry.Value.Description))],
                await outbox.ReadAsync(cancellationToken),
                await letters.ListAsync(LettersMax, cancellationToken),
                await letters.CountAsync(cancellationToken),
                imports,
                await PartnersAsync(db, cancellationToken),
                new Disk(disk.AvailableFreeSpace, disk.TotalSize),
                new Versions(
                    typeof(GetOperation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
                    Environment.Version.ToString(), provider.Name,
                    (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).LastOrDefault() ?? "", options.UsesRabbitMq ? "RabbitMQ" : "InProcess"),
                await BackupNote.ReadAsync(options.StorageRoot, cancellationToken));
        }

        /// <summary>Counted over everybody's webhooks: neither an address nor what happened is shown.</summary>
        private async Task<PartnerState> PartnersAsync(TrainingDbContext db, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var since = now - GivenUpShownFor;
            var waiting = db.Set<WebhookDelivery>().Where(row => row.State == WebhookDeliveryState.Waiting);
            var oldest = await waiting.MinAsync(row => (DateTimeOffset?)row.CreatedAt, cancellationToken);
            return new PartnerState(
                await db.Set<Webhook>().CountAsync(row => row.DisabledAt != null, cancellationToken),
                await waiting.CountAsync(cancellationToken),
                now - oldest,
                await db.Set<WebhookDelivery>().CountAsync(row => row.State == WebhookDeliveryState.GivenUp && row.CreatedAt >= since, cancellationToken));
        }
    }
}

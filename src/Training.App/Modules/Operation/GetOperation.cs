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

namespace Training.App.Modules.Operation;

/// <summary>How the system is: its health, what waits, what was given up, room on the disk, versions, the last backup.</summary>
internal static class GetOperation
{
    private const int LettersMax = 50;

    internal sealed record Response(
        IReadOnlyList<Part> Health, IReadOnlyList<LaneState> Lanes, IReadOnlyList<DeadLetter> Letters, int LettersInAll,
        IReadOnlyDictionary<ImportStatus, int> Imports, Disk Disk, Versions Versions, BackupNote? LastBackup);

    /// <param name="Name">Part of the system.</param>
    /// <param name="Status">How it is.</param>
    /// <param name="What">What is to be looked at; null when nothing.</param>
    internal sealed record Part(string Name, HealthStatus Status, string? What);

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
        HealthCheckService health, OutboxGauge outbox, DeadLetters letters, DbContextOptions<TrainingDbContext> database, IDatabaseProvider provider, AppOptions options)
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
                new Disk(disk.AvailableFreeSpace, disk.TotalSize),
                new Versions(
                    typeof(GetOperation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
                    Environment.Version.ToString(), provider.Name,
                    (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).LastOrDefault() ?? "", options.UsesRabbitMq ? "RabbitMQ" : "InProcess"),
                await BackupNote.ReadAsync(options.StorageRoot, cancellationToken));
        }
    }
}

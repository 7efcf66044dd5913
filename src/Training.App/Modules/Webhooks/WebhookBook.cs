using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Attendance.Messages;
using Training.App.Modules.Certificates.Messages;
using Training.App.Modules.Enrollments.Messages;
using Training.App.Platform.Messaging;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Webhooks;

namespace Training.App.Modules.Webhooks;

/// <summary>
/// The webhooks that work, in memory: few, and asked about at each registration. This process's own changes count at once, another's
/// within <see cref="Life"/>.
/// </summary>
internal sealed class WebhookBook(DbContextOptions<TrainingDbContext> options) : IInterest, IDisposable
{
    /// <summary>How old the book may grow.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim reading = new(1, 1);
    private volatile Line[]? lines;

    /// <param name="Id">Key of the webhook.</param>
    /// <param name="Events">What of.</param>
    /// <param name="RegionId">Its region; null for the nation.</param>
    /// <param name="CreatedAt">What happened before is not told.</param>
    internal sealed record Line(int Id, WebhookEvents Events, int? RegionId, DateTimeOffset CreatedAt)
    {
        /// <summary>True when it is told of that event in that region.</summary>
        public bool Asks(WebhookEvents one, int regionId) => Events.HasFlag(one) && (RegionId is null || RegionId == regionId);
    }

    public Type Consumer => typeof(FeedWebhooks);

    /// <summary>True before the book was first read: rather one row too many than an event that is not told.</summary>
    public bool Wants(Type message) => lines is not { } known || Array.Exists(known, line => (line.Events & EventOf(message)) != 0);

    /// <summary>Every webhook that works.</summary>
    public async ValueTask<IReadOnlyList<Line>> ActiveAsync(CancellationToken cancellationToken)
    {
        if (lines is null) await RefreshAsync(cancellationToken);
        return lines!;
    }

    /// <summary>Reads anew. Who has just changed something sees it: a reading that began before is waited for.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await reading.WaitAsync(cancellationToken);
        try
        {
            await using var db = new TrainingDbContext(options) { Scope = AccessScope.Whole };
            lines = await db.Set<Webhook>().AsNoTracking().Where(row => row.DisabledAt == null).OrderBy(row => row.Id)
                .Select(row => new Line(row.Id, row.Events, row.RegionId, row.CreatedAt)).ToArrayAsync(cancellationToken);
        }
        finally
        {
            reading.Release();
        }
    }

    public void Dispose() => reading.Dispose();

    private static WebhookEvents EventOf(Type message) =>
        message == typeof(SessionClosed) ? WebhookEvents.AttendanceClosed
        : message == typeof(CertificatesIssued) ? WebhookEvents.CertificateIssued
        : message == typeof(CertificateRevoked) ? WebhookEvents.CertificateRevoked
        : message == typeof(ParticipantEnrolled) || message == typeof(EnrollmentChanged) || message == typeof(EnrollmentsImported) ? WebhookEvents.EnrollmentCreated
        : WebhookEvents.All;
}

/// <summary>Keeps the book young in every process, whatever its roles: each of them writes events.</summary>
internal sealed class WebhookBookKeeper(WebhookBook book, TimeProvider time, ILogger<WebhookBookKeeper> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(WebhookBook.Life, time);
        try
        {
            do
            {
                await Task.Yield(); // Not in the clock's own call.
                try
                {
                    await book.RefreshAsync(stoppingToken);
                }
                catch (Exception fault) when (fault is not OperationCanceledException) // The database may be away; the next look tries again.
                {
                    log.LogWarning("The webhooks could not be read: {Fault}", FaultNames.Describe(fault));
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Gateways;
using Training.Data;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Notifications;
using Training.Domain.Registry;

namespace Training.App.Modules.Notifications;

/// <summary>
/// Sends what is due, one message a family. Rows are taken in hand in one change, sent outside of any, and settled in another: a
/// worker that is killed between loses them after some minutes, and the message goes again under the same name.
/// </summary>
internal sealed class SendNotices(
    IWriteGate gate, IDatabaseProvider provider, TrainingDbContext db, NoticeFacts facts, NoticeWords words, ISmsSender sms, NoticeOptions options,
    DirectoryCatalog catalog, TimeProvider time)
{
    private const int PartSize = 500;

    private static readonly TimeSpan HoldTime = TimeSpan.FromMinutes(10), Day = TimeSpan.FromHours(24);

    private sealed record Parcel(Recipient To, IReadOnlyList<Notice> Notices);

    /// <summary>Looks once.</summary>
    /// <returns>How many messages the gateway took.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // Without a gateway nothing is due at an hour: the site should hear of it at once.
        if (sms.IsConfigured && options.Quiet.Cover(TimeOnly.FromDateTime(time.Local()))) return 0;
        var held = (await gate.WriteAsync(AccessScope.Whole, TakeAsync, cancellationToken)).Value;
        if (held.Count == 0) return 0;
        db.Scope = AccessScope.Whole;
        var tellings = await facts.TellAsync(held, cancellationToken);
        var recipients = await facts.RecipientsAsync(held, cancellationToken);
        var parcels = new Dictionary<string, Parcel>();
        foreach (var notice in held.OrderBy(row => row.Id))
        {
            var (to, reason) = recipients[notice.ParticipantId];
            if (!tellings.ContainsKey(notice.Id)) notice.Drop(time.GetUtcNow());
            else if (!sms.IsConfigured) notice.HandOver(Dispatch.NotConfigured.Reason!);
            else if (to is null) notice.HandOver(reason!);
            else parcels[to.Phone] = new Parcel(parcels.GetValueOrDefault(to.Phone)?.To ?? to, [.. parcels.GetValueOrDefault(to.Phone)?.Notices ?? [], notice]);
        }
        await SettleAsync([.. held.Where(row => row.State != NoticeState.Waiting)], cancellationToken);

        var sent = 0;
        foreach (var parcel in parcels.Values.Take(options.PerMinute))
            if (await SendAsync(parcel, tellings, cancellationToken)) sent++;
        await SettleAsync([.. parcels.Values.Skip(options.PerMinute).SelectMany(parcel => parcel.Notices).Select(Later)], cancellationToken);
        return sent;
    }

    private Notice Later(Notice notice)
    {
        notice.Postpone(time.GetUtcNow());
        return notice;
    }

    private async Task<bool> SendAsync(Parcel parcel, IReadOnlyDictionary<long, Telling> tellings, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await SentSinceAsync(parcel.To.Phone, now - Day, cancellationToken) >= options.PerFamilyPerDay)
        {
            foreach (var notice in parcel.Notices) notice.Postpone(options.DueAfter(now + TimeSpan.FromHours(1)));
            await SettleAsync(parcel.Notices, cancellationToken);
            return false;
        }
        var message = Guid.CreateVersion7(now);
        var text = await words.MessageAsync(
            [.. parcel.Notices.Select(row => (row.Kind, tellings[row.Id]))], parcel.To.Language, await catalog.SnapshotAsync(cancellationToken), cancellationToken);
        var dispatch = await sms.SendAsync(new Sms(message.ToString("N"), parcel.To.Phone, text), cancellationToken);
        foreach (var notice in parcel.Notices)
        {
            switch (dispatch.Outcome)
            {
                case DispatchOutcome.Accepted: notice.Send(parcel.To.GuardianId, message, time.GetUtcNow()); break;
                case DispatchOutcome.Failed: notice.Fail(dispatch.Reason!, time.GetUtcNow()); break;
                default: notice.HandOver(dispatch.Reason!); break;
            }
        }
        await SettleAsync(parcel.Notices, cancellationToken);
        return dispatch.Outcome == DispatchOutcome.Accepted;
    }

    /// <summary>Two guardians of a phone are one family.</summary>
    private Task<int> SentSinceAsync(string phone, DateTimeOffset since, CancellationToken cancellationToken) =>
        (from notice in db.Set<Notice>()
         join guardian in db.Set<Guardian>() on notice.GuardianId equals guardian.Id
         where guardian.Phone == phone && notice.DoneAt > since
         select notice.MessageId).Distinct().CountAsync(cancellationToken);

    private async Task<Result<List<Notice>>> TakeAsync(WriteSession write, CancellationToken cancellationToken)
    {
        await provider.SerializeAsync(write.Db, "notices", cancellationToken);
        var now = time.GetUtcNow();
        var due = await write.Db.Set<Notice>().AsNoTracking().Where(row => row.State == NoticeState.Waiting && row.DueAt <= now && (row.HeldUntil == null || row.HeldUntil <= now))
            .OrderBy(row => row.DueAt).ThenBy(row => row.Id).Take(PartSize).ToListAsync(cancellationToken);
        var ids = due.Select(row => row.Id).ToArray();
        await write.Db.Set<Notice>().Where(row => ids.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.HeldUntil, now + HoldTime), cancellationToken);
        return due;
    }

    private async Task SettleAsync(IReadOnlyList<Notice> notices, CancellationToken cancellationToken)
    {
        if (notices.Count == 0) return;
        await gate.WriteAsync<Done>(
            AccessScope.Whole,
            async (write, token) =>
            {
                write.Db.UpdateRange(notices);
                await write.Db.SaveChangesAsync(token);
                write.Db.ChangeTracker.Clear();
                return default(Done);
            },
            cancellationToken);
    }
}

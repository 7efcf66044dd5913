using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Gateways;
using Training.App.Platform.Localization;
using Training.Data.Access;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Access;

namespace Training.App.Modules.Access.People;

/// <summary>Calls to mind, once, what ends soon; without a mail server the list of people alone says so.</summary>
internal sealed class SafeguardingReminders(IWriteGate gate, IMailSender mail, Texts texts, TimeProvider time)
{
    private sealed record Due(SafeguardingRecord Record, Account Account);

    /// <summary>Reminds whom it concerns, and answers how many reminders were due.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? now = time.GetUtcNow();
        var soon = time.Today().AddDays(Safeguarding.SoonDays);
        var due = await gate.WriteAsync<List<Due>>(
            AccessScope.None,
            async (write, token) =>
            {
                var found = await (from record in write.Db.Set<SafeguardingRecord>().AsNoTracking()
                                   join account in write.Db.Set<Account>().AsNoTracking() on record.AccountId equals account.Id
                                   where record.EndsOn <= soon && record.RemindedAt == null && account.BlockedAt == null
                                       && !write.Db.Set<SafeguardingRecord>().Any(newer => newer.AccountId == record.AccountId && newer.Kind == record.Kind && newer.Id > record.Id)
                                   select new Due(record, account)).ToListAsync(token);
                var ids = found.ConvertAll(one => one.Record.Id);
                await write.Db.Set<SafeguardingRecord>().Where(record => ids.Contains(record.Id)).ExecuteUpdateAsync(set => set.SetProperty(record => record.RemindedAt, now), token);
                return found;
            },
            cancellationToken);
        if (mail.IsConfigured)
        {
            foreach (var one in due.Value) await mail.SendAsync(Reminder(one), cancellationToken);
        }
        return due.Value.Count;
    }

    private Mail Reminder(Due one) => Speaking.In(one.Account.Language, () => new Mail(
        one.Account.Email!, texts["access.safeguarding.mailSubject"],
        texts[
            "access.safeguarding.mailText", one.Account.DisplayName, texts[$"access.safeguarding.{one.Record.Kind}"],
            one.Record.EndsOn!.Value.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)])
    {
        Language = CultureInfo.CurrentCulture.Name,
    });
}

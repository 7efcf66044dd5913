using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Gateways;
using Training.App.Platform.Localization;
using Training.Data.Access;
using Training.Data.Scope;
using Training.Data.Writing;

namespace Training.App.Modules.Access;

/// <summary>
/// Warns whoever has not used an account for long, and closes it when nothing happens: an account nobody uses is one nobody misses when
/// it is stolen. A new link opens it again. Accounts of the demo stay.
/// </summary>
internal sealed class DormantAccounts(IWriteGate gate, IMailSender mail, Texts texts, TimeProvider time)
{
    /// <summary>Days without use after which a person is warned.</summary>
    public const int WarnAfterDays = 60;

    /// <summary>Days without use after which the account is closed.</summary>
    public const int CloseAfterDays = 90;

    /// <summary>Days that always lie between the two.</summary>
    private const int NoticeDays = 14;

    /// <summary>Does what is due, and answers how many were warned and closed.</summary>
    public async Task<(int Warned, int Closed)> RunAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? now = time.GetUtcNow();
        var (warnBefore, closeBefore, noticeBefore) = (now.Value.AddDays(-WarnAfterDays), now.Value.AddDays(-CloseAfterDays), now.Value.AddDays(-NoticeDays));
        var closed = 0;
        var warned = await gate.WriteAsync<List<Account>>(
            AccessScope.None,
            async (write, token) =>
            {
                var accounts = write.Db.Set<Account>().Where(row => !row.IsDemo && row.BlockedAt == null);
                // Accounts older than this rule are counted from now on.
                await accounts.Where(row => row.LastSeenAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSeenAt, now), token);
                closed = await accounts.Where(row => row.LastSeenAt < closeBefore && row.WarnedAt < noticeBefore)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.BlockedAt, now), token);
                var due = await accounts.AsNoTracking().Where(row => row.LastSeenAt < warnBefore && row.WarnedAt == null && row.PasswordHash != null).ToListAsync(token);
                var ids = due.ConvertAll(row => row.Id);
                await accounts.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.WarnedAt, now), token);
                return due;
            },
            cancellationToken);
        if (mail.IsConfigured)
        {
            foreach (var account in warned.Value) await mail.SendAsync(Warning(account), cancellationToken);
        }
        return (warned.Value.Count, closed);
    }

    private Mail Warning(Account account) => Speaking.In(account.Language, () => new Mail(
        account.Email!, texts["access.dormant.mailSubject"], texts["access.dormant.mailText", account.DisplayName, CloseAfterDays])
    {
        Language = CultureInfo.CurrentCulture.Name,
    });
}

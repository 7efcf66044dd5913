using System.Globalization;
using System.Security.Claims;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Access.Messages;
using Training.App.Modules.Reporting.Messages;
using Training.App.Platform;
using Training.App.Platform.Gateways;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting.Schedules;

/// <summary>
/// Tells the owner of a schedule that its report is there: by a mail with a link and no figure, where mail is configured; in any case on
/// the page of own reports. A repeat finds the run settled.
/// </summary>
internal sealed class DeliverReport(ReadDb db, IAccountRights rights, IMailSender mail, PublicAddress address, Texts texts, IWriteGate gate) : IConsumer<ReportWritten>
{
    public async Task Consume(ConsumeContext<ReportWritten> context)
    {
        var cancellationToken = context.CancellationToken;
        var order = await db.Set<ReportOrder>().SingleOrDefaultAsync(row => row.Id == context.Message.OrderId, cancellationToken);
        if (order?.ScheduleId is not { } id) return;
        var schedule = await db.Set<ReportSchedule>().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (schedule is null || schedule.PendingOrderId != order.Id) return;

        var problem = order.Problem ?? await MailAsync(schedule, order, cancellationToken);
        await gate.WriteAsync<Done>(
            AccessScope.None,
            async (write, token) =>
            {
                var row = await write.Db.Set<ReportSchedule>().AsTracking().SingleOrDefaultAsync(row => row.Id == id, token);
                if (problem is null) row?.Succeed(order.Id);
                else row?.Fail(order.Id, problem);
                await write.Db.SaveChangesAsync(token);
                return new Done();
            },
            cancellationToken);
    }

    /// <returns>Why it could not be mailed; null when it was, or when nothing is mailed here.</returns>
    private async Task<string?> MailAsync(ReportSchedule schedule, ReportOrder order, CancellationToken cancellationToken)
    {
        if (!mail.IsConfigured) return null;
        if (await rights.NowAsync(schedule.AccountId, cancellationToken) is not { } owner) return ReportSchedule.AccessEnded;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(schedule.Culture);
        var sent = await mail.SendAsync(
            new Mail(
                owner.FindFirstValue(ClaimTypes.Email)!, texts["reporting.mine.mailSubject"],
                texts["reporting.mine.mailText", address.Of("/reports/mine"), order.ExpiresAt.ToLocal().ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture)])
            {
                Language = schedule.Culture,
            },
            cancellationToken);
        return sent.Outcome == DispatchOutcome.Accepted ? null : ReportSchedule.NotMailed;
    }
}

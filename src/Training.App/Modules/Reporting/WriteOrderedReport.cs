using System.Globalization;
using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Reporting.Messages;
using Training.App.Platform;
using Training.App.Platform.Files;
using Training.App.Platform.Http;
using Training.App.Platform.Messaging;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>
/// Writes an ordered report within its owner's perimeter and in its owner's language, outside any transaction. A repeat finds it done; a
/// repeat beside the first writes the same file once more.
/// </summary>
[Unordered(2)]
internal sealed class WriteOrderedReport(ReadDb db, IServiceScopeFactory scopes, IFileStore files, IWriteGate gate) : IConsumer<ReportOrdered>
{
    public async Task Consume(ConsumeContext<ReportOrdered> context)
    {
        var cancellationToken = context.CancellationToken;
        var order = await db.Set<ReportOrder>().SingleOrDefaultAsync(row => row.Id == context.Message.OrderId, cancellationToken);
        if (order is not { Status: ReportOrderStatus.Waiting }) return;

        var written = await WriteAsync(order, cancellationToken);
        var file = written.Succeeded ? await files.SaveAsync(written.Value, cancellationToken) : null;
        await gate.WriteAsync<Done>(
            AccessScope.Whole,
            async (write, token) =>
            {
                var row = await write.Db.Set<ReportOrder>().AsTracking().SingleAsync(row => row.Id == order.Id, token);
                if (file is null) row.Refuse(written.Error!.Code);
                else row.Finish(file.Hash);
                await write.Db.SaveChangesAsync(token);
                return new Done();
            },
            cancellationToken);
    }

    private async Task<Result<byte[]>> WriteAsync(ReportOrder order, CancellationToken cancellationToken)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(order.Culture);
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CallerAccessor>().Current = new Caller(order.By, [], AccessScope.Parse(order.Scope) with { Holder = order.By });
        var question = JsonSerializer.Deserialize<ReportRequest>(order.Question, JsonSerializerOptions.Web)!;
        var report = await services.GetRequiredService<AttendanceReport.Handler>().HandleAsync(question, cancellationToken);
        return report.Succeeded ? ReportFiles.Write(order.Form, report.Value, question, services) : report.Error;
    }
}

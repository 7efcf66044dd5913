using System.Globalization;
using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Reporting.Messages;
using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.App.Platform.Files;
using Training.App.Platform.Http;
using Training.App.Platform.Messaging;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>
/// Writes an ordered report within its owner's perimeter and in its owner's language, outside any transaction, and tells how far it is. A
/// repeat finds it done; a repeat beside the first writes the same file once more.
/// </summary>
[Unordered(2)]
internal sealed class WriteOrderedReport(ReadDb db, IServiceScopeFactory scopes, IFileStore files, IWriteGate gate, AppOptions options) : IConsumer<ReportOrdered>
{
    /// <summary>Shown as soon as somebody works on it, and once its figures are read; the rows are the rest.</summary>
    private const int Begun = 5, Read = 40, Written = 95;

    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);

    public async Task Consume(ConsumeContext<ReportOrdered> context)
    {
        var cancellationToken = context.CancellationToken;
        var order = await db.Set<ReportOrder>().SingleOrDefaultAsync(row => row.Id == context.Message.OrderId, cancellationToken);
        if (order is not { Status: ReportOrderStatus.Waiting }) return;

        await TellAsync(order.Id, Begun, cancellationToken);
        var written = await WriteAsync(order, cancellationToken);
        await gate.WriteAsync<Done>(
            AccessScope.Whole,
            async (write, token) =>
            {
                var row = await write.Db.Set<ReportOrder>().AsTracking().SingleAsync(row => row.Id == order.Id, token);
                if (written.Succeeded) row.Finish(written.Value.Hash);
                else row.Refuse(written.Error.Code);
                if (row.ScheduleId is not null) write.Events.Add(new ReportWritten(row.Id));
                await write.Db.SaveChangesAsync(token);
                return new Done();
            },
            cancellationToken);
    }

    private async Task<Result<StoredFile>> WriteAsync(ReportOrder order, CancellationToken cancellationToken)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(order.Culture);
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CallerAccessor>().Current = new Caller(order.By, [], AccessScope.Parse(order.Scope) with { Holder = order.By });
        var question = JsonSerializer.Deserialize<ReportRequest>(order.Question, JsonSerializerOptions.Web)!;
        var report = await services.GetRequiredService<AttendanceReport.Handler>().HandleAsync(question, cancellationToken);
        if (!report.Succeeded) return report.Error;
        await TellAsync(order.Id, Read, cancellationToken);

        await using var file = ReportFiles.Draft(options);
        var percent = Read;
        var writing = Task.Run(
            () => ReportFiles.Write(order.Form, report.Value, question, services, file, share => Volatile.Write(ref percent, Read + (int)(share * (Written - Read)))), cancellationToken);
        for (var told = percent; await Task.WhenAny(writing, Task.Delay(TellEvery, cancellationToken)) != writing;)
        {
            if (Volatile.Read(ref percent) is var now && now != told) await TellAsync(order.Id, told = now, cancellationToken);
        }
        await writing;
        file.Position = 0;
        return (await files.SaveAsync(file, long.MaxValue, cancellationToken))!;
    }

    private Task TellAsync(int orderId, int percent, CancellationToken cancellationToken) => gate.WriteAsync<Done>(
        AccessScope.None,
        async (write, token) =>
        {
            await write.Db.Set<ReportOrder>().Where(row => row.Id == orderId && row.Status == ReportOrderStatus.Waiting)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Percent, (byte)percent), token);
            return new Done();
        },
        cancellationToken);
}

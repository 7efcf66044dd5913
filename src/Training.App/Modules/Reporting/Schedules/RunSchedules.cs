using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Access.Messages;
using Training.App.Modules.Reporting.Messages;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting.Schedules;

/// <summary>
/// Orders the reports of the schedules that are due, each with what its owner may see now. A run is claimed by moving the schedule's next
/// one on, in the change that orders its report: of two processes one finds it moved, and nothing is ordered twice or lost between.
/// </summary>
internal sealed class RunSchedules(IServiceScopeFactory scopes, IWriteGate gate, KeyAllocator keys, TimeProvider time)
{
    private const string Holder = "system:schedules";

    /// <summary>Most runs of one look; the next minute goes on.</summary>
    private const int RunsMax = 200;

    /// <summary>Runs what is due.</summary>
    /// <returns>How many schedules this process moved on.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var due = await scope.ServiceProvider.GetRequiredService<ReadDb>().Set<ReportSchedule>()
            .Where(row => row.Status == ReportScheduleStatus.Active && row.NextAt <= now).OrderBy(row => row.NextAt).Take(RunsMax).ToListAsync(cancellationToken);
        var moved = 0;
        foreach (var schedule in due)
        {
            if (await RunOneAsync(schedule, now, cancellationToken)) moved++;
        }
        return moved;
    }

    /// <summary>Runs one as it was read.</summary>
    /// <returns>False when another process, or its owner, was faster.</returns>
    internal async Task<bool> RunOneAsync(ReportSchedule schedule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (owner, problem) = await AskAsync(schedule, cancellationToken);
        var (orderId, next) = (await keys.NextAsync<ReportOrder>(cancellationToken), ScheduleClock.Next(schedule.Rhythm, now));
        var claimed = await gate.WriteAsync<bool>(
            (owner?.Scope ?? AccessScope.None) with { Holder = Holder },
            async (write, token) =>
            {
                var moved = await write.Db.Set<ReportSchedule>()
                    .Where(row => row.Id == schedule.Id && row.Status == ReportScheduleStatus.Active && row.NextAt == schedule.NextAt)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, next), token);
                if (moved == 0) return false;
                var row = await write.Db.Set<ReportSchedule>().AsTracking().SingleAsync(row => row.Id == schedule.Id, token);
                if (owner is null) row.Stop(ReportSchedule.AccessEnded);
                else if (problem is not null) row.FailAt(now, problem);
                else if (row.Begin(orderId, now)) Order(write, row, orderId, owner, now);
                await write.Db.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);
        return claimed.Value;
    }

    private static void Order(WriteSession write, ReportSchedule schedule, int orderId, Caller owner, DateTimeOffset now)
    {
        write.Rows.Insert(new ReportOrder
        {
            Id = orderId,
            By = owner.Name,
            Scope = owner.Scope.ToText(),
            Culture = schedule.Culture,
            Question = schedule.Question,
            Form = schedule.Form,
            ScheduleId = schedule.Id,
            OrderedAt = now,
        });
        write.Events.Add(new ReportOrdered(orderId));
    }

    /// <summary>Who the owner is today, and what the report would refuse; no owner when the access has ended.</summary>
    private async Task<(Caller? Owner, string? Problem)> AskAsync(ReportSchedule schedule, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var rights = await services.GetRequiredService<IAccountRights>().NowAsync(schedule.AccountId, cancellationToken);
        if (rights is null || !(await services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(rights, null, Policies.Report)).Succeeded)
            return (null, null);
        // The rights are read without a scope, the question within the owner's: a context carries one.
        await using var inside = scopes.CreateAsyncScope();
        var owner = CallerClaims.Read(rights);
        inside.ServiceProvider.GetRequiredService<CallerAccessor>().Current = owner;
        var question = JsonSerializer.Deserialize<ReportRequest>(schedule.Question, JsonSerializerOptions.Web)!;
        var read = await inside.ServiceProvider.GetRequiredService<ReadReport>().ReadAsync(question, cancellationToken);
        return (owner, read.Succeeded ? null : read.Error.Code);
    }
}

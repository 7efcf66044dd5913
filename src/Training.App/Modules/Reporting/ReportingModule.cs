using Training.App.Modules.Reporting.Schedules;
using Training.App.Modules.Reporting.Targets;
using Training.App.Platform.Commands;
using Training.App.Platform.Configuration;
using Training.App.Platform.Http;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>Figures: tallies fed by the bus, and the reports that read them.</summary>
internal static class ReportingModule
{
    public static void AddReporting(this IServiceCollection services)
    {
        services.AddSingleton(services => new SmallCells(services.GetRequiredService<AppOptions>().SmallCells));
        services.AddSingleton<CountPace>();
        services.AddSingleton<RecountSignal>();
        services.AddHostedService<RecountWorker>();
        services.AddSingleton<ReportOrderSweep>();
        services.AddHostedService(services => services.GetRequiredService<ReportOrderSweep>());
        services.AddScoped<OrderReport.Handler>();
        services.AddScoped<GetOrderedReport.Handler>();
        services.AddScoped<ListOrderedReports.Handler>();
        services.AddScoped<SaveSchedule.Handler>();
        services.AddScoped<ListSchedules.Handler>();
        services.AddScoped<ChangeSchedule.Handler>();
        services.AddSingleton<RunSchedules>();
        services.AddHostedService<ScheduleWorker>();
        services.AddScoped<EnrollmentCounter>();
        services.AddScoped<FigureSweep>();
        services.AddHostedService<FigureReconciler>();
        services.AddSingleton<ReportMemory>();
        services.AddScoped<ReportFigures>();
        services.AddScoped<ReportBooks>();
        services.AddScoped<ReportGuard>();
        services.AddScoped<ReportLabels>();
        services.AddScoped<ReportPdf>();
        services.AddScoped<ReportWords>();
        services.AddScoped<ReadReport>();
        services.AddScoped<AttendanceReport.Handler>();
        services.AddScoped<ReportOverview.Handler>();
        services.AddScoped<CountChildren.Handler>();
        services.AddScoped<GetTargets.Handler>();
        services.AddScoped<SetTargets.Handler>();
        services.AddScoped<RebuildFigures.Handler>();
        services.AddScoped<ILoadStep, LoadFigures>();
    }

    public static void MapReporting(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/reports").RequireAuthorization(Policies.Report).WithTags("Reporting");
        QueryAttendance.Map(api);
        ReportFiles.Map(api);
        CountChildren.Map(api);
        OrderReport.Map(api);
        ListOrderedReports.Map(api);
        GetOrderedReport.Map(api);
        SaveSchedule.Map(api);
        ListSchedules.Map(api);
        ChangeSchedule.Map(api);
        // Not under /api/reports: a key that may read figures alone must not reach a change.
        var targets = routes.MapGroup("/api/editions/{code}/targets").RequireAuthorization(Policies.Coordinate).WithTags("Reporting");
        GetTargets.Map(targets);
        SetTargets.Map(targets);
    }
}

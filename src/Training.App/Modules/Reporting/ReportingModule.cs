using Training.App.Platform.Commands;
using Training.App.Platform.Http;

namespace Training.App.Modules.Reporting;

/// <summary>Figures: tallies fed by the bus, and the reports that read them.</summary>
internal static class ReportingModule
{
    public static void AddReporting(this IServiceCollection services)
    {
        services.AddSingleton<CountPace>();
        services.AddSingleton<RecountSignal>();
        services.AddHostedService<RecountWorker>();
        services.AddScoped<EnrollmentCounter>();
        services.AddScoped<FigureSweep>();
        services.AddHostedService<FigureReconciler>();
        services.AddScoped<ReportFigures>();
        services.AddScoped<ReportLabels>();
        services.AddScoped<AttendanceReport.Handler>();
        services.AddScoped<NationalReport.Handler>();
        services.AddScoped<CountChildren.Handler>();
        services.AddScoped<RebuildFigures.Handler>();
        services.AddScoped<ILoadStep, LoadFigures>();
    }

    public static void MapReporting(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/reports").RequireAuthorization(Policies.Report).WithTags("Reporting");
        AttendanceReport.Map(api);
        AttendanceCsv.Map(api);
        CountChildren.Map(api);
    }
}

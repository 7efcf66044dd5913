using Training.App.Platform.Http;

namespace Training.App.Modules.Attendance;

/// <summary>Sessions, their rosters and marks.</summary>
internal static class AttendanceModule
{
    public static void AddAttendance(this IServiceCollection services)
    {
        services.AddScoped<CreateSession.Handler>();
        services.AddScoped<ListSessions.Handler>();
        services.AddScoped<GetRoster.Handler>();
        services.AddScoped<RecordAttendance.Handler>();
        services.AddScoped<CloseSession.Handler>();
    }

    public static void MapAttendance(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/sessions").RequireAuthorization(Policies.Enroll).WithTags("Attendance");
        CreateSession.Map(api);
        ListSessions.Map(api);
        GetRoster.Map(api);
        RecordAttendance.Map(api);
        CloseSession.Map(api);
    }
}

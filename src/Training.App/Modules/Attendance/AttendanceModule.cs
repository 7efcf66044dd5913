using Training.App.Modules.Attendance.Printing;
using Training.App.Modules.Attendance.Tournaments;
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
        services.AddScoped<GetDaySheet.Handler>();
        services.AddScoped<ReadDaySheet.Handler>();
        services.AddScoped<RecordAttendance.Handler>();
        services.AddScoped<CloseSession.Handler>();
        services.AddScoped<ReopenSession.Handler>();
        services.AddScoped<CancelSession.Handler>();
        services.AddScoped<RescheduleSession.Handler>();
        services.AddScoped<LogSession.Handler>();
        services.AddScoped<ListAdults.Handler>();
        services.AddScoped<ListHeldMarks.Handler>();
        services.AddScoped<DecideHeldMark.Handler>();
        services.AddScoped<RequestLateEdit.Handler>();
        services.AddScoped<SessionHistory.Handler>();
        services.AddScoped<MarkAuthors>();
        services.AddScoped<AttendanceRules.Handler>();
        services.AddScoped<SessionCalendar.Handler>();
        services.AddScoped<PlanSchedule.Handler>();
        services.AddScoped<MoveHours.Handler>();
        services.AddScoped<UndoMove.Handler>();
        services.AddScoped<CountOpenSessions.Handler>();
        services.AddScoped<ListAbsences.Handler>();
        services.AddScoped<GetContacts.Handler>();
        services.AddScoped<CheckIn.Handler>();
        services.AddTournaments();
        services.AddSingleton<AttendanceCalendar>();
        services.AddSingleton<LedgerPruner>();
        services.AddHostedService(provider => provider.GetRequiredService<LedgerPruner>());
    }

    public static void MapAttendance(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/sessions").RequireAuthorization(Policies.Enroll).WithTags("Attendance");
        CreateSession.Map(api);
        ReopenSession.Map(api);
        CancelSession.Map(api);
        RescheduleSession.Map(api);
        ListHeldMarks.Map(api);
        DecideHeldMark.Map(api);
        RequestLateEdit.Map(api);
        SessionHistory.Map(api);
        MoveHours.Map(api);
        UndoMove.Map(api);
        ListAbsences.Map(api);
        GetContacts.Map(api);
        var sheets = routes.MapGroup("/api/sessions").RequireAuthorization(Policies.Sheets).WithTags("Attendance");
        ListSessions.Map(sheets);
        GetRoster.Map(sheets);
        GetDaySheet.Map(sheets);
        ReadDaySheet.Map(sheets);
        RecordAttendance.Map(sheets);
        CheckIn.Map(sheets);
        CloseSession.Map(sheets);
        LogSession.Map(sheets);
        ListAdults.Map(sheets);
        AttendanceRules.Map(routes);
        SessionCalendar.Map(routes);
        PlanSchedule.Map(routes);
        CountOpenSessions.Map(routes);
        routes.MapTournaments();
    }
}

using Training.App.Platform.Http;

namespace Training.App.Modules.Attendance.Tournaments;

/// <summary>Tournaments: opened by a coordinator, entered by clubs, marked at the door.</summary>
internal static class TournamentsModule
{
    public static void AddTournaments(this IServiceCollection services)
    {
        services.AddScoped<TournamentReach>();
        services.AddScoped<PlayerBook>();
        services.AddScoped<SquadBook>();
        services.AddScoped<OpenTournament.Handler>();
        services.AddScoped<ListTournaments.Handler>();
        services.AddScoped<GetTournament.Handler>();
        services.AddScoped<CancelTournament.Handler>();
        services.AddScoped<DrawSquad.Handler>();
        services.AddScoped<GetSquad.Handler>();
        services.AddScoped<ChangeSquad.Handler>();
        services.AddScoped<GrantException.Handler>();
        services.AddScoped<RecordMedicalCertificate.Handler>();
        services.AddScoped<CheckInPlayer.Handler>();
        services.AddScoped<GetTeamSheet.Handler>();
        services.AddScoped<GetParticipantList.Handler>();
    }

    public static void MapTournaments(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/tournaments").RequireAuthorization(Policies.Enroll).WithTags("Tournaments");
        OpenTournament.Map(api);
        ListTournaments.Map(api);
        GetTournament.Map(api);
        CancelTournament.Map(api);
        DrawSquad.Map(api);
        GetSquad.Map(api);
        ChangeSquad.Map(api);
        GrantException.Map(api);
        CheckInPlayer.Map(api);
        GetTeamSheet.Map(api);
        GetParticipantList.Map(api);
        RecordMedicalCertificate.Map(routes);
    }
}

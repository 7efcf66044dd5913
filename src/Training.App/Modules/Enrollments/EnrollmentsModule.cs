using Training.App.Modules.Enrollments.Imports;
using Training.App.Modules.Enrollments.Lifecycle;
using Training.App.Modules.Enrollments.Printing;
using Training.App.Platform.Http;

namespace Training.App.Modules.Enrollments;

/// <summary>Registering, importing, and the life of an enrollment.</summary>
internal static class EnrollmentsModule
{
    public static void AddEnrollments(this IServiceCollection services)
    {
        services.AddScoped<RegisterParticipant.Handler>();
        services.AddImports();
        services.AddLifecycle();
        services.AddScoped<SiteOverview.Handler>();
        services.AddScoped<FindGuardians.Handler>();
        services.AddScoped<GetParticipantCards.Handler>();
    }

    public static void MapEnrollments(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").RequireAuthorization(Policies.Enroll).WithTags("Enrollments");
        RegisterParticipant.Map(api);
        FindGuardians.Map(api);
        api.MapImports();
        api.MapLifecycle();
        var sheets = routes.MapGroup("/api").RequireAuthorization(Policies.Sheets).WithTags("Enrollments");
        ListGroupYouths.Map(sheets);
        GetParticipantCards.Map(sheets);
        AnswerConsent.MapForFamilies(routes.MapGroup("/api/family").RequireAuthorization(Policies.Family).WithTags("Families"));
    }
}

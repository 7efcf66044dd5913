using Training.App.Platform.Http;

namespace Training.App.Modules.Families;

/// <summary>What a family does with the printed code of a child: no account, no password.</summary>
internal static class FamiliesModule
{
    public static void AddFamilies(this IServiceCollection services)
    {
        services.AddScoped<ClaimChild.Handler>();
        services.AddScoped<GetChildren.Handler>();
        services.AddScoped<PrintClaimCode.Handler>();
    }

    public static void MapFamilies(this IEndpointRouteBuilder routes)
    {
        ClaimChild.Map(routes.MapGroup("/api/family").WithTags("Families"));
        GetChildren.Map(routes.MapGroup("/api/family").RequireAuthorization(Policies.Family).WithTags("Families"));
        PrintClaimCode.Map(routes.MapGroup("/api").RequireAuthorization(Policies.Enroll).WithTags("Families"));
    }
}

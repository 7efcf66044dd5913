using Training.App.Platform.Http;

namespace Training.App.Modules.Directory;

/// <summary>Territory, sites, editions and groups.</summary>
internal static class DirectoryModule
{
    public static void AddDirectory(this IServiceCollection services)
    {
        services.AddScoped<ListSites.Handler>();
        services.AddScoped<ListGroups.Handler>();
        services.AddScoped<OpenGroup.Handler>();
        services.AddScoped<OpenEdition.Handler>();
    }

    public static void MapDirectory(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").RequireAuthorization(Policies.Staff).WithTags("Directory");
        ListTerritory.Map(api);
        ListSites.Map(api);
        ListEditions.Map(api);
        ListGroups.Map(api);
        OpenGroup.Map(api);
        OpenEdition.Map(api);
    }
}

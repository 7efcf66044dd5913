using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Modules.Registry;

/// <summary>The children's files: finding and reading them.</summary>
internal static class RegistryModule
{
    public static void AddRegistry(this IServiceCollection services)
    {
        services.AddScoped<SearchParticipants.Handler>();
        services.AddScoped<GetParticipant.Handler>();
    }

    public static void MapRegistry(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/participants").RequireAuthorization(Policies.Staff).WithTags("Registry");
        SearchParticipants.Map(api);
        GetParticipant.Map(api);
    }
}

/// <summary>Texts of the children's files.</summary>
internal sealed class RegistryTexts : ITextOwner;

using Training.App.Modules.Rights.Retention;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Modules.Rights;

/// <summary>What the law gives a child and its family over the data kept of it, and how long data are kept.</summary>
internal static class RightsModule
{
    public static void AddRights(this IServiceCollection services)
    {
        services.AddSingleton(provider => RightsSettings.Read(provider.GetRequiredService<IConfiguration>()));
        services.AddScoped<FileEraser>();
        services.AddScoped<OpenRequest.Handler>();
        services.AddScoped<ListRequests.Handler>();
        services.AddScoped<AnswerRequest.Handler>();
        services.AddScoped<EraseChild.Handler>();
        services.AddScoped<RetentionBook>();
        services.AddScoped<GetRetention.Handler>();
        services.AddScoped<SetRetention.Handler>();
        services.AddSingleton<RetentionJob>();
        services.AddHostedService(provider => provider.GetRequiredService<RetentionJob>());
        services.AddScoped<DescribeProcessing.Handler>();
        services.AddScoped<ExportParts>();
        services.AddScoped<ExportDocument>();
        services.AddScoped<ExportFile.Handler>();
    }

    public static void MapRights(this IEndpointRouteBuilder routes)
    {
        OpenRequest.Map(routes.MapGroup("/api/rights").RequireAuthorization(Policies.Staff).WithTags("Rights"));
        var desk = routes.MapGroup("/api/rights").RequireAuthorization(Policies.Coordinate).WithTags("Rights");
        ListRequests.Map(desk);
        AnswerRequest.Map(desk);
        EraseChild.Map(desk);
        ExportFile.Map(desk);
        GetRetention.Map(desk);
        SetRetention.Map(desk);
        DescribeProcessing.Map(routes.MapGroup("/api/rights").AllowAnonymous().WithTags("Rights"));

        var family = routes.MapGroup("/api/family").RequireAuthorization(Policies.Family).WithTags("Families");
        OpenRequest.MapForFamilies(family);
        ListRequests.MapForFamilies(family);
        ExportFile.MapForFamilies(family);
    }
}

/// <summary>Texts of the rights desk.</summary>
internal sealed class RightsTexts : ITextOwner
{
    public IReadOnlyList<FamilyPart> ForFamilies { get; } = [new("kind.", "data"), new("status.", "data"), new("consentTexts.title", "privacy"), new("processing.title", "privacy")];
}

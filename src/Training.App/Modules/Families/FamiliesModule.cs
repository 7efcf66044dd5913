using Training.App.Modules.Families.Amazigh;
using Training.App.Platform.Http;

namespace Training.App.Modules.Families;

/// <summary>What a family does with the printed code of a child: no account, no password.</summary>
internal static class FamiliesModule
{
    public static void AddFamilies(this IServiceCollection services)
    {
        services.AddSingleton<FamilyTickets>();
        services.AddScoped<FamilySession>();
        services.AddScoped<FamilyGuardians>();
        services.AddScoped<ListSpeakers.Handler>();
        services.AddScoped<GetFamilyAccess.Handler>();
        services.AddScoped<ListPhones.Handler>();
        services.AddScoped<SendCode.Handler>();
        services.AddScoped<ConfirmCode.Handler>();
        services.AddScoped<OpenPersonalLink.Handler>();
        services.AddScoped<SendPersonalLink.Handler>();
        services.AddScoped<RecoverFamily.Handler>();
        services.AddScoped<SetGuardianRights.Handler>();
        services.AddScoped<ClaimChild.Handler>();
        services.AddScoped<GetChildren.Handler>();
        services.AddScoped<PrintClaimCode.Handler>();
        services.AddScoped<GetAmazigh.Handler>();
        services.AddScoped<UploadAmazigh.Handler>();
        services.AddScoped<PublishAmazigh.Handler>();
    }

    public static void MapFamilies(this IEndpointRouteBuilder routes)
    {
        var door = routes.MapGroup("/api/family").WithTags("Families");
        ClaimChild.Map(door);
        OpenPersonalLink.Map(door);
        SendCode.Map(door);
        ConfirmCode.Map(door);
        GetChildren.Map(routes.MapGroup("/api/family").RequireAuthorization(Policies.Family).WithTags("Families"));
        var amazigh = routes.MapGroup("/api/amazigh").RequireAuthorization(Policies.Coordinate).WithTags("Families");
        GetAmazigh.Map(amazigh);
        UploadAmazigh.Map(amazigh);
        PublishAmazigh.Map(amazigh);
        var staff = routes.MapGroup("/api").RequireAuthorization(Policies.Enroll).WithTags("Families");
        PrintClaimCode.Map(staff);
        GetFamilyAccess.Map(staff);
        SendPersonalLink.Map(staff);
        RecoverFamily.Map(staff);
        SetGuardianRights.Map(staff);
    }
}

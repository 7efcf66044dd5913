using Training.App.Modules.Registry.Corrections;
using Training.App.Modules.Registry.Duplicates;
using Training.App.Modules.Registry.Duplicates.Sweeping;
using Training.App.Modules.Registry.Searching;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;

namespace Training.App.Modules.Registry;

/// <summary>The children's files: finding and reading them.</summary>
internal static class RegistryModule
{
    public static void AddRegistry(this IServiceCollection services)
    {
        services.AddSingleton<NameBook>();
        services.AddScoped<NamedChildren>();
        services.AddScoped<CodedChildren>();
        services.AddScoped<FormerSearch>();
        services.AddScoped<FoundChildren>();
        services.AddScoped<MergedElsewhere>();
        services.AddScoped<SearchParticipants.Handler>();
        services.AddScoped<GetParticipant.Handler>();
        services.AddScoped<CorrectName.Handler>();
        services.AddScoped<CorrectionDesk>();
        services.AddScoped<CorrectParticipant.Handler>();
        services.AddScoped<DecideCorrection.Handler>();
        services.AddScoped<ListCorrections.Handler>();
        services.AddScoped<ListReadings.Handler>();
        services.AddScoped<PairSides>();
        services.AddScoped<CountDuplicates.Handler>();
        services.AddScoped<ListDuplicates.Handler>();
        services.AddScoped<GetDuplicate.Handler>();
        services.AddScoped<DecideDuplicate.Handler>();
        services.AddScoped<UndoMerge.Handler>();
        services.AddScoped<NameDuplicate.Handler>();
        services.AddScoped<SweepSteps>();
        services.AddScoped<SweepDuplicates>();
        services.AddHostedService<SweepWorker>();
    }

    public static void MapRegistry(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/participants").RequireAuthorization(Policies.Staff).WithTags("Registry");
        SearchParticipants.Map(api);
        GetParticipant.Map(api);
        CorrectName.Map(api);
        CorrectParticipant.Map(api);
        ListCorrections.Map(api);
        ListReadings.Map(routes.MapGroup("/api/participants").RequireAuthorization(Policies.Coordinate).WithTags("Registry"));
        ListReadings.MapForFamilies(routes.MapGroup("/api/family").RequireAuthorization(Policies.Family).WithTags("Families"));

        var corrections = routes.MapGroup("/api/corrections").RequireAuthorization(Policies.Coordinate).WithTags("Registry");
        ListCorrections.MapWaiting(corrections);
        DecideCorrection.Map(corrections);

        var duplicates = routes.MapGroup("/api/duplicates").RequireAuthorization(Policies.Coordinate).WithTags("Duplicates");
        ListDuplicates.Map(duplicates);
        GetDuplicate.Map(duplicates);
        DecideDuplicate.Map(duplicates);
        UndoMerge.Map(duplicates);
        NameDuplicate.Map(duplicates);
    }
}

/// <summary>Texts of the children's files.</summary>
internal sealed class RegistryTexts : ITextOwner;

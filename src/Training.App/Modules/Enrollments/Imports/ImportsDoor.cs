using Training.App.Modules.Enrollments.Messages;
using Training.App.Platform.Commands;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>The third door of registration: whole lists.</summary>
internal static class ImportsDoor
{
    public static void AddImports(this IServiceCollection services)
    {
        services.AddSingleton<ImportSignal>();
        services.AddSingleton<ImportClaims>();
        services.AddSingleton<ImportLayouts>();
        services.AddSingleton<ReadImport>();
        services.AddSingleton<CommitImport>();
        services.AddSingleton<WithdrawImported>();
        services.AddSingleton<ImportWork>();
        services.AddScoped<IListsOfChild, ListsOfChild>();
        services.AddScoped<UploadImport.Handler>();
        services.AddScoped<GetImport.Handler>();
        services.AddScoped<ListImports.Handler>();
        services.AddScoped<MapColumns.Handler>();
        services.AddScoped<ReadMapping>();
        services.AddSingleton<KnownNames>();
        services.AddScoped<PlacesAhead>();
        services.AddScoped<KeptEnrollments>();
        services.AddSingleton<DroppedLists>();
        services.AddSingleton<StagedLists>();
        services.AddScoped<ConfirmImport.Handler>();
        services.AddScoped<UndoImport.Handler>();
        services.AddScoped<DecideRows.Handler>();
        services.AddScoped<KnownChildren>();
        services.AddScoped<ListRows.Handler>();
        services.AddScoped<RefusedRows.Handler>();
        services.AddScoped<ILoadStep, LoadParticipants>();
        services.AddHostedService<ImportWorker>();
    }

    public static void MapImports(this IEndpointRouteBuilder api)
    {
        UploadImport.Map(api);
        ListImports.Map(api);
        GetImport.Map(api);
        MapColumns.Map(api);
        ListRows.Map(api);
        DecideRows.Map(api);
        ConfirmImport.Map(api);
        UndoImport.Map(api);
        WatchImport.Map(api);
        RefusedRows.Map(api);
    }
}

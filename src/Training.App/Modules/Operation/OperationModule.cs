namespace Training.App.Modules.Operation;

/// <summary>What an operator sees of the running system, and the little there is to do. No child is seen here.</summary>
internal static class OperationModule
{
    public static void AddOperation(this IServiceCollection services)
    {
        services.AddScoped<GetOperation.Handler>();
        services.AddScoped<ReplayDeliveries.Handler>();
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.App.Platform.Http;
using Training.App.Platform.Messaging;
using Training.App.Platform.Seeding;

namespace Training.App.Tests.Platform;

/// <summary>The platform on an empty SQLite file, without the web server: for what happens before the first request.</summary>
internal sealed class EmptyHouse : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly string folder;

    private EmptyHouse(ServiceProvider services, string folder)
    {
        this.services = services;
        this.folder = folder;
    }

    public IServiceProvider Services => services;

    public static async Task<EmptyHouse> CreateAsync(Action<IServiceCollection>? more = null)
    {
        var house = WithoutDatabase(more);
        await house.services.MigrateAsync(CancellationToken.None);
        return house;
    }

    public static EmptyHouse WithoutDatabase(Action<IServiceCollection>? more = null)
    {
        var folder = Directory.CreateTempSubdirectory("training-house-").FullName;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Root", folder)]).Build();
        var options = AppOptions.Read(configuration, new TestEnvironment(folder));
        var services = new ServiceCollection();
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddHttpContextAccessor();
        services.AddScoped<CallerAccessor>();
        services.AddDatabase(options);
        services.AddMessaging();
        services.AddSeeding();
        more?.Invoke(services);
        return new EmptyHouse(services.BuildServiceProvider(), folder);
    }

    public TService Get<TService>()
        where TService : notnull => services.GetRequiredService<TService>();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class TestEnvironment(string root) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Test";

        public string ApplicationName { get; set; } = "Training.App";

        public string ContentRootPath { get; set; } = root;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}

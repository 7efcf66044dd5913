using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Extensions.Logging;
using Training.App.Modules.Access;
using Training.App.Platform;
using Training.App.Tests.Platform;
using Training.Data.Tests;

namespace Training.App.Tests;

/// <summary>
/// The application on a database of its own, at a time the test decides: a file in a temporary folder, or the server that the environment
/// names, emptied.
/// </summary>
internal sealed class TrainingApplication : WebApplicationFactory<Program>
{
    public const string BootstrapKey = "bootstrap-key-of-the-tests";

    /// <summary>For a host that lives beside another one, since a server lends its one database to one at a time, and for what SQLite alone does.</summary>
    public static readonly (string Name, string? Value) OnSqlite = ("Database:Provider", "Sqlite");

    /// <summary>A Monday in the season of both editions.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A database as the first start leaves it, copied for each test: schema and directory are made once.</summary>
    private static readonly Lazy<string> Prepared = new(() =>
    {
        using var first = new TrainingApplication(null, [OnSqlite]);
        first.CreateClient().Dispose();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(first.Storage, recursive: true);
        return first.Storage;
    });

    private readonly string? prepared;
    private readonly Dictionary<string, string?> settings;
    private readonly IDisposable? server;
    private readonly LogScan log = new();

    public TrainingApplication(params (string Name, string? Value)[] overrides)
        : this(TakesServer(overrides) ? "" : Prepared.Value, overrides)
    {
    }

    private TrainingApplication(string? prepared, (string Name, string? Value)[] overrides)
    {
        this.prepared = prepared;
        Storage = Directory.CreateTempSubdirectory("training-tests-").FullName;
        settings = new()
        {
            ["Storage:Root"] = Storage,
            ["Access:BootstrapKey"] = BootstrapKey,
            ["App:PublicAddress"] = "https://training.example",
            ["Seed:Demo"] = "false",
            ["Access:SecondFactor"] = "Offered",
        };
        foreach (var (name, value) in overrides) settings[name] = value;
        if (prepared is null) return;
        if (TakesServer(overrides))
        {
            server = ServerDatabase.TakeAsync(Storage).GetAwaiter().GetResult();
            (settings["Database:Provider"], settings["ConnectionStrings:Training"]) = ("SqlServer", ServerDatabase.Connection());
            settings["Database:MaxBatchSize"] = ServerDatabase.MaxBatchSize.ToString(CultureInfo.InvariantCulture);
            return;
        }
        foreach (var file in Directory.EnumerateFiles(prepared, "*.db*")) File.Copy(file, Path.Combine(Storage, Path.GetFileName(file)));
        // The database names the keys that it needs.
        var keys = Directory.CreateDirectory(Path.Combine(Storage, DatabasePlatform.SealingFolder)).FullName;
        foreach (var key in Directory.EnumerateFiles(Path.Combine(prepared, DatabasePlatform.SealingFolder))) File.Copy(key, Path.Combine(keys, Path.GetFileName(key)));
    }

    public string Storage { get; }

    /// <summary>Puts other parts in before the application is built.</summary>
    public Action<IServiceCollection>? Rearrange { get; init; }

    public FakeTimeProvider Time { get; } = new(Start) { AutoAdvanceAmount = TimeSpan.Zero };

    /// <summary>A machine with national scope.</summary>
    public HttpClient Nation() => WithKey(BootstrapKey);

    public HttpClient WithKey(string key)
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>A machine that sees one region.</summary>
    public Task<HttpClient> RegionAsync(string code) => WithNewKeyAsync(new CreateApiKey.Request("Test", code, null));

    /// <summary>A machine that sees one site.</summary>
    public Task<HttpClient> SiteAsync(string code) => WithNewKeyAsync(new CreateApiKey.Request("Test", null, code));

    /// <summary>Nobody: no key, no cookie.</summary>
    public HttpClient Anonymous() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>Registers a child and answers the parsed response, which must be a success.</summary>
    public static async Task<JsonElement> RegisterAsync(HttpClient client, object body)
    {
        using var response = await client.PostAsJsonAsync("/api/enrollments", body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(201), text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Runs work with the application's own services, as the system.</summary>
    public async Task<T> InsideAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in settings) builder.UseSetting(name, value);
        builder.UseEnvironment("Production");
        builder.UseDefaultServiceProvider(services => services.ValidateOnBuild = true);
        builder.ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(settings));
        builder.ConfigureLogging(logging =>
        {
            if (Environment.GetEnvironmentVariable("TRAINING_TEST_LOG") is null) logging.ClearProviders();
            logging.AddProvider(log);
        });
        builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time)));
        if (Rearrange is { } rearrange) builder.ConfigureServices(rearrange);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) server?.Dispose();
        if (disposing && prepared is not null && Directory.Exists(Storage)) Directory.Delete(Storage, recursive: true);
        if (disposing) Assert.That(log.Quoting, Is.Empty, "the log quotes somebody");
    }

    private static bool TakesServer((string Name, string? Value)[] overrides) =>
        ServerDatabase.IsNamed && !Array.Exists(overrides, setting => setting.Name == OnSqlite.Name);

    private async Task<HttpClient> WithNewKeyAsync(CreateApiKey.Request request) => WithKey(await InsideAsync(async services =>
        (await services.GetRequiredService<CreateApiKey.Handler>().HandleAsync(request, CancellationToken.None)).Value.Key));
}

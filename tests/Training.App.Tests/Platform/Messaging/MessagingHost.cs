using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.App.Platform.Http;
using Training.App.Platform.Files;
using Training.App.Platform.Messaging;
using Training.Data;
using Training.Data.Outbox;
using Training.Data.Scope;
using Training.Data.Tests;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.App.Tests.Platform.Messaging;

/// <summary>A small process with the real database, gate and relay, and the sample consumers of this folder.</summary>
internal sealed class MessagingHost : IAsyncDisposable
{
    private readonly IHost host;
    private readonly bool ownsFolder;
    private readonly IDisposable? server;

    private MessagingHost(IHost host, string folder, bool ownsFolder, FakeTimeProvider time, IDisposable? server)
    {
        this.server = server;
        this.host = host;
        this.ownsFolder = ownsFolder;
        Folder = folder;
        Time = time;
    }

    public string Folder { get; }

    public FakeTimeProvider Time { get; }

    public Journal Journal => Get<Journal>();

    public DeadLetters DeadLetters => Get<DeadLetters>();

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>Builds the process without starting its relay; where the environment names a server, on that.</summary>
    public static async Task<MessagingHost> BuildAsync(
        string? folder = null, string roles = "Web,Worker", string? rabbitMq = null, DateTimeOffset? now = null, bool realTime = false, bool onSqlite = false)
    {
        var root = folder ?? Directory.CreateTempSubdirectory("training-bus-").FullName;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = root });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Root"] = root,
            ["App:Roles"] = roles,
            ["Messaging:Transport"] = rabbitMq is null ? "InProcess" : "RabbitMq",
            ["Messaging:RabbitMq"] = rabbitMq,
        });
        var server = ServerDatabase.IsNamed && !onSqlite ? await ServerDatabase.TakeAsync(root) : null;
        if (server is not null)
        {
            builder.Configuration["Database:Provider"] = "SqlServer";
            builder.Configuration["ConnectionStrings:Training"] = ServerDatabase.Connection();
            builder.Configuration["Database:MaxBatchSize"] = $"{ServerDatabase.MaxBatchSize}";
        }
        var time = new FakeTimeProvider(now ?? DateTimeOffset.UtcNow);
        var options = AppOptions.Read(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(realTime ? TimeProvider.System : time);
        builder.Services.AddLogging(logging => logging.AddProvider(new TestLog()));
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<CallerAccessor>();
        builder.Services.AddScoped(provider => provider.GetRequiredService<CallerAccessor>().Current);
        builder.Services.AddDatabase(options);
        builder.Services.AddFiles();
        builder.Services.AddSingleton(new BrokerSettings([TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20)], TimeSpan.FromMilliseconds(500)));
        builder.Services.AddMessaging(typeof(MessagingHost).Assembly);
        builder.Services.AddSingleton<Journal>();
        var host = builder.Build();
        await host.Services.MigrateAsync(CancellationToken.None);
        return new MessagingHost(host, root, folder is null, time, server);
    }

    /// <summary>Builds and starts the process.</summary>
    public static async Task<MessagingHost> StartNewAsync(Func<string, int, CancellationToken, Task>? behaviour = null, bool onSqlite = false)
    {
        var process = await BuildAsync(onSqlite: onSqlite);
        if (behaviour is not null) process.Journal.Behaviour = behaviour;
        await process.StartAsync();
        return process;
    }

    public Task StartAsync() => host.StartAsync();

    public Task StopAsync() => host.StopAsync();

    /// <summary>Commits one change that promises these events.</summary>
    public Task PromiseAsync<TMessage>(params TMessage[] messages)
        where TMessage : class =>
        Get<IWriteGate>().WriteAsync<Done>(
            AccessScope.None,
            (session, _) =>
            {
                foreach (var message in messages) session.Events.Add(message);
                return Task.FromResult<Result<Done>>(default(Done));
            },
            CancellationToken.None);

    /// <summary>Puts a row into the outbox as another version of the application would have.</summary>
    public Task InsertAsync(OutboxRow row) =>
        Get<IWriteGate>().WriteAsync<Done>(
            AccessScope.None,
            (session, _) =>
            {
                session.Rows.Insert(row);
                return Task.FromResult<Result<Done>>(default(Done));
            },
            CancellationToken.None);

    public async Task<List<OutboxRow>> RowsAsync()
    {
        await using var db = new TrainingDbContext(Get<DbContextOptions<TrainingDbContext>>());
        return await db.Set<OutboxRow>().AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }

    /// <summary>How many rows consumers have written.</summary>
    public async Task<int> MarkersAsync()
    {
        await using var db = new TrainingDbContext(Get<DbContextOptions<TrainingDbContext>>());
        return await db.Set<Training.Data.Platform.CommitMarker>().CountAsync();
    }

    /// <summary>Lets time pass and the relay look.</summary>
    public void Pass(TimeSpan span)
    {
        Time.Advance(span);
        Get<RelaySignal>().Wake();
    }

    /// <summary>Waits until nothing is pending.</summary>
    public Task DrainedAsync() => Poll.UntilAsync(
        async () => await PendingAsync() == 0, async () => $"{await PendingAsync()} deliveries are still pending");

    private async Task<int> PendingAsync()
    {
        await using var db = new TrainingDbContext(Get<DbContextOptions<TrainingDbContext>>());
        return await db.Set<OutboxRow>().CountAsync(row => row.State == DeliveryState.Pending);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        server?.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (ownsFolder) Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>Shows warnings and errors beside the test that caused them.</summary>
internal sealed class TestLog : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) TestContext.Progress.WriteLine($"{logLevel}: {formatter(state, exception)}");
    }

    public void Dispose()
    {
    }
}

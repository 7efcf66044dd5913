using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Configuration;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Security;
using Training.Data;
using Training.Data.Attendance;
using Training.Data.Providers;
using Training.Data.Registry;
using Training.Data.Scope;
using Training.Data.Sealing;
using Training.Data.Sqlite;
using Training.Data.SqlServer;
using Training.Data.Writing;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Platform;

/// <summary>Opens the database that the configuration names.</summary>
internal static class DatabasePlatform
{
    /// <summary>Where the sealing keys lie, below the storage root: among the keys that a backup takes along.</summary>
    public static readonly string SealingFolder = Path.Combine("keys", "sealing");

    public static void AddDatabase(this IServiceCollection services, AppOptions options)
    {
        if (options.Provider == "Sqlite")
        {
            services.AddSingleton(new SqliteProvider(options.ConnectionString));
            services.AddSingleton<IDatabaseProvider>(provider => provider.GetRequiredService<SqliteProvider>());
            services.AddSingleton<IWriteGate, SqliteWriteGate>();
        }
        else
        {
            services.AddSingleton(new SqlServerProvider(options.ConnectionString, options.SqlServerMaxBatchSize));
            services.AddSingleton<IDatabaseProvider>(provider => provider.GetRequiredService<SqlServerProvider>());
            services.AddSingleton<IWriteGate, SqlServerWriteGate>();
        }
        services.AddSingleton<KeyAllocator>();
        services.AddSingleton<DirectoryCatalog>();
        services.AddSingleton(provider =>
        {
            var builder = new DbContextOptionsBuilder<TrainingDbContext>();
            builder.UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>());
            provider.GetRequiredService<IDatabaseProvider>().Configure(builder);
            return builder.Options;
        });
        services.AddScoped(provider => new TrainingDbContext(provider.GetRequiredService<DbContextOptions<TrainingDbContext>>()));
        services.AddScoped<ReadDb>();
        services.AddSingleton<CrashMark>();
        services.AddSingleton<SystemSecrets>();
        var keys = new SealingKeys(Path.Combine(options.StorageRoot, SealingFolder));
        SealedText.Use(keys);
        services.AddSingleton(keys);
        services.AddSingleton<Resealing>();
        services.AddSingleton<SealingBook>();
        services.AddHostedService<SealingWorker>();
    }

    /// <summary>Looks at the database before anything is written, when the process before this one was killed.</summary>
    public static async Task CheckAfterCrashAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        await services.GetRequiredService<CrashMark>().CheckAsync(
            services.GetRequiredService<IDatabaseProvider>(), scope.ServiceProvider.GetRequiredService<TrainingDbContext>(),
            services.GetRequiredService<ILogger<CrashMark>>(), cancellationToken);
    }

    /// <summary>Brings the schema up to date before the first request.</summary>
    public static async Task MigrateAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        var options = services.GetRequiredService<AppOptions>();
        System.IO.Directory.CreateDirectory(options.StorageRoot);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TrainingDbContext>();
        var provider = services.GetRequiredService<IDatabaseProvider>();
        await provider.MigrateAsync(db, cancellationToken);
        if (await provider.WarningAsync(db, cancellationToken) is { } warning)
            services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DatabasePlatform)).LogWarning("{Warning}", warning);
    }
}

/// <summary>The context for reading, already limited to what the caller may see, without tracking.</summary>
internal sealed class ReadDb
{
    private readonly TrainingDbContext db;

    public ReadDb(TrainingDbContext db, CallerAccessor caller)
    {
        this.db = db;
        db.Scope = caller.Current.Scope;
    }

    /// <summary>Told only when something is read: it makes the context build all its services, which a request that only writes never needs.</summary>
    private TrainingDbContext Db
    {
        get
        {
            db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
            return db;
        }
    }

    /// <summary>Rows of a table, as far as the caller sees them.</summary>
    public IQueryable<TEntity> Set<TEntity>()
        where TEntity : class => Db.Set<TEntity>();

    /// <summary>Marks found by enrollment, each with its session.</summary>
    public IQueryable<FoundMark> Marks() => MarksByEnrollment.In(Db);

    /// <summary>Places of children whom the caller's sites withdrew, as far as they are still shown (<see cref="FormerChildren"/>).</summary>
    /// <param name="editions">Keys of the editions that run.</param>
    public IQueryable<Enrollment> FormerPlaces(int[] editions) => FormerChildren.Places(Db, editions);

    /// <summary>Children whom the caller's sites withdrew: to be shown by name, not by file. Nothing else in the same query is filtered.</summary>
    /// <param name="editions">Keys of the editions that run.</param>
    public IQueryable<Participant> FormerPeople(int[] editions) => FormerChildren.Of(Db, editions);

    /// <summary>The key under which the file of a child is kept now: that of a merged file leads on. Says nothing about who may see it.</summary>
    public Task<int> FileOfAsync(int key, CancellationToken cancellationToken) => ParticipantAliases.ResolveAsync(Db, key, cancellationToken);

    /// <summary>The key of the file to which a code leads; null when it is no code. Says nothing about who may see it.</summary>
    public Task<int?> FileOfAsync(string? code, CancellationToken cancellationToken) => ParticipantAliases.ResolveAsync(Db, code, cancellationToken);

    /// <summary>Keys of the files that were merged into a child's, one after another too, by age. Says nothing about who may see it.</summary>
    public Task<List<int>> FormerFilesAsync(int key, CancellationToken cancellationToken) => ParticipantAliases.OfAsync(Db, key, cancellationToken);
}

using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Training.Data.Providers;
using Training.Data.Scope;
using Training.Data.Sqlite;
using Training.Data.SqlServer;
using Training.Data.Writing;

namespace Training.Data.Tests;

/// <summary>A database with the whole schema, and its write gate.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string? folder;

    private TestDatabase(IDatabaseProvider provider, IWriteGate gate, string? folder)
    {
        Provider = provider;
        Gate = gate;
        this.folder = folder;
    }

    public IDatabaseProvider Provider { get; }

    public IWriteGate Gate { get; }

    /// <summary>Folder of the file; null for a server.</summary>
    public string? Folder => folder;

    /// <summary>How the database is opened.</summary>
    public DbContextOptions<TrainingDbContext> Options
    {
        get
        {
            var options = new DbContextOptionsBuilder<TrainingDbContext>();
            Provider.Configure(options);
            return options.Options;
        }
    }

    public static async Task<TestDatabase> SqliteAsync()
    {
        var folder = Directory.CreateTempSubdirectory("training-data-").FullName;
        var provider = new SqliteProvider($"Data Source={Path.Combine(folder, "test.db")}");
        var gate = new SqliteWriteGate(provider, new Routes(), TimeProvider.System, new Signal(), NullLogger<SqliteWriteGate>.Instance);
        var database = new TestDatabase(provider, gate, folder);
        await using var db = database.Open(AccessScope.None);
        await provider.MigrateAsync(db, CancellationToken.None);
        return database;
    }

    /// <summary>The server of the environment, emptied; the test is ignored, with the reason, when none is named.</summary>
    /// <param name="interceptors">See every change.</param>
    public static async Task<TestDatabase> ServerAsync(params IInterceptor[] interceptors)
    {
        var provider = ServerDatabase.Provider();
        await ServerDatabase.PrepareAsync();
        return new TestDatabase(provider, new SqlServerWriteGate(provider, new Routes(), TimeProvider.System, new Signal(), interceptors), null);
    }

    public TrainingDbContext Open(AccessScope scope)
    {
        var options = new DbContextOptionsBuilder<TrainingDbContext>();
        Provider.Configure(options);
        return new TrainingDbContext(options.Options) { Scope = scope };
    }

    public async ValueTask DisposeAsync()
    {
        if (Gate is IAsyncDisposable gate) await gate.DisposeAsync();
        if (folder is null) return;
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class Routes : IEventRoutes
    {
        public string NameOf(Type message) => message.Name;

        public IReadOnlyList<string> ConsumersOf(Type message) => ["Consumer"];
    }

    private sealed class Signal : IRelaySignal
    {
        public void Wake()
        {
            // Nothing relays here.
        }
    }
}

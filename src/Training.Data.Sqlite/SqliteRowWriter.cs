using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Training.Data.Writing;

namespace Training.Data.Sqlite;

/// <summary>Prepared inserts, kept for the life of the writer's connection.</summary>
internal sealed class SqliteRowWriter(TrainingDbContext db, SqliteConnection connection) : IRowWriter, IDisposable
{
    private readonly Dictionary<Type, (RowPlan Plan, SqliteCommand Command)> prepared = [];

    public SqliteTransaction? Transaction { get; set; }

    public void Insert<TEntity>(TEntity row)
        where TEntity : class
    {
        var (plan, command) = Prepared<TEntity>();
        Execute(plan, command, row);
    }

    public Task InsertAllAsync<TEntity>(IReadOnlyCollection<TEntity> rows, CancellationToken cancellationToken)
        where TEntity : class
    {
        var (plan, command) = Prepared<TEntity>();
        foreach (var row in rows) Execute(plan, command, row);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var (_, command) in prepared.Values) command.Dispose();
    }

    private (RowPlan Plan, SqliteCommand Command) Prepared<TEntity>()
    {
        if (!prepared.TryGetValue(typeof(TEntity), out var entry))
        {
            var plan = RowPlan.For<TEntity>(db);
            var command = (SqliteCommand)plan.CreateCommand(connection, db.GetService<ISqlGenerationHelper>());
            entry = (plan, command);
            prepared.Add(typeof(TEntity), entry);
        }
        entry.Command.Transaction = Transaction;
        return entry;
    }

    private static void Execute(RowPlan plan, SqliteCommand command, object row)
    {
        for (var i = 0; i < plan.Columns.Count; i++) command.Parameters[i].Value = plan.ValueOf(row, i);
        command.ExecuteNonQuery();
    }
}

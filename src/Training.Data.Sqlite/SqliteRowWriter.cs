using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Training.Data.Sqlite.Bulk;
using Training.Data.Writing;

namespace Training.Data.Sqlite;

/// <summary>Prepared inserts, kept for the life of the writer's connection and run in its open transaction.</summary>
internal sealed class SqliteRowWriter(TrainingDbContext db, SqliteConnection connection) : IRowWriter, IDisposable
{
    private readonly Dictionary<Type, IDisposable> prepared = [];

    public void Insert<TEntity>(TEntity row)
        where TEntity : class => Prepared<TEntity>().Execute(row);

    public Task InsertAllAsync<TEntity>(IReadOnlyCollection<TEntity> rows, CancellationToken cancellationToken)
        where TEntity : class
    {
        var insert = Prepared<TEntity>();
        foreach (var row in rows) insert.Execute(row);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var insert in prepared.Values) insert.Dispose();
    }

    private SqliteInsert<TEntity> Prepared<TEntity>()
        where TEntity : class
    {
        if (prepared.TryGetValue(typeof(TEntity), out var known)) return (SqliteInsert<TEntity>)known;
        var insert = new SqliteInsert<TEntity>(connection, RowPlan.For<TEntity>(db), db.GetService<ISqlGenerationHelper>());
        prepared.Add(typeof(TEntity), insert);
        return insert;
    }
}

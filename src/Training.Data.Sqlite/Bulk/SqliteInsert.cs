using System.Linq.Expressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;
using Training.Data.Writing;

namespace Training.Data.Sqlite.Bulk;

/// <summary>One table's prepared insert, bound by code compiled from the mapping: no boxing, no parameter looked up by name.</summary>
internal sealed class SqliteInsert<TEntity> : IDisposable
    where TEntity : class
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly Action<sqlite3_stmt, TEntity> bind;

    public SqliteInsert(SqliteConnection connection, RowPlan plan, ISqlGenerationHelper sql)
    {
        database = connection.Handle!;
        var result = raw.sqlite3_prepare_v3(database, plan.InsertSql(sql), raw.SQLITE_PREPARE_PERSISTENT, out statement);
        SqliteException.ThrowExceptionForRC(result, database);
        bind = Binders.GetOrAdd(plan, Compile);
    }

    /// <summary>Inserts one row in the connection's open transaction.</summary>
    /// <exception cref="SqliteException">The database refuses the row.</exception>
    public void Execute(TEntity row)
    {
        bind(statement, row);
        try
        {
            var result = raw.sqlite3_step(statement);
            if (result != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, database);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public void Dispose() => statement.Dispose();

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<RowPlan, Action<sqlite3_stmt, TEntity>> Binders = new();

    private static Action<sqlite3_stmt, TEntity> Compile(RowPlan plan)
    {
        var statement = Expression.Parameter(typeof(sqlite3_stmt), "statement");
        var bindings = plan.Values.Select((value, i) => Bind(statement, Expression.Constant(i + 1), value));
        return Expression.Lambda<Action<sqlite3_stmt, TEntity>>(Expression.Block(bindings), statement, plan.Row).Compile();
    }

    private static Expression Bind(Expression statement, Expression position, Expression value)
    {
        var plain = Nullable.GetUnderlyingType(value.Type);
        if (plain is null) return Call(statement, position, value);
        var known = Expression.Variable(value.Type);
        return Expression.Block(
            [known],
            Expression.Assign(known, value),
            Expression.IfThenElse(
                Expression.Property(known, nameof(Nullable<int>.HasValue)),
                Call(statement, position, Expression.Property(known, nameof(Nullable<int>.Value))),
                Expression.Call(typeof(SqliteValues), nameof(SqliteValues.BindNull), null, statement, position)));
    }

    private static MethodCallExpression Call(Expression statement, Expression position, Expression value) =>
        Expression.Call(typeof(SqliteValues), nameof(SqliteValues.Bind), null, statement, position, value);
}

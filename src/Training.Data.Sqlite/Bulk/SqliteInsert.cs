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
    private readonly sqlite3_stmt owner;
    private readonly nint statement;
    private readonly SqliteBinding binding;
    private readonly Action<SqliteBinding, TEntity> bind;

    public SqliteInsert(SqliteConnection connection, RowPlan plan, ISqlGenerationHelper sql)
    {
        database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(database, plan.InsertSql(sql), raw.SQLITE_PREPARE_PERSISTENT, out owner), database);
        statement = owner.DangerousGetHandle();
        binding = new SqliteBinding(statement);
        bind = Binders.GetOrAdd(plan, Compile);
    }

    /// <summary>Inserts one row in the connection's open transaction.</summary>
    /// <exception cref="SqliteException">The database refuses the row.</exception>
    public void Execute(TEntity row)
    {
        binding.Begin();
        bind(binding, row);
        var result = binding.Result == raw.SQLITE_OK ? SqliteNative.Step(statement) : binding.Result;
        try
        {
            if (result != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, database);
        }
        finally
        {
            _ = SqliteNative.Reset(statement);
        }
    }

    public void Dispose() => owner.Dispose();

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<RowPlan, Action<SqliteBinding, TEntity>> Binders = new();

    private static Action<SqliteBinding, TEntity> Compile(RowPlan plan)
    {
        var binding = Expression.Parameter(typeof(SqliteBinding), "binding");
        var bindings = plan.Values.Select((value, i) => Bind(binding, Expression.Constant(i + 1), value));
        return Expression.Lambda<Action<SqliteBinding, TEntity>>(Expression.Block(bindings), binding, plan.Row).Compile();
    }

    private static Expression Bind(Expression binding, Expression position, Expression value)
    {
        var plain = Nullable.GetUnderlyingType(value.Type);
        if (plain is null) return Call(binding, position, value);
        var known = Expression.Variable(value.Type);
        return Expression.Block(
            [known],
            Expression.Assign(known, value),
            Expression.IfThenElse(
                Expression.Property(known, nameof(Nullable<int>.HasValue)),
                Call(binding, position, Expression.Property(known, nameof(Nullable<int>.Value))),
                Expression.Call(binding, nameof(SqliteBinding.BindNull), null, position)));
    }

    private static MethodCallExpression Call(Expression binding, Expression position, Expression value) =>
        Expression.Call(binding, nameof(SqliteBinding.Bind), null, position, value);
}

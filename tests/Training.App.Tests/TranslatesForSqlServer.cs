using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Training.Data;
using Training.Data.Scope;
using Training.Data.SqlServer;

namespace Training.App.Tests;

/// <summary>
/// Every query that any of these tests makes on SQLite is translated for SQL Server too, under the scope's filters, as it is compiled, and
/// its text parsed. One that SQL Server could not be asked throws in the test that makes it, so that no query can be forgotten.
/// </summary>
[SetUpFixture]
internal sealed class TranslatesForSqlServer : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly ConcurrentDictionary<string, bool> Known = new();
    
    /// <summary>A server that is never connected to.</summary>
    internal static readonly DbContextOptions<TrainingDbContext> Server = Options();

    private readonly List<IDisposable> listening = [];

    /// <summary>How many different queries were translated.</summary>
    public static int Count => Known.Count;

    [OneTimeSetUp]
    public void Listen() => listening.Add(DiagnosticListener.AllListeners.Subscribe(this));

    [OneTimeTearDown]
    public void Leave()
    {
        listening.ForEach(ended => ended.Dispose());
        TestContext.Progress.WriteLine($"{Count} different queries were translated for SQL Server.");
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name) listening.Add(value.Subscribe(this, name => name == CoreEventId.QueryCompilationStarting.Name));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not QueryExpressionEventData { Context: TrainingDbContext { Database: var database } } told || !database.IsSqlite()) return;
        if (!Known.TryAdd(ExpressionPrinter.Print(told.Expression), true)) return;
        Translate(told.Expression);
    }

    public void OnCompleted()
    {
        // Nothing is gathered.
    }

    public void OnError(Exception error) => throw error;

    /// <exception cref="InvalidOperationException">SQL Server cannot be asked this.</exception>
    internal static void Translate(Expression query)
    {
        using var db = new TrainingDbContext(Server) { Scope = AccessScope.Site(1) };
        var moved = new OnServer(db);
        var expression = moved.Visit(query);
        if (moved.IsHandWritten) return; // Parsed as it stands, where it is written.
        var result = typeof(IQueryable).IsAssignableFrom(query.Type)
            ? typeof(IEnumerable<>).MakeGenericType(query.Type.GetGenericArguments()[0])
            : query.Type;
        var compilation = db.GetService<IQueryCompilationContextFactory>().Create(async: false);
        typeof(QueryCompilationContext).GetMethod(nameof(QueryCompilationContext.CreateQueryExecutorExpression))!
            .MakeGenericMethod(result).Invoke(compilation, System.Reflection.BindingFlags.DoNotWrapExceptions, null, [expression], null);
        foreach (var sql in TransactSql.Of(db, expression)) TransactSql.Parse(sql);
    }

    private static DbContextOptions<TrainingDbContext> Options()
    {
        var options = new DbContextOptionsBuilder<TrainingDbContext>();
        new SqlServerProvider("Server=localhost;Database=none").Configure(options);
        return options.Options;
    }

    /// <summary>Puts the other model's tables in the place of the query's.</summary>
    private sealed class OnServer(TrainingDbContext db) : ExpressionVisitor
    {
        public bool IsHandWritten { get; private set; }

        protected override Expression VisitExtension(Expression node)
        {
            switch (node)
            {
                case Microsoft.EntityFrameworkCore.Query.Internal.FromSqlQueryRootExpression or Microsoft.EntityFrameworkCore.Query.Internal.SqlQueryRootExpression:
                    IsHandWritten = true;
                    return node;
                case EntityQueryRootExpression root:
                    return new EntityQueryRootExpression(db.Model.FindEntityType(root.EntityType.Name)!);
                default:
                    return node is QueryRootExpression or QueryParameterExpression ? node : base.VisitExtension(node);
            }
        }
    }
}

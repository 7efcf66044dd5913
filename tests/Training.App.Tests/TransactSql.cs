using System.Collections;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.Internal;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Training.Data;

namespace Training.App.Tests;

/// <summary>The texts that a query would send to SQL Server, and Microsoft's own word whether they are Transact-SQL.</summary>
internal static class TransactSql
{
    /// <summary>What one query sends: one text, or several when it is split.</summary>
    public static IReadOnlyList<string> Of(TrainingDbContext db, Expression query)
    {
        var compilation = db.GetService<IQueryCompilationContextFactory>().Create(async: false);
        var prepared = db.GetService<IQueryTranslationPreprocessorFactory>().Create(compilation).Process(query);
        var translated = db.GetService<IQueryableMethodTranslatingExpressionVisitorFactory>().Create(compilation).Translate(prepared);
        var statements = new Statements();
        statements.Visit(db.GetService<IQueryTranslationPostprocessorFactory>().Create(compilation).Process(translated));
        if (statements.All.Count == 0) throw new InvalidOperationException("The text of this query was not found, so that nobody has parsed it.");
        return [.. statements.All.Select(statement => TextOf(db, statement))];
    }

    /// <exception cref="InvalidOperationException">It is none.</exception>
    public static void Parse(string sql)
    {
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        if (errors.Count > 0) throw new InvalidOperationException($"This is no Transact-SQL: line {errors[0].Line}: {errors[0].Message}\n{sql}");
    }

    private static string TextOf(TrainingDbContext db, Expression statement)
    {
        var parameters = new Parameters();
        parameters.Visit(statement);
        using var cache = new MemoryCache(new MemoryCacheOptions());
#pragma warning disable EF1001 // It is how the provider itself comes from a query to its text.
        return new RelationalCommandCache(
            cache, db.GetService<IQuerySqlGeneratorFactory>(), db.GetService<IRelationalParameterBasedSqlProcessorFactory>(), statement,
            useRelationalNulls: false, ParameterTranslationMode.MultipleParameters).GetRelationalCommandTemplate(parameters.Values).CommandText;
#pragma warning restore EF1001
    }

    private sealed class Statements : ExpressionVisitor
    {
        public List<Expression> All { get; } = [];

        protected override Expression VisitExtension(Expression node)
        {
            switch (node)
            {
                case ShapedQueryExpression shaped:
                    Visit(shaped.QueryExpression);
                    Visit(shaped.ShaperExpression);
                    return node;
                case SelectExpression or UpdateExpression or DeleteExpression:
                    All.Add(node);
                    return node;
                default:
                    return base.VisitExtension(node);
            }
        }
    }

    /// <summary>Any values: the text depends on whether there are some, not on which.</summary>
    private sealed class Parameters : ExpressionVisitor
    {
        public Dictionary<string, object?> Values { get; } = [];

        protected override Expression VisitExtension(Expression node)
        {
            if (node is SqlParameterExpression parameter) Values[parameter.InvariantName] = Values[parameter.Name] = AnyOf(parameter.Type);
            return base.VisitExtension(node);
        }

        private static object? AnyOf(Type type)
        {
            if (type == typeof(string)) return "x";
            if (type == typeof(byte[])) return new byte[] { 1 };
            if (!type.IsAssignableTo(typeof(IEnumerable))) return Activator.CreateInstance(Nullable.GetUnderlyingType(type) ?? type);
            var element = type.GetInterfaces().Append(type)
                .First(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IEnumerable<>)).GetGenericArguments()[0];
            var values = Array.CreateInstance(element, 2);
            for (var i = 0; i < values.Length; i++) values.SetValue(AnyOf(element), i);
            return values;
        }
    }
}

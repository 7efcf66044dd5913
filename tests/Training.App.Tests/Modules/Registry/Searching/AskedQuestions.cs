using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Training.App.Tests.Modules.Registry.Searching;

/// <summary>Keeps what is asked of a database: the command, and on SQLite how it will be answered.</summary>
internal sealed class AskedQuestions : DbCommandInterceptor
{
    /// <summary>More than any question has.</summary>
    private const int ColumnsMax = 60;

    public List<(string Sql, string Plan)> All { get; } = [];

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (command is SqliteCommand)
        {
            All.Add((command.CommandText, PlanOf(command)));
            return ValueTask.FromResult(result);
        }
        All.Add((command.CommandText, ""));
        // There is no such server here: it is as if it had found nobody.
        using var nobody = new DataTable();
        for (var i = 0; i < ColumnsMax; i++) nobody.Columns.Add();
        return ValueTask.FromResult(InterceptionResult<DbDataReader>.SuppressWithResult(nobody.CreateDataReader()));
    }

    private static string PlanOf(DbCommand asked)
    {
        using var explain = asked.Connection!.CreateCommand();
        explain.CommandText = "EXPLAIN QUERY PLAN " + asked.CommandText;
        foreach (SqliteParameter parameter in asked.Parameters) explain.Parameters.Add(new SqliteParameter(parameter.ParameterName, parameter.Value));
        using var reader = explain.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read()) lines.Add(reader.GetString(3));
        return string.Join('\n', lines);
    }
}

/// <summary>Lets a context believe that it is connected.</summary>
internal sealed class NoConnection : DbConnectionInterceptor
{
    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(InterceptionResult.Suppress());
}

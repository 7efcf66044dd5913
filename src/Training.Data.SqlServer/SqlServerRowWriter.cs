using System.Data;
using System.Text;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Training.Data.Writing;

namespace Training.Data.SqlServer;

/// <summary>
/// Gathers single inserts and sends them together, before the commit or the next command that could see them; many rows of one table go
/// by bulk copy.
/// </summary>
internal sealed class SqlServerRowWriter(TrainingDbContext db) : IRowWriter
{
    private const int ParametersMax = 2000;

    private readonly List<(RowPlan Plan, object Row)> waiting = [];

    public void Insert<TEntity>(TEntity row)
        where TEntity : class => waiting.Add((RowPlan.For<TEntity>(db), row));

    public async Task InsertAllAsync<TEntity>(IReadOnlyCollection<TEntity> rows, CancellationToken cancellationToken)
        where TEntity : class
    {
        await FlushAsync(cancellationToken);
        var plan = RowPlan.For<TEntity>(db);
        using var table = new DataTable();
        for (var i = 0; i < plan.Columns.Count; i++)
            table.Columns.Add(plan.Columns[i], BulkValues.TypeOf(plan.Mappings[i].Converter?.ProviderClrType ?? plan.Mappings[i].ClrType));
        foreach (var row in rows)
            table.Rows.Add([.. Enumerable.Range(0, plan.Columns.Count).Select(i => BulkValues.Of(plan.ValueOf(row, i)))]);

        using var copy = new SqlBulkCopy(Connection, SqlBulkCopyOptions.CheckConstraints, Transaction)
        {
            DestinationTableName = Sql.DelimitIdentifier(plan.Table),
            BulkCopyTimeout = 120,
        };
        foreach (var column in plan.Columns) copy.ColumnMappings.Add(column, column);
        await copy.WriteToServerAsync(table, cancellationToken);
    }

    /// <summary>Sends what waits.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var command in Commands())
        {
            using (command) await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Sends what waits.</summary>
    public void Flush()
    {
        foreach (var command in Commands())
        {
            using (command) command.ExecuteNonQuery();
        }
    }

    /// <summary>What waits, in as few commands as the server takes; it waits no more.</summary>
    private IEnumerable<SqlCommand> Commands()
    {
        var rows = waiting.ToArray();
        waiting.Clear();
        var from = 0;
        while (from < rows.Length)
        {
            var command = Connection.CreateCommand();
            command.Transaction = Transaction;
            var text = new StringBuilder("SET NOCOUNT ON;");
            while (from < rows.Length && command.Parameters.Count + rows[from].Plan.Columns.Count <= ParametersMax)
                Append(command, text, rows[from++]);
            command.CommandText = text.ToString();
            yield return command;
        }
    }

    private SqlConnection Connection => (SqlConnection)db.Database.GetDbConnection();

    private SqlTransaction Transaction => (SqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction();

    private ISqlGenerationHelper Sql => db.GetService<ISqlGenerationHelper>();

    private void Append(SqlCommand command, StringBuilder text, (RowPlan Plan, object Row) insert)
    {
        var first = command.Parameters.Count;
        for (var i = 0; i < insert.Plan.Columns.Count; i++)
        {
            var parameter = insert.Plan.Mappings[i].CreateParameter(command, $"@p{first + i}", null, nullable: true);
            parameter.Value = insert.Plan.ValueOf(insert.Row, i);
            command.Parameters.Add(parameter);
        }
        text.Append(" INSERT INTO ").Append(Sql.DelimitIdentifier(insert.Plan.Table)).Append(" (")
            .AppendJoin(", ", insert.Plan.Columns.Select(Sql.DelimitIdentifier)).Append(") VALUES (")
            .AppendJoin(", ", Enumerable.Range(first, insert.Plan.Columns.Count).Select(i => $"@p{i}")).Append(");");
    }
}

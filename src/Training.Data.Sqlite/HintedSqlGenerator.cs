using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Training.Data.Mapping;

namespace Training.Data.Sqlite;

/// <summary>
/// Writes what the model asks of SQLite alone (<see cref="TableHints"/>): <c>WITHOUT ROWID</c>, with which a mark costs 17 bytes
/// instead of 25, and conditions of indexes. A table that SQLite must rebuild keeps both, although the rebuild gives it
/// a temporary name.
/// </summary>
internal sealed class HintedSqlGenerator(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations)
    : SqliteMigrationsSqlGenerator(dependencies, annotations)
{
    private const string RebuildPrefix = "ef_temp_";

    protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        if (TypesOf(operation.Name, model).All(type => type.FindAnnotation(TableHints.WithoutRowId) is null))
        {
            base.Generate(operation, model, builder, terminate);
            return;
        }
        base.Generate(operation, model, builder, terminate: false);
        builder.Append(" WITHOUT ROWID");
        if (!terminate) return;
        builder.AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator);
        EndStatement(builder);
    }

    protected override void Generate(CreateIndexOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        var hint = TypesOf(operation.Table, model).SelectMany(type => type.GetIndexes())
            .FirstOrDefault(index => index.GetDatabaseName() == operation.Name)?.FindAnnotation(TableHints.IndexFilter);
        operation.Filter ??= (string?)hint?.Value;
        base.Generate(operation, model, builder, terminate);
    }

    private static IEnumerable<IEntityType> TypesOf(string table, IModel? model)
    {
        var name = table.StartsWith(RebuildPrefix, StringComparison.Ordinal) ? table[RebuildPrefix.Length..] : table;
        return model?.GetEntityTypes().Where(type => type.GetTableName() == name) ?? [];
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Training.Data.Mapping;

namespace Training.Data.Sqlite;

/// <summary>
/// Writes <c>WITHOUT ROWID</c> where the model asks for it (<see cref="TableHints.WithoutRowId"/>): a mark costs 27–32 bytes with
/// its index instead of 51. A table that SQLite must rebuild keeps it, although the rebuild gives it a temporary name.
/// </summary>
internal sealed class HintedSqlGenerator(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations)
    : SqliteMigrationsSqlGenerator(dependencies, annotations)
{
    private const string RebuildPrefix = "ef_temp_";

    protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        if (!IsHinted(operation.Name, model))
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

    private static bool IsHinted(string table, IModel? model)
    {
        var name = table.StartsWith(RebuildPrefix, StringComparison.Ordinal) ? table[RebuildPrefix.Length..] : table;
        return model?.GetEntityTypes().Any(type => type.GetTableName() == name && type.FindAnnotation(TableHints.WithoutRowId) is not null) == true;
    }
}

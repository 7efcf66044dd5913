using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Training.Data.Mapping;
using Training.Data.Scope;

namespace Training.Data.Tests.Mapping;

internal sealed class TableHintsTests
{
    [Test]
    public async Task Every_table_that_asks_for_it_is_kept_in_its_key_alone_and_no_other()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await using var db = database.Open(AccessScope.None);
        var asked = db.GetService<IDesignTimeModel>().Model.GetEntityTypes()
            .Where(type => type.FindAnnotation(TableHints.WithoutRowId) is not null).Select(type => type.GetTableName());

        var made = await db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE type = 'table' AND sql LIKE '%WITHOUT ROWID%'")
            .ToListAsync();

        Assert.That(made, Is.EquivalentTo(asked).And.Contains("AttendanceMarks"));
    }

    [Test]
    public async Task Every_index_that_asks_for_it_holds_only_the_rows_of_its_condition()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await using var db = database.Open(AccessScope.None);
        var asked = db.GetService<IDesignTimeModel>().Model.GetEntityTypes().SelectMany(type => type.GetIndexes())
            .Where(index => index.FindAnnotation(TableHints.IndexFilter) is not null)
            .Select(index => (index.GetDatabaseName()!, (string)index.FindAnnotation(TableHints.IndexFilter)!.Value!));

        var made = await db.Database.SqlQueryRaw<string>("SELECT name || ' ' || substr(sql, instr(sql, ' WHERE ') + 7) AS Value FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'")
            .ToListAsync();

        Assert.That(made, Is.EquivalentTo(asked.Select(index => $"{index.Item1} {index.Item2}")).And.Not.Empty);
    }
}

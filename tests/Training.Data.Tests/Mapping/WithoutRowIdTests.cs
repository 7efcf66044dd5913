using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Training.Data.Mapping;
using Training.Data.Scope;

namespace Training.Data.Tests.Mapping;

internal sealed class WithoutRowIdTests
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
}

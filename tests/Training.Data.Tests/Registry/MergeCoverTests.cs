using Training.Data.Registry;
using Training.Data.Scope;

namespace Training.Data.Tests.Registry;

/// <summary>A table that is added later and names a child must not be forgotten when two files become one.</summary>
internal sealed class MergeCoverTests
{
    [Test]
    public async Task Every_entity_that_names_a_participant_is_dealt_with_by_a_merge()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await using var db = database.Open(AccessScope.None);

        var naming = db.Model.GetEntityTypes().Where(type => type.FindProperty("ParticipantId") is not null).Select(type => type.ClrType);

        Assert.That(naming, Is.EquivalentTo(MergeFiles.Covered));
    }
}

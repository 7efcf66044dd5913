using Training.Data.Rights;
using Training.Data.Scope;

namespace Training.Data.Tests.Rights;

/// <summary>A table that is added later and leads to a child must not be forgotten when the child is erased.</summary>
internal sealed class EraseScopeTests
{
    [Test]
    public async Task What_hangs_on_an_enrollment_is_dealt_with_by_name() =>
        Assert.That(await NamingAsync("EnrollmentId"), Is.EquivalentTo(EraseFile.OfEnrollments), "Say in EraseWords what goes of it, and add it to EraseFile.OfEnrollments.");

    [Test]
    public async Task What_stays_of_a_child_is_known_and_everything_else_that_names_it_goes() =>
        Assert.That(await NamingAsync("ParticipantId"), Is.SupersetOf(EraseFile.Kept));

    [Test]
    public async Task Whoever_names_a_guardian_names_the_child_too_and_goes_with_it() =>
        Assert.That((await NamingAsync("GuardianId")).Except(await NamingAsync("ParticipantId")), Is.Empty);

    private static async Task<IReadOnlyList<Type>> NamingAsync(string key)
    {
        await using var database = await TestDatabase.SqliteAsync();
        await using var db = database.Open(AccessScope.None);
        return [.. db.Model.GetEntityTypes().Where(type => type.FindProperty(key) is not null).Select(type => type.ClrType)];
    }
}

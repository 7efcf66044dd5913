using Microsoft.EntityFrameworkCore;
using Training.Data.Registry;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.Data.Tests.Registry;

/// <summary>What the writer remembers of the children born on a day is what the database holds, whoever changed it.</summary>
internal sealed class BirthdayBookTests
{
    private static readonly DateOnly Birth = new(2014, 3, 12);

    private TestDatabase database = null!;
    private Sample sample = null!;

    [SetUp]
    public async Task Open()
    {
        database = await TestDatabase.SqliteAsync();
        sample = new Sample(database.Open(AccessScope.Whole));
    }

    [TearDown]
    public async Task Close() => await database.DisposeAsync();

    [Test]
    public async Task Holds_a_child_registered_since_the_day_was_read()
    {
        await RegisterAsync(1);
        Assert.That(await RememberedAsync(), Is.EqualTo(new[] { 1 }));

        await RegisterAsync(2);

        Assert.That(await RememberedAsync(), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public async Task Reads_a_day_once_while_only_registrations_touch_children()
    {
        await RegisterAsync(1);
        await RememberedAsync();
        await RegisterAsync(2);

        var reads = await WriteAsync(session => CountReads(session));

        Assert.That(reads, Is.Zero);
    }

    [Test]
    public async Task Forgets_a_registration_that_was_undone_with_its_change()
    {
        await RegisterAsync(1);
        await RememberedAsync();

        var lost = database.Gate.WriteAsync<Done>(AccessScope.Whole, (session, _) =>
        {
            Register(session, 2);
            throw new InvalidTimeZoneException();
        }, CancellationToken.None);
        var neighbour = RegisterAsync(3);

        Assert.That(async () => await lost, Throws.TypeOf<InvalidTimeZoneException>());
        await neighbour;
        Assert.That(await RememberedAsync(), Is.EqualTo(new[] { 1, 3 }));
    }

    [Test]
    public async Task Sees_a_birth_date_that_another_change_corrected()
    {
        await RegisterAsync(1);
        await RegisterAsync(2);
        await RememberedAsync();

        await WriteAsync(session => session.Db.Set<Participant>().IgnoreQueryFilters().Where(row => row.Id == 1)
            .ExecuteUpdate(set => set.SetProperty(row => row.BirthDate, Birth.AddDays(1))));

        Assert.That(await RememberedAsync(), Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public async Task Sees_a_child_that_another_connection_wrote()
    {
        await RegisterAsync(1);
        await RememberedAsync();

        await using (var db = database.Open(AccessScope.Whole))
        {
            db.Add(Child(2));
            await db.SaveChangesAsync();
        }

        Assert.That(await RememberedAsync(), Is.EqualTo(new[] { 1, 2 }));
    }

    private Participant Child(int id) => sample.Of<Participant>(("Id", id), ("Sex", Sex.Female), ("BirthDate", Birth), ("GivenName", "Yasmine"), ("FamilyName", "Alaoui"));

    private void Register(WriteSession session, int id)
    {
        var child = Child(id);
        session.Rows.Insert(child);
        session.Birthdays!.Registered(child);
    }

    private Task RegisterAsync(int id) => WriteAsync(session =>
    {
        Register(session, id);
        return true;
    });

    private Task<int[]> RememberedAsync() => WriteAsync(session => session.Birthdays!.BornOn(Sex.Female, Birth, (sex, day) => Read(session, sex, day)).Select(child => child.Id).Order().ToArray());

    private static int CountReads(WriteSession session)
    {
        var reads = 0;
        session.Birthdays!.BornOn(Sex.Female, Birth, (_, _) =>
        {
            reads++;
            return [];
        });
        return reads;
    }

    private static List<BirthdayBook.Child> Read(WriteSession session, Sex sex, DateOnly day) =>
        [.. session.Db.Set<Participant>().IgnoreQueryFilters().Where(row => row.Sex == sex && row.BirthDate == day).AsEnumerable()
            .Select(row => new BirthdayBook.Child(row.Id, new(row.GivenName, row.GivenNameAr), new(row.FamilyName, row.FamilyNameAr)))];

    private async Task<T> WriteAsync<T>(Func<WriteSession, T> work) =>
        (await database.Gate.WriteAsync<T>(AccessScope.Whole, (session, _) => Task.FromResult<Result<T>>(work(session)), CancellationToken.None)).Value;
}

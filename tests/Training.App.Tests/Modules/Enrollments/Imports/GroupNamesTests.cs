using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Enrollments.Imports.Committing;
using Training.App.Tests.Modules.Reporting;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Directory;

namespace Training.App.Tests.Modules.Enrollments.Imports;

/// <summary>How the groups are called that a list opens while others open groups too.</summary>
public class GroupNamesTests
{
    [Test]
    public async Task A_name_is_the_next_number_and_a_refused_one_is_read_anew()
    {
        await using var application = new TrainingApplication(("App:Roles", "Web"));
        await application.InsideAsync(async services =>
        {
            var world = new FigureWorld(services);
            var group = await world.AddGroupAsync("RSB", "1");
            await world.AddGroupAsync("RSB", "U13");
            await using var db = new TrainingDbContext(services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
            var names = new GroupNames();
            await names.LoadAsync(db, group.EditionId, [group.SiteId], CancellationToken.None);

            Assert.That(names.Free(group.SiteId, []), Is.EqualTo("3"));
            Assert.That(names.Free(group.SiteId, [Like(group, "3")]), Is.EqualTo("4"), "opened in the same chunk");
            names.Keep([Like(group, "3")]);
            Assert.That(names.Free(group.SiteId, []), Is.EqualTo("4"), "opened in the chunk before");

            await world.AddGroupAsync("RSB", "4");
            await world.AddGroupAsync("RSB", "5");
            await names.LoadAsync(db, group.EditionId, [group.SiteId], CancellationToken.None);
            Assert.That(names.Free(group.SiteId, []), Is.EqualTo("4"), "what was read is kept: the database will refuse it");
            names.Forget();
            await names.LoadAsync(db, group.EditionId, [group.SiteId], CancellationToken.None);
            Assert.That(names.Free(group.SiteId, []), Is.EqualTo("6"), "number of groups and one, passing over what is taken");

            names.Forget();
            await names.LoadAsync(db, group.EditionId, [group.SiteId], CancellationToken.None);
            Assert.That(names.Free(group.SiteId, []), Is.EqualTo("7"), "refused although nobody here bears it");
            return 0;
        });
    }

    private static Group Like(Group group, string name) =>
        new() { Id = 0, SiteId = group.SiteId, RegionId = group.RegionId, EditionId = group.EditionId, Name = name, Capacity = 1 };
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.Data;
using Training.Data.Scope;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Enrollments.Imports;

[Parallelizable(ParallelScope.Children)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class ImportListTests : IDisposable
{
    private readonly TrainingApplication app = new();

    public void Dispose() => app.Dispose();

    [Test]
    public async Task Reads_a_list_shows_what_it_found_and_registers_it_when_told()
    {
        using var client = app.Nation();
        var preview = await client.PreviewAsync($"{ImportCalls.Heading}\n{ImportCalls.Rows(70)}Sara;Alami;31/02/2014;F;Nadia Alami;0611223344;\n;;12/03/2014;x;;+33612345678;\n");
        Assert.Multiple(() =>
        {
            Assert.That(preview.GetProperty("status").GetString(), Is.EqualTo("preview"));
            Assert.That(preview.Counts(), Is.EqualTo((72, 70, 0, 0, 0, 2)));
            Assert.That(preview.Refusals(), Is.EquivalentTo(new[]
            {
                "72 birthDate impossibleDate", "73 givenName nameMissing", "73 familyName nameMissing", "73 sex unknownSex", "73 guardianName missing", "73 guardianPhone phoneForeign",
            }));
            Assert.That(preview.GetProperty("refusals")[0].GetProperty("column").GetString(), Is.EqualTo("Date de naissance"));
        });
        Assert.That(await CountAsync<Participant>(), Is.Zero, "nothing is registered before it is committed");

        var done = await client.CommitAsync(preview);
        Assert.Multiple(async () =>
        {
            Assert.That(done.Counts(), Is.EqualTo((72, 70, 0, 0, 0, 2)));
            Assert.That(done.GetProperty("progress").GetDouble(), Is.EqualTo(1));
            Assert.That((await CountAsync<Participant>(), await CountAsync<Enrollment>(), await CountAsync<Guardian>(), await CountAsync<Consent>()), Is.EqualTo((70, 70, 70, 70)));
        });
        var groups = (await client.JsonAsync("/api/groups?site=RSB&edition=football-2026")).GetProperty("items").EnumerateArray().ToList();
        Assert.That(groups.Select(group => group.GetProperty("taken").GetInt32()), Is.EquivalentTo(new[] { 30, 30, 10 }), "groups are opened on demand");
    }

    [Test]
    public async Task Changes_nothing_when_the_same_list_comes_again()
    {
        using var client = app.Nation();
        var list = $"{ImportCalls.Heading}\n{ImportCalls.Rows(40)}";
        await client.CommitAsync(await client.PreviewAsync(list));
        var again = await client.PreviewAsync(list);
        Assert.That(again.Counts(), Is.EqualTo((40, 0, 0, 40, 0, 0)));
        await client.CommitAsync(again);
        Assert.That((await CountAsync<Participant>(), await CountAsync<Enrollment>(), await CountAsync<Guardian>()), Is.EqualTo((40, 40, 40)));
    }

    private async Task<int> CountAsync<TEntity>()
        where TEntity : class
    {
        await using var db = new TrainingDbContext(app.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
        return await db.Set<TEntity>().CountAsync();
    }
}

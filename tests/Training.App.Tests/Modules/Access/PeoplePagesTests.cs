using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform.Http;
using Training.App.Tests.Pages;
using Training.Data;
using Training.Data.Access;
using Training.Domain.Access;

namespace Training.App.Tests.Modules.Access;

/// <summary>An organisation with more people than a page holds.</summary>
[TestFixture]
internal sealed class PeoplePagesTests
{
    [Test]
    public async Task All_people_are_found_page_by_page_and_each_opens()
    {
        await using var app = new TrainingApplication();
        using var coordinator = await app.CoordinatorAsync("region@test.example", "02");
        var last = await app.InsideAsync(async inside =>
        {
            var db = inside.GetRequiredService<TrainingDbContext>();
            var accounts = Enumerable.Range(1, 230).Select(number => new Account
            {
                UserName = $"p{number}@test.example", NormalizedUserName = $"P{number}@TEST.EXAMPLE", Email = $"p{number}@test.example",
                NormalizedEmail = $"P{number}@TEST.EXAMPLE", DisplayName = $"Personne {number:D3}", Language = "fr",
            }).ToArray();
            db.AddRange(accounts);
            await db.SaveChangesAsync();
            var region = db.Set<RoleGrant>().Single(grant => grant.RegionId != null).RegionId;
            db.AddRange(accounts.Select(account => new RoleGrant { AccountId = account.Id, Role = Role.Facilitator, RegionId = region }));
            await db.SaveChangesAsync();
            return accounts[^1].Id;
        });

        var first = await coordinator.GetStringAsync(Address("/people"));
        var third = await coordinator.GetStringAsync(Address("/people?part=3"));
        var beyond = await coordinator.GetStringAsync(Address("/people?part=99"));
        var odd = await coordinator.GetStringAsync(Address("/people?part=-1%00"));
        using var opened = await coordinator.GetAsync(Address($"/people/{OpaqueId.Account(last)}"));

        Assert.That(first, Does.Contain("Personne 001").And.Not.Contain("Personne 230").And.Contain("/people?part=2").And.Contain("231"));
        Assert.That(third, Does.Contain("Personne 230").And.Contain("/people?part=2").And.Not.Contain("/people?part=4"));
        Assert.That(beyond, Does.Not.Contain("Personne 230"));
        Assert.That(odd, Does.Contain("Personne 001"));
        Assert.That((int)opened.StatusCode, Is.EqualTo(200));
    }

    private static Uri Address(string path) => new(path, UriKind.Relative);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.Data;
using Training.Data.Providers;
using Training.Data.Tests;

namespace Training.App.Tests;

/// <summary>Says in every run on which database the tests of this project were: the hosts take it from the environment.</summary>
[Category("SqlServer")]
internal sealed class RunsOnSqlServerTests
{
    [Test]
    public async Task The_hosts_of_these_tests_are_on_the_server_that_the_environment_names()
    {
        if (!ServerDatabase.IsNamed) Assert.Ignore($"All tests of this project were on SQLite. {ServerDatabase.WhyNot}");
        await using var app = new TrainingApplication();

        var (provider, isServer) = await app.InsideAsync(services => Task.FromResult(
            (services.GetRequiredService<IDatabaseProvider>().Name, services.GetRequiredService<TrainingDbContext>().Database.IsSqlServer())));

        Assert.That((provider, isServer), Is.EqualTo(("SqlServer", true)));
    }
}

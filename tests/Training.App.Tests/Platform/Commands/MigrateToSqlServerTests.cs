using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform.Commands;
using Training.App.Platform.Configuration;
using Training.App.Platform.Seeding;
using Training.App.Tests.Modules.Enrollments;
using Training.Data;
using Training.Data.Scope;
using Training.Data.Sqlite;
using Training.Data.Tests.Moving;
using Training.Domain.Registry;

namespace Training.App.Tests.Platform.Commands;

/// <summary>An installation moves to another database and goes on there; a second file stands for the server.</summary>
internal sealed class MigrateToSqlServerTests
{
    private const int Children = 5;

    private string storage = null!;

    [SetUp]
    public void MakeFolder() => storage = System.IO.Directory.CreateTempSubdirectory("training-move-").FullName;

    [TearDown]
    public void RemoveFolder()
    {
        SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(storage, recursive: true);
    }

    private string Old => $"Data Source={Path.Combine(storage, "training.db")}";

    private string New => $"Data Source={Path.Combine(storage, "moved.db")}";

    [Test]
    public async Task The_application_goes_on_with_what_was_moved()
    {
        var codes = new List<string>();
        await using (var before = new TrainingApplication(TrainingApplication.OnSqlite, ("Storage:Root", storage)))
        {
            using var nation = before.Nation();
            for (var i = 0; i < Children; i++) codes.Add((await TrainingApplication.RegisterAsync(nation, Bodies.Child(i))).Text("participant")!);
        }
        SqliteConnection.ClearAllPools();
        var output = new StringWriter();

        var exit = await MigrateToSqlServer.MoveAsync(new SqliteProvider(Old), new SqliteProvider(New), SqliteMoveTarget.OpenAsync, output, TimeProvider.System, CancellationToken.None);

        Assert.That(exit, Is.Zero, output.ToString());
        Assert.That(output.ToString(), Does.Match($"Participants +{Children} +{Children} ").And.Contain("all are equal").And.Contain("keep Storage__Root"));
        SqliteConnection.ClearAllPools();
        File.Delete(Path.Combine(storage, "training.db"));
        await using var after = new TrainingApplication(TrainingApplication.OnSqlite, ("Storage:Root", storage), ("ConnectionStrings:Training", New));
        using var client = after.Nation();
        foreach (var code in codes)
        {
            using var read = await client.GetAsync(new Uri($"/api/participants/{code}", UriKind.Relative));
            Assert.That((int)read.StatusCode, Is.EqualTo(200), "a child is found under its code");
        }
        var another = await TrainingApplication.RegisterAsync(client, Bodies.Child(Children));
        Assert.That(codes, Has.No.Member(another.Text("participant")));
        Assert.That(
            await after.InsideAsync(async services =>
            {
                var db = services.GetRequiredService<TrainingDbContext>();
                db.Scope = AccessScope.Whole;
                return await db.Set<Participant>().CountAsync();
            }),
            Is.EqualTo(Children + 1));
    }

    [Test]
    public async Task A_target_with_rows_in_it_is_refused_with_what_to_do()
    {
        await using (var before = new TrainingApplication(TrainingApplication.OnSqlite, ("Storage:Root", storage))) before.CreateClient().Dispose();
        SqliteConnection.ClearAllPools();
        await MoveAsync();

        Assert.That(MoveAsync, Throws.TypeOf<CommandException>().With.Message.Contains("is not empty"));

        Task MoveAsync() => MigrateToSqlServer.MoveAsync(
            new SqliteProvider(Old), new SqliteProvider(New), SqliteMoveTarget.OpenAsync, TextWriter.Null, TimeProvider.System, CancellationToken.None);
    }

    [Test]
    public async Task Is_refused_with_one_sentence_while_the_application_runs_or_where_no_target_is_named()
    {
        await using var house = await EmptyHouse.CreateAsync(services => services.AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(
            new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build()));
        await house.Get<ReferenceData>().SeedAsync(CancellationToken.None);

        Assert.That(
            () => CommandLine.Read(["migrate-to", "sqlserver"], TextWriter.Null)!.RunAsync(house.Services, TextWriter.Null, CancellationToken.None),
            Throws.TypeOf<CommandException>().With.Message.StartsWith("ConnectionStrings__SqlServer must hold"));
        var file = new SqliteProvider($"Data Source={Path.Combine(house.Get<AppOptions>().StorageRoot, "training.db")}");
        Assert.That(
            () => MigrateToSqlServer.MoveAsync(file, new SqliteProvider(New), SqliteMoveTarget.OpenAsync, TextWriter.Null, TimeProvider.System, CancellationToken.None),
            Throws.TypeOf<CommandException>().With.Message.Contains("stop web and worker first"));
        Assert.That(File.Exists(Path.Combine(storage, "moved.db")), Is.False, "nothing was begun");
    }
}

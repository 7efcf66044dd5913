using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Training.App.Tests.Platform;
using Training.App.Tests.Platform.Messaging;
using Training.Domain.Certificates;

namespace Training.App.Tests.Modules.Certificates;

[TestFixture]
[Category("Kill")]
internal sealed class CertificateKillTests
{
    private const int Children = 2000;

    private string storage = null!;

    [SetUp]
    public void Open() => storage = System.IO.Directory.CreateTempSubdirectory("training-kill-").FullName;

    [TearDown]
    public void Clean()
    {
        SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(storage, recursive: true);
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Killed_while_it_issues_two_thousand_certificates_it_issues_each_once(CancellationToken cancellationToken)
    {
        await EarnedSeason.FillAsync(storage, Children, _ => ("Yasmine", "El Alaoui", "ياسمين", "العلوي"));

        await using (var first = await AppProcess.StartAsync(storage))
        {
            await UntilIssuedAsync(200);
            await first.KillAsync();
        }
        var atKill = await CountIssuedAsync();
        Assert.That(atKill, Is.InRange(200, Children - 1), "The kill must come in the middle.");

        await using (var second = await AppProcess.StartAsync(storage)) await UntilIssuedAsync(Children);
        await CheckAsync(cancellationToken);
    }

    /// <summary>Every child has one certificate, and the file store holds exactly the bytes of its hash.</summary>
    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT "EnrollmentId", "FileHash", "FileBytes" FROM "Certificates" """;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var enrollments = new HashSet<int>();
        var hashes = new HashSet<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            Assert.That(enrollments.Add(reader.GetInt32(0)), "A second certificate for one enrollment.");
            var hash = reader.GetString(1);
            hashes.Add(hash);
            var bytes = await StoredFiles.ReadAsync(storage, StoredFiles.PathOf(storage, hash));
            Assert.That(Convert.ToHexStringLower(SHA256.HashData(bytes)), Is.EqualTo(hash));
            Assert.That(bytes, Has.Length.EqualTo(reader.GetInt32(2)));
        }
        Assert.That((enrollments.Count, hashes.Count), Is.EqualTo((Children, Children)));
    }

    private Task UntilIssuedAsync(int count) => Poll.UntilAsync(
        async () => await CountIssuedAsync() >= count, async () => $"{await CountIssuedAsync()} are issued", TimeSpan.FromMinutes(2));

    private async Task<int> CountIssuedAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"""SELECT COUNT(*) FROM "Certificates" WHERE "Status" = {(int)CertificateStatus.Issued}""";
        return Convert.ToInt32(await command.ExecuteScalarAsync(), null);
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(storage, "training.db")};Mode=ReadOnly;Pooling=False;Default Timeout=10");
        await connection.OpenAsync();
        return connection;
    }
}

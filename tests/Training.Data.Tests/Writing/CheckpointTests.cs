using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Training.Data.Outbox;
using Training.Data.Scope;
using Training.Domain.Common;

namespace Training.Data.Tests.Writing;

internal sealed class CheckpointTests
{
    private const int Pages = 6_000;

    [Test]
    public async Task What_was_written_reaches_the_database_file_while_the_writer_goes_on()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await using var db = database.Open(AccessScope.None);
        var file = new FileInfo(db.Database.GetDbConnection().DataSource);
        for (var i = 0; i < Pages / 100; i++) await WriteAsync(database, 100);

        var waiting = Stopwatch.StartNew();
        while (LengthOf(file) < Pages * 4096L / 2 && waiting.Elapsed < TimeSpan.FromSeconds(30)) await WriteAsync(database, 10);

        Assert.That(LengthOf(file), Is.GreaterThan(Pages * 4096L / 2), "the log was not copied into the database");
        Assert.That(await db.Set<OutboxRow>().CountAsync(), Is.GreaterThanOrEqualTo(Pages));
    }

    private static long LengthOf(FileInfo file)
    {
        file.Refresh();
        return file.Length;
    }

    private static Task WriteAsync(TestDatabase database, int rows) => database.Gate.WriteAsync<Done>(
        AccessScope.None,
        (session, _) =>
        {
            for (var i = 0; i < rows; i++)
            {
                session.Rows.Insert(new OutboxRow
                {
                    EventId = Guid.NewGuid(), Type = "page", Consumer = "nobody", Body = new string('x', 4000),
                    CreatedAt = DateTimeOffset.UnixEpoch, DueAt = DateTimeOffset.UnixEpoch,
                });
            }
            return Task.FromResult<Result<Done>>(new Done());
        },
        CancellationToken.None);
}

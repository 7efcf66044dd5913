using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Training.Data.Attendance;
using Training.Data.Scope;
using Training.Data.Sqlite;
using Training.Domain.Attendance;
using Training.Domain.Enrollments;

namespace Training.Data.Tests.Migrations;

/// <summary>An installation that has kept attendance for a while finds every mark, and its ledger, after the update.</summary>
internal sealed class MarksFoundByGroupTests
{
    private const string Before = "20261126192647_OpenSessionsOfSites";

    [Test]
    public async Task Marks_that_were_there_are_found_and_the_ledger_is_whole()
    {
        var folder = Directory.CreateTempSubdirectory("training-data-").FullName;
        var provider = new SqliteProvider($"Data Source={Path.Combine(folder, "test.db")};Pooling=False");
        var options = new DbContextOptionsBuilder<TrainingDbContext>();
        provider.Configure(options);
        try
        {
            byte[] ids = [1, 2, 3];
            await using (var db = new TrainingDbContext(options.Options) { Scope = AccessScope.Whole })
            {
                await db.GetService<IMigrator>().MigrateAsync(Before);
                var sample = new Sample(db);
                db.Add(sample.Of<Domain.Directory.Group>(("Id", 7)));
                foreach (var child in (int[])[1, 2, 3]) db.Add(sample.Of<Enrollment>(("Id", child), ("GroupId", 7), ("Slot", child)));
                foreach (var lesson in (int[])[1, 2]) db.Add(sample.Of<Session>(("Id", lesson), ("GroupId", 7), ("Start", new TimeOnly(8 + lesson, 0))));
                foreach (var (lesson, child) in ((int, int)[])[(1, 1), (1, 2), (2, 1)]) db.Add(sample.Of<AttendanceMark>(("SessionId", lesson), ("EnrollmentId", child)));
                db.Add(sample.Of<MarkBatch>(("SessionId", 1), ("Number", 1), ("Marks", ids)));
                await db.Database.OpenConnectionAsync();
                await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys=OFF"); // The register around these rows is not what is looked at.
                await db.SaveChangesAsync();
            }

            await using var updated = new TrainingDbContext(options.Options) { Scope = AccessScope.Whole };
            await provider.MigrateAsync(updated, CancellationToken.None);

            var found = await MarksByEnrollment.In(updated).Select(mark => new { mark.EnrollmentId, Lesson = mark.Session.Id }).OrderBy(mark => mark.Lesson).ThenBy(mark => mark.EnrollmentId).ToListAsync();
            Assert.That(found.Select(mark => (mark.Lesson, mark.EnrollmentId)), Is.EqualTo(((int, int)[])[(1, 1), (1, 2), (2, 1)]));
            var batch = await updated.Set<MarkBatch>().SingleAsync();
            Assert.That((batch.SessionId, batch.Number, batch.Marks), Is.EqualTo((1, 1, ids)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Training.Data.Scope;
using Training.Data.Sealing;
using Training.Domain.Attendance;
using Training.Domain.Registry;

namespace Training.Data.Tests.Sealing;

internal sealed class SealedFieldTests
{
    /// <summary>Free texts by name that are no person’s words: stable codes, and the address of a partner’s machine.</summary>
    private static readonly string[] Open =
    [
        "Certificate.RevocationReason", "EnrollmentChange.Reason", "Enrollment.EndReason", "Notice.Reason", "WebhookDelivery.Answer", "Webhook.DisabledReason", "Webhook.Address",
    ];

    private static readonly string[] Telling = ["Note", "Reason", "Why", "Words", "Answer", "Remark", "Comment", "Address", "Message"];

    [Test]
    public async Task Every_free_text_is_sealed_or_said_to_be_none()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await using var db = database.Open(AccessScope.None);
        var open = from type in db.Model.GetEntityTypes()
                   from property in type.GetProperties()
                   where property.ClrType == typeof(string) && Telling.Any(word => property.Name.EndsWith(word, StringComparison.Ordinal))
                   where property.GetTypeMapping().Converter is not SealedConverter
                   let name = $"{type.ClrType.Name}.{property.Name}"
                   where !Open.Contains(name)
                   select name;

        Assert.That(open, Is.Empty);
        Assert.That(SealedColumn.Of(db.Model), Has.Count.GreaterThan(15));
    }

    [Test]
    public async Task The_file_of_the_database_holds_none_of_the_words_after_they_were_sealed_again()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await FillAsync(database, 300);
        Assert.That(await BytesHoldAsync(database, "Zarqtal"), Is.False, "written by the mapping");

        // As an older version has left it: open, and some of it under an older key.
        await using (var db = database.Open(AccessScope.Whole))
        {
            await db.Database.ExecuteSqlRawAsync("""UPDATE "Participants" SET "Note" = 'Zarqtal ' || "Id" WHERE "Id" <= 250""");
            await db.Database.ExecuteSqlRawAsync("""UPDATE "Sessions" SET "Note" = 'Zarqtal'""");
        }
        Assert.That(await BytesHoldAsync(database, "Zarqtal"), Is.True);
        var resealing = new Resealing(database.Gate, database.Options);
        Assert.That(await resealing.CountAsync(null, CancellationToken.None), Is.EqualTo(251));
        var key = NewKey();

        var first = await resealing.RunAsync(key, CancellationToken.None);

        Assert.That((first, await resealing.RunAsync(key, CancellationToken.None), await resealing.CountAsync(null, CancellationToken.None)), Is.EqualTo((302, 0, 0)));
        Assert.That(await resealing.CountAsync(key.Id, CancellationToken.None), Is.EqualTo(302));
        await using (var db = database.Open(AccessScope.Whole))
        {
            Assert.That(await db.Set<Participant>().IgnoreQueryFilters().Where(row => row.Id == 7).Select(row => row.Note).SingleAsync(), Is.EqualTo("Zarqtal 7"));
            Assert.That((await db.Set<Session>().SingleAsync()).Note, Is.EqualTo("Zarqtal"));
        }
        Assert.That(await BytesHoldAsync(database, "Zarqtal"), Is.False, "neither in a page that was freed");
    }

    [Test]
    public async Task Who_writes_while_a_key_is_changed_loses_nothing_and_a_run_that_was_cut_off_goes_on()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await FillAsync(database, 600);
        var (resealing, key) = (new Resealing(database.Gate, database.Options), NewKey());
        using var cut = new CancellationTokenSource();

        var writing = Task.Run(async () =>
        {
            for (var i = 1; i <= 600; i += 3)
            {
                var id = i;
                await database.Gate.WriteAsync<int>(
                    AccessScope.Whole,
                    async (write, token) => await write.Db.Set<Participant>().Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Note, "meanwhile"), token),
                    CancellationToken.None);
                if (i > 100) await cut.CancelAsync();
            }
        });
        try
        {
            await resealing.RunAsync(key, cut.Token);
        }
        catch (OperationCanceledException)
        {
            // Cut off where it stood.
        }
        await writing;
        await resealing.RunAsync(key, CancellationToken.None);

        await using var db = database.Open(AccessScope.Whole);
        var notes = await db.Set<Participant>().IgnoreQueryFilters().OrderBy(row => row.Id).Select(row => new { row.Id, row.Note }).ToListAsync();
        Assert.That(notes.Where(row => row.Note != (row.Id % 3 == 1 ? "meanwhile" : $"Zarqtal {row.Id}")), Is.Empty);
    }

    [Test]
    public async Task A_table_with_a_key_of_two_columns_is_passed_over_to_its_end()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await FillAsync(database, 1);
        await using (var db = database.Open(AccessScope.Whole))
        {
            var sample = new Sample(db, 2000);
            for (var session = 2; session <= 4; session++)
            {
                db.Add(sample.Of<Session>(("Id", session), ("GroupId", 1), ("SiteId", 1), ("RegionId", 1)));
                for (var position = 1; position <= 150; position++) db.Add(sample.Of<SessionAdult>(("SessionId", session), ("Position", position), ("Name", $"Zarqtal {position}")));
            }
            await db.SaveChangesAsync();
        }
        var (resealing, key) = (new Resealing(database.Gate, database.Options), NewKey());

        await resealing.RunAsync(key, CancellationToken.None);

        await using var after = database.Open(AccessScope.Whole);
        var sealedByIt = SealedText.BeginningOf(key.Id) + "%";
        Assert.That(await after.Database.SqlQuery<int>($"""SELECT COUNT(*) AS "Value" FROM "SessionAdults" WHERE "Name" NOT LIKE {sealedByIt}""").SingleAsync(), Is.Zero);
        Assert.That((await after.Set<SessionAdult>().Where(row => row.SessionId > 1).ToListAsync()).Count(row => row.Name == $"Zarqtal {row.Position}"), Is.EqualTo(450));
    }

    /// <summary>Else a value that does not change keeps the run at it for ever.</summary>
    [Test]
    public async Task A_column_in_which_nothing_changes_is_left()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await FillAsync(database, 3);
        await using (var db = database.Open(AccessScope.Whole))
            await db.Database.ExecuteSqlRawAsync("""CREATE TRIGGER "Stays" BEFORE UPDATE ON "Participants" BEGIN SELECT RAISE(IGNORE); END""");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        var done = await new Resealing(database.Gate, database.Options).RunAsync(NewKey(), patience.Token);

        Assert.That(done, Is.GreaterThan(0), "the columns beside it are done");
    }

    [Test]
    public async Task A_value_that_was_tampered_with_is_said_to_be_and_its_words_are_not_made_up()
    {
        await using var database = await TestDatabase.SqliteAsync();
        await FillAsync(database, 2);
        await using var db = database.Open(AccessScope.Whole);
        await db.Database.ExecuteSqlRawAsync("""UPDATE "Participants" SET "Note" = (SELECT "Note" FROM "Sessions") WHERE "Id" = 1""");

        Exception? said = null;
        try
        {
            await db.Set<Participant>().IgnoreQueryFilters().Where(row => row.Id == 1).Select(row => row.Note).SingleAsync();
        }
        catch (Exception fault)
        {
            said = fault as SealingException ?? fault.InnerException;
        }
        Assert.That(said, Is.TypeOf<SealingException>().With.Message.Contains("Participants.Note"));
    }

    private static SealingKey NewKey()
    {
        var folder = Directory.CreateTempSubdirectory("training-keys-").FullName;
        var keys = new SealingKeys(folder);
        var key = keys.Make(DateTimeOffset.UnixEpoch);
        SealedText.Use(keys);
        return key;
    }

    private static async Task FillAsync(TestDatabase database, int children)
    {
        await using var db = database.Open(AccessScope.Whole);
        var sample = new Sample(db, 1000);
        for (var id = 1; id <= children; id++) db.Add(sample.Of<Participant>(("Id", id), ("Note", $"Zarqtal {id}")));
        db.Add(sample.Of<Domain.Directory.Group>(("Id", 1), ("SiteId", 1), ("RegionId", 1)));
        db.Add(sample.Of<Session>(("Id", 1), ("GroupId", 1), ("SiteId", 1), ("RegionId", 1), ("Note", "Zarqtal")));
        db.Add(sample.Of<SessionAdult>(("SessionId", 1), ("Position", 1)));
        await db.SaveChangesAsync();
    }

    private static async Task<bool> BytesHoldAsync(TestDatabase database, string word)
    {
        var text = System.Text.Encoding.UTF8.GetBytes(word);
        await using (var db = database.Open(AccessScope.None)) await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        foreach (var file in Directory.GetFiles(database.Folder!))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
            if (bytes.AsSpan().IndexOf(text) >= 0) return true;
        }
        return false;
    }
}

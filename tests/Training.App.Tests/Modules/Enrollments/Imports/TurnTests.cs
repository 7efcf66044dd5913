using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Training.App.Modules.Enrollments.Messages;
using Training.Data;
using Training.Data.Outbox;
using Training.Data.Scope;
using Training.Data.Sqlite;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Enrollments.Imports;

/// <summary>How many chunks of a list one transaction takes, and that nothing of one that was undone is kept.</summary>
public class TurnTests
{
    private const int Rows = 2_400;

    /// <summary>Rows of the first chunk, before it is known how long one takes: they are of one site, the others of another.</summary>
    private const int FirstChunk = 500;

    /// <summary>A row of a later chunk whose child somebody registers between the preview and the word.</summary>
    private const int Overtaken = 700;

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_turn_takes_chunk_after_chunk_until_somebody_waits_and_may_be_run_again(bool isWanted)
    {
        WatchedGate? gate = null;
        await using var application = Application(inner => gate = new WatchedGate(inner, isWanted));
        using var nation = application.Nation();
        var preview = await nation.PreviewAsync(List(), site: null);
        await RegisterAsync(nation);
        // Undone is a transaction of several chunks where there is one, as if somebody had taken a place in it meanwhile.
        gate!.After = (_, _) =>
        {
            if (gate.Undone >= 0 || (gate.Chunks[^1] == 1 && !isWanted)) return;
            gate.Undone = gate.Turns.Count - 1;
            throw new DbUpdateConcurrencyException("The places of a group were taken meanwhile.");
        };

        var done = await nation.CommitAsync(preview);

        // Some are alike with day and month the other way round, and wait for a person's word.
        var registered = done.Counts().New;
        Assert.That(done.Counts(), Is.EqualTo((Rows, registered, 0, 1, Rows - registered - 1, 0)));
        Assert.That((await nation.JsonAsync($"{Address(preview)}/rows?state=alreadyEnrolled")).GetProperty("items")[0].GetProperty("row").GetInt32(), Is.EqualTo(Overtaken + 2));
        Assert.That(gate.Chunks, isWanted ? Has.All.EqualTo(1) : Has.Some.GreaterThan(1), "chunks of a transaction");
        Assert.That(gate.Turns[gate.Undone + 1].Through, Is.GreaterThanOrEqualTo(gate.Turns[gate.Undone].Through), "what was undone is written again");
        Assert.That(gate.Turns.Select(turn => turn.Told), Is.EqualTo(gate.Turns.Select(turn => turn.Written)), "those who count hear of each site");

        await using var db = Open(application);
        var groups = (await db.Set<Group>().Where(row => row.ImportId != null).OrderBy(row => row.Id).ToListAsync()).GroupBy(group => group.SiteId).ToList();
        Assert.That(
            (await db.Set<Enrollment>().CountAsync(), await db.Set<Participant>().CountAsync(), await db.Set<Guardian>().CountAsync(), await db.Set<Consent>().CountAsync()),
            Is.EqualTo((registered + 1, registered + 1, registered + 1, registered + 1)), "of each row and of the child of the form, a guardian of an overtaken row is not kept");
        Assert.That(groups, Has.Count.EqualTo(2));
        foreach (var site in groups)
        {
            var before = await db.Set<Group>().CountAsync(row => row.SiteId == site.Key && row.ImportId == null);
            Assert.That(site.Select(group => group.Name), Is.EqualTo(Enumerable.Range(before + 1, site.Count()).Select(number => $"{number}")), "no name is left out");
            Assert.That(site.SkipLast(1).Select(group => group.Capacity - group.Taken), Has.All.Zero);
        }
        Assert.That(await db.Set<Group>().SumAsync(row => row.Taken), Is.EqualTo(registered + 1));
    }

    [Test]
    public async Task A_turn_whose_claim_was_lost_leaves_no_word_of_rows_that_fell()
    {
        WatchedGate? gate = null;
        await using var application = Application(inner => gate = new WatchedGate(inner, isWanted: false));
        using var nation = application.Nation();
        var preview = await nation.PreviewAsync(List(), site: null);
        await RegisterAsync(nation);
        var promised = new List<int>();
        gate!.Before = session => gate.Turns.Count > 0
            ? Task.CompletedTask
            : session.Db.Set<Import>().ExecuteUpdateAsync(set => set.SetProperty(row => row.ClaimToken, Guid.NewGuid()));
        gate.After = (import, _) => promised.Add(Promised(Path.Combine(application.Storage, "imports", $"{import}.db")));

        var done = await nation.CommitAsync(preview);

        Assert.That(promised[0], Is.Zero, "another worker has the rows");
        Assert.That(promised[1..].Max(), Is.EqualTo(1), "nobody else has");
        Assert.That(done.Counts().Already, Is.EqualTo(1));
        await using var db = Open(application);
        Assert.That(await db.Set<Enrollment>().CountAsync(), Is.EqualTo(done.Counts().New + 1));
    }

    /// <summary>How many fallen rows are written down that wait for the commit.</summary>
    private static int Promised(string staging)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = staging, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM Fallen";
        return (int)(long)command.ExecuteScalar()!;
    }

    private static string List()
    {
        var rows = Enumerable.Range(0, Rows).Select(number => $"{(number < FirstChunk ? "RSB" : "USMO")};{ImportCalls.Row(number)}");
        return $"Club;{ImportCalls.Heading}\n{string.Concat(rows)}";
    }

    /// <summary>Registers the overtaken row's child by the form.</summary>
    private static async Task RegisterAsync(HttpClient client)
    {
        var cells = ImportCalls.Row(Overtaken).Split(';');
        await TrainingApplication.RegisterAsync(client, new
        {
            edition = "football-2026", site = "USMO",
            participant = new { givenName = cells[0], familyName = cells[1], birthDate = DateOnly.ParseExact(cells[2], "dd/MM/yyyy", CultureInfo.InvariantCulture).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), sex = "male" },
            guardians = new[] { new { name = cells[4], relationship = "mother", phone = cells[5], noPhone = false, language = "ar" } },
            consents = new[] { new { purpose = "participation", method = "paper", guardian = 0, givenOn = "2026-10-01" } },
        });
    }

    private static string Address(JsonElement import) => $"/api/imports/{import.GetProperty("id").GetString()}";

    private static TrainingApplication Application(Func<IWriteGate, IWriteGate> watch) => new(TrainingApplication.OnSqlite)
    {
        Rearrange = services =>
        {
            services.AddSingleton<SqliteWriteGate>();
            services.Replace(ServiceDescriptor.Singleton(provider => watch(provider.GetRequiredService<SqliteWriteGate>())));
        },
    };

    private static TrainingDbContext Open(TrainingApplication application) =>
        new(application.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };

    /// <summary>Looks at each transaction of bulk work before it ends.</summary>
    private sealed class WatchedGate(IWriteGate gate, bool isWanted) : IWriteGate
    {
        private int asked;

        /// <summary>Called when a transaction has begun.</summary>
        public Func<WriteSession, Task> Before { get; set; } = _ => Task.CompletedTask;

        /// <summary>Called with the import and its transaction when all is written; may throw.</summary>
        public Action<int, WriteSession> After { get; set; } = (_, _) => { };

        /// <summary>Which of the transactions was undone; -1 when none was.</summary>
        public int Undone { get; set; } = -1;

        /// <summary>How many chunks each transaction took; 0 for one that was run again, which only repeats.</summary>
        public List<int> Chunks { get; } = [];

        /// <summary>How far each transaction came, in sites: those it wrote enrollments of, and those it promised to tell of.</summary>
        public List<(int Through, string Written, string Told)> Turns { get; } = [];

        public int Waiting => gate.Waiting;

        public bool IsWanted
        {
            get
            {
                // Asked for twice after each chunk: the next one is given the time to be made ready, on whatever machine.
                asked++;
                Thread.Sleep(50);
                return isWanted;
            }
        }

        public Task<Result<T>> WriteAsync<T>(AccessScope scope, Func<WriteSession, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken) =>
            gate.WriteAsync(scope, work, cancellationToken);

        public Task<Result<T>> WriteBulkAsync<T>(Func<WriteSession, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken) =>
            gate.WriteBulkAsync<T>(
                async (session, token) =>
                {
                    await Before(session);
                    asked = 0;
                    var last = await session.Db.Set<Enrollment>().MaxAsync(row => (int?)row.Id, token) ?? 0;
                    var told = await session.Db.Set<OutboxRow>().MaxAsync(row => (int?)row.Id, token) ?? 0;
                    var outcome = await work(session, token);
                    var import = await session.Db.Set<Import>().AsNoTracking().SingleAsync(token);
                    var written = await session.Db.Set<Enrollment>().IgnoreQueryFilters().Where(row => row.Id > last && row.ImportId != null).Select(row => row.SiteId).Distinct().Order().ToListAsync(token);
                    var promises = await session.Db.Set<OutboxRow>().Where(row => row.Id > told && row.Type.Contains(nameof(EnrollmentsImported))).Select(row => row.Body).Distinct().ToListAsync(token);
                    var sites = promises.SelectMany(body => JsonSerializer.Deserialize<EnrollmentsImported>(body, JsonSerializerOptions.Web)!.SiteIds).Distinct().Order();
                    Turns.Add((import.CommittedThrough, outcome.Succeeded ? string.Join(' ', written) : "", string.Join(' ', sites)));
                    Chunks.Add(Undone >= 0 && Turns.Count == Undone + 2 ? isWanted ? 1 : 0 : (asked + 1) / 2);
                    After(import.Id, session);
                    return outcome;
                },
                cancellationToken);
    }
}

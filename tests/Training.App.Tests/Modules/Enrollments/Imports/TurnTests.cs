using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Training.App.Modules.Enrollments.Messages;
using Training.Data;
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

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_turn_takes_chunk_after_chunk_until_somebody_waits_and_may_be_run_again(bool isWanted)
    {
        UnluckyGate? gate = null;
        await using var application = new TrainingApplication(TrainingApplication.OnSqlite)
        {
            Rearrange = services =>
            {
                services.AddSingleton<SqliteWriteGate>();
                services.Replace(ServiceDescriptor.Singleton<IWriteGate>(provider => gate = new UnluckyGate(provider.GetRequiredService<SqliteWriteGate>(), isWanted)));
            },
        };
        using var coach = await application.SiteAsync("RSB");

        var done = await coach.CommitAsync(await coach.PreviewAsync(ImportCalls.Heading + "\n" + ImportCalls.Rows(Rows)));

        // Some are alike with day and month the other way round, and wait for a person's word.
        var registered = done.Counts().New;
        Assert.That(done.Counts(), Is.EqualTo((Rows, registered, 0, 0, Rows - registered, 0)));
        Assert.That(gate!.Chunks, isWanted ? Has.All.EqualTo(1) : Has.Some.GreaterThan(1), "chunks of a transaction");
        Assert.That(gate.Reached[gate.Undone + 1], Is.GreaterThanOrEqualTo(gate.Reached[gate.Undone]), "what was undone is written again");
        await using var db = new TrainingDbContext(application.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>()) { Scope = AccessScope.Whole };
        var groups = await db.Set<Group>().Where(row => row.ImportId != null).OrderBy(row => row.Id).ToListAsync();
        Assert.That(
            (await db.Set<Enrollment>().CountAsync(), await db.Set<Participant>().CountAsync(), await db.Set<Guardian>().CountAsync(), await db.Set<Consent>().CountAsync(), groups.Sum(group => group.Taken)),
            Is.EqualTo((registered, registered, registered, registered, registered)));
        Assert.That(groups.Select(group => group.Name), Is.EqualTo(Enumerable.Range(1, groups.Count).Select(number => $"{number}")), "no name is left out");
        Assert.That(groups.SkipLast(1).Select(group => group.Capacity - group.Taken), Has.All.Zero);
        Assert.That(gate.Told, Has.Count.EqualTo(gate.Reached.Count).And.All.Contains(nameof(EnrollmentsImported)), "those who count hear of each transaction");
    }

    /// <summary>Undoes one transaction of bulk work, of several chunks if it can be, as if somebody had taken a place in it meanwhile.</summary>
    private sealed class UnluckyGate(IWriteGate gate, bool isWanted) : IWriteGate
    {
        private int asked;

        /// <summary>Which of the transactions was undone.</summary>
        public int Undone { get; private set; } = -1;

        /// <summary>How many chunks each transaction took; that of a run after an undone one is not told.</summary>
        public List<int> Chunks { get; } = [];

        /// <summary>How far each transaction came, the one that was undone too.</summary>
        public List<int> Reached { get; } = [];

        /// <summary>What each of them promised to tell.</summary>
        public List<string?> Told { get; } = [];

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
                    asked = 0;
                    var outcome = await work(session, token);
                    Reached.Add(await session.Db.Set<Import>().Select(row => row.CommittedThrough).SingleAsync(token));
                    Told.Add(session.Events.First);
                    if (Undone < 0 || Reached.Count > Undone + 2) Chunks.Add((asked + 1) / 2);
                    if (Undone >= 0 || (Chunks[^1] == 1 && !isWanted)) return outcome;
                    Undone = Reached.Count - 1;
                    throw new DbUpdateConcurrencyException("The places of a group were taken meanwhile.");
                },
                cancellationToken);
    }
}

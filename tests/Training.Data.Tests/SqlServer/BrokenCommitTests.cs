using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Training.Data.Platform;
using Training.Data.Scope;

namespace Training.Data.Tests.SqlServer;

/// <summary>A connection that breaks while a commit is under way: the change is made once, whichever side of the commit it broke on.</summary>
internal sealed class BrokenCommitTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_change_whose_commit_broke_is_made_once(bool afterwards)
    {
        var breaks = new BreaksOnce(afterwards);
        await using var database = await TestDatabase.ServerAsync(breaks);
        var name = Guid.NewGuid().ToString("N");
        var attempts = 0;
        var result = await database.Gate.WriteAsync<int>(
            AccessScope.None,
            async (session, token) =>
            {
                attempts++;
                session.Rows.Insert(new KeyBlock { Name = $"{name}-{attempts}", Next = 1 });
                // A change reads its own rows.
                return await session.Db.Set<KeyBlock>().CountAsync(row => row.Name == $"{name}-{attempts}", token);
            },
            CancellationToken.None);

        Assert.That((result.Value, breaks.Broke), Is.EqualTo((1, true)));
        Assert.That(attempts, Is.EqualTo(afterwards ? 1 : 2), "what was committed is not done again");
        await using var db = database.Open(AccessScope.None);
        Assert.That(await db.Set<KeyBlock>().CountAsync(row => row.Name.StartsWith(name)), Is.EqualTo(1));
    }

    private sealed class BreaksOnce(bool afterwards) : DbTransactionInterceptor
    {
        public bool Broke { get; private set; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            if (!afterwards) Break();
            return ValueTask.FromResult(result);
        }

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            if (afterwards) Break();
            return Task.CompletedTask;
        }

        private void Break()
        {
            if (Broke) return;
            Broke = true;
            throw new TimeoutException("The connection broke."); // One of the faults that are tried again.
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.Data;
using Training.Data.Access;
using Training.Domain.Common;

namespace Training.App.Modules.Access;

/// <summary>A person's own sign-ins: where and since when; ending one, or all but this one.</summary>
internal static class MySignIns
{
    /// <param name="Id">Internal key.</param>
    /// <param name="Device">Browser and system; empty when unknown.</param>
    /// <param name="StartedAt">When it began.</param>
    /// <param name="LastSeenAt">When it was last used, to ten minutes.</param>
    /// <param name="IsThis">True for the one that asks.</param>
    internal sealed record Line(int Id, string Device, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, bool IsThis);

    internal sealed class Handler(TrainingDbContext db, Caller caller, AccountSession session)
    {
        private const int Most = 50;

        public async Task<IReadOnlyList<Line>> ListAsync(CancellationToken cancellationToken)
        {
            var (account, own) = (caller.AccountId, session.Id);
            return await db.Set<SignInSession>().Where(row => row.AccountId == account && row.EndedAt == null)
                .OrderByDescending(row => row.LastSeenAt).ThenByDescending(row => row.Id).Take(Most)
                .Select(row => new Line(row.Id, row.Device, row.StartedAt, row.LastSeenAt, row.Id == own)).ToListAsync(cancellationToken);
        }

        /// <summary>Ends one of the caller's own sign-ins; null ends all but this one.</summary>
        public async Task<Result<Done>> EndAsync(int? id, CancellationToken cancellationToken)
        {
            var (account, own) = (caller.AccountId, session.Id);
            await session.EndRowsAsync(rows => rows.Where(row => row.AccountId == account && (id == null ? row.Id != own : row.Id == id)), cancellationToken);
            return new Done();
        }
    }
}

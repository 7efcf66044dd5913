using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Certificates;
using Training.Domain.Common;

namespace Training.App.Modules.Certificates;

/// <summary>Remembers for all processes whether certificates are being issued, and how far a round has come, so that a restart goes on there.</summary>
internal sealed class IssuingControl(ReadDb db, IWriteGate gate)
{
    /// <summary>Where it stands.</summary>
    public async Task<IssuingState> ReadAsync(CancellationToken cancellationToken) =>
        await db.Set<IssuingState>().SingleOrDefaultAsync(cancellationToken) ?? new IssuingState();

    /// <summary>True while somebody has stopped it.</summary>
    public Task<bool> IsPausedAsync(CancellationToken cancellationToken) => db.Set<IssuingState>().AnyAsync(row => row.PausedAt != null, cancellationToken);

    /// <summary>Stops it, or lets it go on; a state that is there already stays as it is.</summary>
    public Task SetAsync(DateTimeOffset? pausedAt, string by, CancellationToken cancellationToken) => ChangeAsync(
        state =>
        {
            if (state.PausedAt is null != pausedAt is null) (state.PausedAt, state.PausedBy) = (pausedAt, pausedAt is null ? null : by);
        },
        cancellationToken);

    /// <summary>Notes how far the round has come; 0 at its end.</summary>
    /// <returns>True when somebody has stopped it.</returns>
    public async Task<bool> ReachAsync(int enrollmentId, CancellationToken cancellationToken) =>
        (await ChangeAsync(state => state.Reached = enrollmentId, cancellationToken)).Value;

    private Task<Result<bool>> ChangeAsync(Action<IssuingState> change, CancellationToken cancellationToken) => gate.WriteAsync<bool>(
        AccessScope.Whole,
        async (write, token) =>
        {
            var state = await write.Db.Set<IssuingState>().SingleOrDefaultAsync(token);
            if (state is null) write.Db.Add(state = new IssuingState());
            change(state);
            await write.Db.SaveChangesAsync(token);
            return state.PausedAt is not null;
        },
        cancellationToken);
}

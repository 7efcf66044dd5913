using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Data.Access;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Access;
using Training.Domain.Common;

namespace Training.App.Modules.Access.People;

/// <summary>Records that a person's code of conduct, training or screening was seen.</summary>
internal static class RecordSafeguarding
{
    /// <param name="Account">Whose.</param>
    /// <param name="Kind">What.</param>
    /// <param name="DoneOn">The day of it.</param>
    /// <param name="EndsOn">Last day on which it holds; null: without end.</param>
    internal sealed record Request(int Account, SafeguardingKind? Kind, DateOnly? DoneOn, DateOnly? EndsOn);

    internal sealed class Handler(PeopleReach reach, DirectoryCatalog catalog, IWriteGate gate, Caller caller, TimeProvider time)
    {
        public async Task<Result<Done>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var directory = await catalog.SnapshotAsync(cancellationToken);
            var today = time.Today();
            var faults = new Faults();
            if (request.Kind is not { } kind || !Enum.IsDefined(kind)) faults.Add("kind", "missing");
            if (request.DoneOn is null) faults.Add("doneOn", "missing");
            else if (request.DoneOn > today) faults.Add("doneOn", "inFuture");
            if (request.EndsOn < request.DoneOn) faults.Add("endsOn", "endsBeforeStart");
            if (!faults.None) return faults.ToError();
            return await gate.WriteAsync<Done>(
                AccessScope.None,
                async (write, token) =>
                {
                    var held = await write.Db.Set<RoleGrant>().AsNoTracking().Where(RoleGrant.CountsOn(today)).Where(row => row.AccountId == request.Account).ToListAsync(token);
                    if (!held.Exists(row => reach.Covers(row.Role, GrantPlace.Of(row), directory))) return Error.NotFound("personNotFound");
                    write.Db.Add(new SafeguardingRecord
                    {
                        AccountId = request.Account, Kind = request.Kind!.Value, DoneOn = request.DoneOn!.Value, EndsOn = request.EndsOn,
                        RecordedBy = caller.Name, RecordedAt = time.GetUtcNow(),
                    });
                    await write.Db.SaveChangesAsync(token);
                    return new Done();
                },
                cancellationToken);
        }
    }
}

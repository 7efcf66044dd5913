using Microsoft.AspNetCore.Http;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.App.Tests.Modules.Access.Matrix;

/// <summary>
/// Runs a change of a request that says so to its end and then leaves nothing of it, so that every caller finds the same world and the
/// order of the doors does not matter. A refusal leaves nothing behind: that is the gate's own promise.
/// </summary>
internal sealed class RehearsingGate(IWriteGate gate, IHttpContextAccessor http) : IWriteGate
{
    /// <summary>A request with this header is rehearsed.</summary>
    public const string Header = "X-Rehearsal";

    public int Waiting => gate.Waiting;

    public Task<Result<T>> WriteAsync<T>(
        AccessScope scope, Func<WriteSession, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken) =>
        RehearseAsync(work, changed => gate.WriteAsync(scope, changed, cancellationToken));

    public Task<Result<T>> WriteBulkAsync<T>(Func<WriteSession, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken) =>
        RehearseAsync(work, changed => gate.WriteBulkAsync(changed, cancellationToken));

    private async Task<Result<T>> RehearseAsync<T>(
        Func<WriteSession, CancellationToken, Task<Result<T>>> work, Func<Func<WriteSession, CancellationToken, Task<Result<T>>>, Task<Result<T>>> run)
    {
        if (http.HttpContext?.Request.Headers.ContainsKey(Header) != true) return await run(work);
        Result<T> outcome = Error.Of(ErrorKind.Busy, "notRun");
        await run(async (session, token) =>
        {
            outcome = await work(session, token);
            return outcome.Succeeded ? Error.Of(ErrorKind.Rule, "rehearsal") : outcome;
        });
        return outcome;
    }
}

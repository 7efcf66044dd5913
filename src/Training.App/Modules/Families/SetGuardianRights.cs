using Microsoft.EntityFrameworkCore;
using Training.App.Modules.Access.Messages;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Security;
using Training.Data.Providers;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.App.Modules.Families;

/// <summary>Lets a guardian of a child only look, or act again: who decides for a child is for who answers for its region, as in a correction of the file.</summary>
internal static class SetGuardianRights
{
    /// <param name="Guardian">Order of contact, from 1.</param>
    /// <param name="ViewOnly">True: sees and may withdraw, gives nothing.</param>
    internal sealed record Request(int? Guardian, bool? ViewOnly);

    internal sealed record Response(int Guardian, bool ViewOnly);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/participants/{code}/guardian-rights", PostAsync).WithName("SetGuardianRights")
            .WithSummary("Let a guardian only look, or act again.")
            .WithDescription("By a person who answers for the child's region. 422 coordinatorDecides: propose it as a correction of the file. 422 noGuardianDecides. 403 proveAgain: a person must have given the password lately.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422);

    private static async Task<IResult> PostAsync(string code, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, IDatabaseProvider provider, FileDeciders deciders, IRecentProof proof, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(string code, Request request, CancellationToken cancellationToken)
        {
            if (request.Guardian is not { } position) return Faults.Only("guardian", "missing");
            if (request.ViewOnly is not { } viewOnly) return Faults.Only("viewOnly", "missing");
            return await gate.WriteAsync(caller.Scope, (write, token) => SetAsync(write, code, position, viewOnly, token), cancellationToken);
        }

        private async Task<Result<Response>> SetAsync(WriteSession write, string code, int position, bool viewOnly, CancellationToken cancellationToken)
        {
            var key = await ParticipantAliases.ResolveAsync(write.Db, code, cancellationToken);
            await provider.SerializeAsync(write.Db, CorrectFile.LockOf(key ?? 0), cancellationToken);
            if (key is not { } child || await new CorrectFile(write, provider).LoadAsync(child, cancellationToken) is not { } state) return Error.NotFound("participantNotFound");
            if (state.Guardians.FirstOrDefault(one => one.Tie.Position == position) is not { } known) return Faults.Only("guardian", "unknownGuardian");
            if (!await deciders.IncludeCallerAsync(write.Db.Set<Enrollment>(), child, cancellationToken)) return Error.Rule("coordinatorDecides");
            if (!proof.IsFresh) return Error.Of(ErrorKind.Forbidden, "proveAgain");
            if (known.ViewOnly == viewOnly) return new Response(position, viewOnly);
            if (state.LeavesNobody([new CorrectedFact(CorrectionFields.OfGuardian(position, CorrectionFields.ViewOnly), viewOnly ? "false" : "true", viewOnly ? "true" : "false")]))
                return Error.Rule("noGuardianDecides");
            var guardian = known.Guardian.Id;
            await write.Db.Set<ViewOnlyGuardian>().Where(row => row.ParticipantId == child && row.GuardianId == guardian).ExecuteDeleteAsync(cancellationToken);
            if (viewOnly) write.Rows.Insert(new ViewOnlyGuardian { ParticipantId = child, GuardianId = guardian, SetBy = caller.Name, SetAt = time.GetUtcNow() });
            await GuardianTies.RaiseAsync(write.Db, [child], cancellationToken);
            return new Response(position, viewOnly);
        }
    }
}

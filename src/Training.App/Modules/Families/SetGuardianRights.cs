using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Registry;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Families;
using Training.Domain.Registry;

namespace Training.App.Modules.Families;

/// <summary>Lets a guardian of a child only look, or act again.</summary>
internal static class SetGuardianRights
{
    /// <param name="Guardian">Order of contact, from 1.</param>
    /// <param name="ViewOnly">True: sees and may withdraw, gives nothing.</param>
    internal sealed record Request(int? Guardian, bool? ViewOnly);

    internal sealed record Response(int Guardian, bool ViewOnly);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/participants/{code}/guardian-rights", PostAsync).WithName("SetGuardianRights")
            .WithSummary("Let a guardian only look, or act again.").Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> PostAsync(string code, Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(code, request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, Caller caller, TimeProvider time)
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
            if (!await write.Db.Set<Participant>().AnyAsync(row => row.Id == key, cancellationToken)) return Error.NotFound("participantNotFound");
            var guardian = await write.Db.Set<Guardianship>().Where(tie => tie.ParticipantId == key && tie.Position == position)
                .Select(tie => (int?)tie.GuardianId).SingleOrDefaultAsync(cancellationToken);
            if (guardian is null) return Faults.Only("guardian", "unknownGuardian");
            await write.Db.Set<ViewOnlyGuardian>().Where(row => row.ParticipantId == key && row.GuardianId == guardian).ExecuteDeleteAsync(cancellationToken);
            if (viewOnly)
                write.Rows.Insert(new ViewOnlyGuardian { ParticipantId = key!.Value, GuardianId = guardian.Value, SetBy = caller.Name, SetAt = time.GetUtcNow() });
            return new Response(position, viewOnly);
        }
    }
}

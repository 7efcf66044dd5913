using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Writing;
using Training.Domain.Common;
using Training.Domain.Notifications;

namespace Training.App.Modules.Notifications;

/// <summary>The site's people told families what could not be sent.</summary>
internal static class MarkTold
{
    /// <param name="Notices">Ids, at most <see cref="ListNotices.Max"/>.</param>
    internal sealed record Request(IReadOnlyList<string>? Notices);

    /// <param name="Told">How many were still to be told.</param>
    internal sealed record Response(int Told);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/told", PostAsync).WithName("MarkTold").WithSummary("Note that families were told in person or by a printed note.")
            .Produces<Response>().ProducesProblem(400);

    private static async Task<IResult> PostAsync(Request request, Handler handler, Texts texts, CancellationToken cancellationToken) =>
        (await handler.HandleAsync(request, cancellationToken)).ToHttp(texts, TypedResults.Ok);

    internal sealed class Handler(IWriteGate gate, Caller caller, TimeProvider time)
    {
        public async Task<Result<Response>> HandleAsync(Request request, CancellationToken cancellationToken)
        {
            var ids = (request.Notices ?? []).Select(OpaqueId.ParseNotice).OfType<int>().Select(id => (long)id).Distinct().ToArray();
            if (ids.Length == 0) return Faults.Only("notices", "missing");
            if (ids.Length > ListNotices.Max) return Faults.Only("notices", "tooMany", ("max", ListNotices.Max));
            return await gate.WriteAsync<Response>(
                caller.Scope,
                async (write, token) =>
                {
                    var rows = await write.Db.Set<Notice>().AsTracking().Where(row => ids.Contains(row.Id)).ToListAsync(token);
                    var told = rows.Count(row => row.Tell(caller.Name, time.GetUtcNow()));
                    await write.Db.SaveChangesAsync(token);
                    return new Response(told);
                },
                cancellationToken);
        }
    }
}

using Training.App.Platform.Http;

namespace Training.App.Modules.Access;

/// <summary>Whose sign-in this is: so that a phone several people use sends marks only in the name of who made them.</summary>
internal static class WhoAmI
{
    /// <param name="Caller">Stable name, such as <c>account:7</c>.</param>
    internal sealed record Response(string Caller);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/me", Get).RequireAuthorization(Policies.Adult).WithTags("Access").WithName("WhoAmI")
            .WithSummary("The stable name of the caller; no personal data.").Produces<Response>();

    private static IResult Get(Caller caller) => TypedResults.Ok(new Response(caller.Name));
}

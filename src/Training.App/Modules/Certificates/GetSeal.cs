using Training.App.Modules.Certificates.Sealing;

namespace Training.App.Modules.Certificates;

/// <summary>Says whether certificates are sealed, by whom and until when, so that nobody has to open one to know.</summary>
internal static class GetSeal
{
    /// <summary>How the seal stands.</summary>
    internal enum State
    {
        /// <summary>None is configured: certificates carry their verification code alone.</summary>
        None,

        /// <summary>Certificates are sealed.</summary>
        Ready,

        /// <summary>The certificate of the seal is not valid now: nothing is issued until it is replaced.</summary>
        Expired,
    }

    /// <param name="Status">How it stands.</param>
    /// <param name="Name">Who seals; null without a seal.</param>
    /// <param name="ValidUntil">End of the certificate; null without a seal.</param>
    /// <param name="Fingerprint">SHA-256 of the certificate in hexadecimal; null without a seal.</param>
    internal sealed record Response(State Status, string? Name, DateTimeOffset? ValidUntil, string? Fingerprint);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/certificates/seal", (DocumentSealer sealer, TimeProvider time) => TypedResults.Ok(Read(sealer, time)))
            .WithName("GetSeal").WithSummary("Whether certificates carry the organisation's electronic seal.");

    private static Response Read(DocumentSealer sealer, TimeProvider time) => sealer.Seal is { } seal
        ? new Response(seal.IsValidAt(time.GetUtcNow()) ? State.Ready : State.Expired, seal.Name, seal.ValidUntil, seal.Fingerprint)
        : new Response(State.None, null, null, null);
}

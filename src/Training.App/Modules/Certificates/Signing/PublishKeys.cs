using System.Buffers.Text;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;

namespace Training.App.Modules.Certificates.Signing;

/// <summary>
/// The public keys of the statements in square codes, and the names of the editions they speak of: all that a page needs to check a
/// certificate without a network.
/// </summary>
internal static class PublishKeys
{
    /// <summary>Where they lie.</summary>
    public const string Address = "/.well-known/certificate-keys.json";

    /// <param name="Keys">A JSON Web Key Set (RFC 7517), the oldest key first.</param>
    /// <param name="Editions">The editions, by the number that a statement names.</param>
    internal sealed record Response(IReadOnlyList<Key> Keys, IReadOnlyList<Programme> Editions);

    /// <summary>A public key. <c>WithdrawnFrom</c>: since when others may hold the private part; null while it proves something.</summary>
    internal sealed record Key(string Kty, string Crv, string Alg, string Use, string Kid, string X, string Y, DateOnly? WithdrawnFrom);

    internal sealed record Programme(int Edition, string NameFr, string NameAr, string IssuerFr, string IssuerAr);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Address, GetAsync).WithName("GetCertificateKeys").WithTags("Certificates")
            .WithSummary("The public keys (JWKS) that check the signed statement in a certificate's square code.")
            .AllowAnonymous().RequireRateLimiting(RateLimits.Verification).Produces<Response>().ProducesProblem(429);

    private static async Task<IResult> GetAsync(StatementKeys keys, WithdrawnKeys withdrawn, DirectoryCatalog catalog, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        var directory = await catalog.SnapshotAsync(cancellationToken);
        var leaked = await withdrawn.ReadAsync(cancellationToken);
        return TypedResults.Ok(new Response(
            [.. (await keys.AllAsync(cancellationToken)).Select(key => Show(key, leaked.TryGetValue(key.Number, out var from) ? from : null))],
            [.. directory.Editions.Select(edition => new Programme(edition.Id, edition.NameFr, edition.NameAr, edition.IssuerFr, edition.IssuerAr))]));
    }

    /// <summary>The public part as a JSON Web Key.</summary>
    internal static Key Show(StatementKey key, DateOnly? withdrawnFrom) => new(
        "EC", "P-256", "ES256", "sig", key.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Base64Url.EncodeToString(key.Public.X), Base64Url.EncodeToString(key.Public.Y), withdrawnFrom);
}

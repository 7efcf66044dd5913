using Training.App.Platform;
using Training.App.Platform.Http;
using Training.Data.Certificates;
using Training.Domain.Certificates;

namespace Training.App.Modules.Certificates.Signing;

/// <summary>
/// The numbers of certificates whose printed square code no longer says the whole truth: revoked, replaced, or issued anew. A page
/// that works without a network keeps it with its date. A number says nothing about a child.
/// </summary>
internal static class PublishChanges
{
    /// <summary>Where it lies.</summary>
    public const string Address = "/.well-known/certificate-status.json";

    /// <param name="AsOf">What it knows of.</param>
    /// <param name="Revoked">Numbers of revoked certificates.</param>
    /// <param name="Replaced">Numbers of participation certificates that one of completion replaced.</param>
    /// <param name="Revised">Certificates issued anew after a correction.</param>
    internal sealed record Response(
        DateTimeOffset AsOf, IReadOnlyList<string> Revoked, IReadOnlyList<string> Replaced, IReadOnlyList<Revision> Revised);

    /// <param name="Number">Printed number.</param>
    /// <param name="Current">The issue that counts.</param>
    internal sealed record Revision(string Number, int Current);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Address, GetAsync).WithName("GetCertificateStatusList").WithTags("Certificates")
            .WithSummary("Numbers of certificates that were revoked, replaced or issued anew, with the date of the list.")
            .AllowAnonymous().RequireRateLimiting(RateLimits.Verification).Produces<Response>().ProducesProblem(429);

    private static async Task<IResult> GetAsync(Cache cache, ReadDb db, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "public, max-age=60";
        return TypedResults.Ok(await cache.GetAsync(db, cancellationToken));
    }

    /// <summary>The list as it was a moment ago: many may ask at once, and it changes rarely.</summary>
    internal sealed class Cache(TimeProvider time)
    {
        private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

        private Known? latest;

        /// <summary>The rows, and when they were read.</summary>
        public async Task<Known> RowsAsync(ReadDb db, CancellationToken cancellationToken)
        {
            if (latest is { } kept && time.GetUtcNow() - kept.AsOf < Fresh) return kept;
            var asOf = time.GetUtcNow();
            return latest = new Known(asOf, await PublicCertificates.ChangedAsync(db.Set<Certificate>(), cancellationToken));
        }

        public async Task<Response> GetAsync(ReadDb db, CancellationToken cancellationToken)
        {
            var (asOf, rows) = await RowsAsync(db, cancellationToken);
            return new Response(
                asOf,
                [.. rows.Where(row => row.Status == CertificateStatus.Revoked).Select(row => row.Number)],
                [.. rows.Where(row => row.Status == CertificateStatus.Replaced).Select(row => row.Number)],
                [.. rows.Where(row => row.Revision > 1).Select(row => new Revision(row.Number, row.Revision))]);
        }

        internal sealed record Known(DateTimeOffset AsOf, IReadOnlyList<ChangedCertificate> Rows);
    }
}

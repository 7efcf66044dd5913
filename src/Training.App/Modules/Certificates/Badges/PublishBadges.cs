using System.Text.Json.Nodes;
using Training.App.Modules.Certificates.Signing;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Certificates;
using Training.Domain.Common;

namespace Training.App.Modules.Certificates.Badges;

/// <summary>What a digital credential names and its verifier fetches: issuer, achievement, key, and the list of those that no longer hold.</summary>
internal static class PublishBadges
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var badges = routes.MapGroup("").AllowAnonymous().RequireRateLimiting(RateLimits.Verification).WithTags("Badges");
        badges.MapGet("/api/badges/{edition}/issuer", IssuerAsync).WithName("GetBadgeIssuer").WithSummary("Who issues an edition's digital credentials (Open Badges 3.0 Profile).")
            .Produces<object>().ProducesProblem(404).ProducesProblem(429);
        badges.MapGet("/api/badges/{edition}/achievements/{kind}", AchievementAsync).WithName("GetBadgeAchievement").WithSummary("What an edition's digital credentials of a kind attest (Open Badges 3.0 Achievement).")
            .Produces<object>().ProducesProblem(404).ProducesProblem(429);
        badges.MapGet("/api/badges/{edition}/revocations/{revision:int}/{list:int}", StatusAsync).WithName("GetBadgeStatusList").WithSummary("A signed list of the digital credentials that no longer hold (BitstringStatusListCredential, JWT).")
            .Produces<string>(200, BadgeWriter.MediaType).ProducesProblem(404).ProducesProblem(429);
        badges.MapGet("/.well-known/certificate-keys/{key:int}", KeyAsync).WithName("GetCertificateKey").WithSummary("One public key (JWK), which a digital credential names as its kid.")
            .Produces<PublishKeys.Key>().ProducesProblem(404).ProducesProblem(429);
    }

    private static async Task<IResult> IssuerAsync(string edition, DirectoryCatalog catalog, BadgeWriter writer, Texts texts, CancellationToken cancellationToken) =>
        (await catalog.SnapshotAsync(cancellationToken)).FindEdition(edition) is { } found
            ? TypedResults.Ok<JsonNode>(writer.Issuer(found))
            : Error.NotFound("editionNotFound").ToProblem(texts);

    private static async Task<IResult> AchievementAsync(string edition, string kind, DirectoryCatalog catalog, BadgeWriter writer, Texts texts, CancellationToken cancellationToken)
    {
        if ((await catalog.SnapshotAsync(cancellationToken)).FindEdition(edition) is not { } found) return Error.NotFound("editionNotFound").ToProblem(texts);
        return Array.Find(Enum.GetValues<CertificateKind>(), known => string.Equals(known.ToString(), kind, StringComparison.OrdinalIgnoreCase)) is not 0 and var attested
            ? TypedResults.Ok<JsonNode>(writer.Achievement(found, attested))
            : Error.NotFound("badgeUnknown").ToProblem(texts);
    }

    private static async Task<IResult> StatusAsync(
        string edition, int revision, int list, DirectoryCatalog catalog, BadgeWriter writer, PublishChanges.Cache changes, ReadDb db, Texts texts,
        HttpContext context, CancellationToken cancellationToken)
    {
        if ((await catalog.SnapshotAsync(cancellationToken)).FindEdition(edition) is not { } found) return Error.NotFound("editionNotFound").ToProblem(texts);
        if (revision is < 1 or > Certificate.RevisionMax || list is < 0 or > int.MaxValue / Badge.ListEntries) return Error.NotFound("badgeUnknown").ToProblem(texts);
        var (asOf, rows) = await changes.RowsAsync(db, cancellationToken);
        // An earlier issue bears a name that was corrected since.
        var over = rows.Where(row => row.EditionId == found.Id && Badge.ListOf(row.Id) == list
            && (row.Status is CertificateStatus.Revoked or CertificateStatus.Replaced || row.Revision > revision));
        context.Response.Headers.CacheControl = "public, max-age=60";
        return TypedResults.Text(
            await writer.WriteStatusAsync(found, revision, list, over.Select(row => Badge.PlaceOf(row.Id)), asOf, cancellationToken), BadgeWriter.MediaType);
    }

    private static async Task<IResult> KeyAsync(
        int key, StatementKeys keys, WithdrawnKeys withdrawn, Texts texts, HttpContext context, CancellationToken cancellationToken)
    {
        if ((await keys.AllAsync(cancellationToken)).FirstOrDefault(known => known.Number == key) is not { } found) return Error.NotFound("badgeUnknown").ToProblem(texts);
        // A verifier knows no withdrawn keys: what cannot be fetched verifies nothing.
        if ((await withdrawn.ReadAsync(cancellationToken)).ContainsKey(key)) return Error.NotFound("badgeKeyWithdrawn").ToProblem(texts);
        context.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Ok(PublishKeys.Show(found, null));
    }
}

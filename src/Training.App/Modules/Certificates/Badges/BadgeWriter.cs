using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Training.App.Modules.Certificates.Rendering;
using Training.App.Modules.Certificates.Signing;
using Training.App.Platform.Http;
using Training.Domain.Certificates;
using Training.Domain.Directory;
using Training.Domain.Registry;
using Kind = Training.Domain.Certificates.CertificateKind;
using PrintedKind = Training.App.Modules.Certificates.Rendering.CertificateKind;

namespace Training.App.Modules.Certificates.Badges;

/// <summary>
/// Writes credentials of Open Badges 3.0 in its JSON Web Token proof format (section 8.2: header with <c>alg</c>, <c>kid</c>, <c>typ</c> alone;
/// the credential itself as payload, with <c>iss</c>, <c>jti</c>, <c>nbf</c>, <c>sub</c>), and the lists by which their revocation is looked up
/// (Bitstring Status List 1.0), with the keys of the square codes.
/// </summary>
internal sealed class BadgeWriter(StatementKeys keys, PublicAddress address)
{
    /// <summary>What such an answer is.</summary>
    public const string MediaType = "application/vc+jwt";

    private const string Credentials = "https://www.w3.org/ns/credentials/v2";
    private const string OpenBadges = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

    /// <summary>A certificate as a credential.</summary>
    /// <param name="certificate">An issued one.</param>
    /// <param name="edition">Its edition.</param>
    /// <param name="isNamed">True puts the holder's name in; without it, it says no more than the public page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<string> WriteAsync(Certificate certificate, Edition edition, bool isNamed, CancellationToken cancellationToken)
    {
        var page = address.Verification(certificate.VerificationCode);
        var list = StatusList(edition, certificate.Revision, Badge.ListOf(certificate.Id));
        var place = Badge.PlaceOf(certificate.Id).ToString(CultureInfo.InvariantCulture);
        var subject = new JsonObject { ["id"] = $"{page}#holder", ["type"] = new JsonArray("AchievementSubject") };
        if (isNamed && NameOf(certificate) is { } name)
        {
            subject["identifier"] = new JsonArray(
                new JsonObject { ["type"] = "IdentityObject", ["hashed"] = false, ["identityHash"] = name, ["identityType"] = "name" });
        }
        subject["achievement"] = Achievement(edition, certificate.Kind);
        var credential = new JsonObject
        {
            ["@context"] = new JsonArray(Credentials, OpenBadges),
            ["id"] = $"{page}#{certificate.Revision.ToString(CultureInfo.InvariantCulture)}",
            ["type"] = new JsonArray("VerifiableCredential", "OpenBadgeCredential"),
            ["name"] = TitleOf(certificate.Kind),
            ["issuer"] = Issuer(edition),
            ["validFrom"] = Instant(certificate.EarnedAt),
            ["credentialSubject"] = subject,
            ["credentialStatus"] = new JsonObject
            {
                ["id"] = $"{list}#{place}",
                ["type"] = "BitstringStatusListEntry",
                ["statusPurpose"] = "revocation",
                ["statusListIndex"] = place,
                ["statusListCredential"] = list,
            },
        };
        return SignAsync(credential, certificate.EarnedAt, cancellationToken);
    }

    /// <summary>The certificates of a list that no longer hold, as a credential of its own.</summary>
    /// <param name="edition">The edition.</param>
    /// <param name="revision">Which issue of the documents.</param>
    /// <param name="list">Number of the list.</param>
    /// <param name="places">Places of those that no longer hold.</param>
    /// <param name="asOf">What is known of.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<string> WriteStatusAsync(Edition edition, int revision, int list, IEnumerable<int> places, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var here = StatusList(edition, revision, list);
        return SignAsync(
            new JsonObject
            {
                ["@context"] = new JsonArray(Credentials),
                ["id"] = here,
                ["type"] = new JsonArray("VerifiableCredential", "BitstringStatusListCredential"),
                ["issuer"] = IssuerAddress(edition),
                ["validFrom"] = Instant(asOf),
                ["credentialSubject"] = new JsonObject
                {
                    ["id"] = $"{here}#list",
                    ["type"] = "BitstringStatusList",
                    ["statusPurpose"] = "revocation",
                    ["encodedList"] = BitstringList.Encode(places),
                },
            },
            asOf,
            cancellationToken);
    }

    /// <summary>Who issues, as its address answers.</summary>
    public JsonObject Issuer(Edition edition) => new()
    {
        ["id"] = IssuerAddress(edition),
        ["type"] = new JsonArray("Profile"),
        ["name"] = $"{edition.IssuerFr} · {edition.IssuerAr}",
        ["url"] = address.Of("/"),
    };

    /// <summary>What was achieved, as its address answers.</summary>
    public JsonObject Achievement(Edition edition, Kind kind) => new()
    {
        ["id"] = address.Of($"/api/badges/{edition.Code}/achievements/{JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())}"),
        ["type"] = new JsonArray("Achievement"),
        ["achievementType"] = "Certificate",
        ["creator"] = Issuer(edition),
        ["name"] = TitleOf(kind),
        ["description"] = $"{edition.NameFr} · {edition.NameAr}",
        ["criteria"] = new JsonObject { ["narrative"] = CriteriaOf(edition, kind) },
    };

    /// <summary>Where the public part of a key lies.</summary>
    public string KeyAddress(int number) => address.Of(string.Create(CultureInfo.InvariantCulture, $"/.well-known/certificate-keys/{number}"));

    private string IssuerAddress(Edition edition) => address.Of($"/api/badges/{edition.Code}/issuer");

    private string StatusList(Edition edition, int revision, int list) =>
        address.Of(string.Create(CultureInfo.InvariantCulture, $"/api/badges/{edition.Code}/revocations/{revision}/{list}"));

    private async Task<string> SignAsync(JsonObject credential, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var key = await keys.CurrentAsync(cancellationToken);
        credential["iss"] = credential["issuer"] is JsonObject issuer ? issuer["id"]!.GetValue<string>() : credential["issuer"]!.GetValue<string>();
        credential["jti"] = credential["id"]!.GetValue<string>();
        credential["nbf"] = from.ToUnixTimeSeconds();
        credential["sub"] = credential["credentialSubject"]!["id"]!.GetValue<string>();
        var header = new JsonObject { ["alg"] = "ES256", ["kid"] = KeyAddress(key.Number), ["typ"] = "JWT" };
        var signed = $"{Packed(header)}.{Packed(credential)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignToken(signed))}";
    }

    private static string Packed(JsonObject part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string? NameOf(Certificate certificate) =>
        DisplayName.Join(certificate.GivenName, certificate.FamilyName) ?? DisplayName.Join(certificate.GivenNameAr, certificate.FamilyNameAr);

    private static string TitleOf(Kind kind)
    {
        var printed = kind == Kind.Completion ? PrintedKind.Completion : PrintedKind.Participation;
        return $"{CertificateTexts.TitleFrench(printed)} · {CertificateTexts.TitleArabic(printed)}";
    }

    private static string CriteriaOf(Edition edition, Kind kind) => (kind, edition.Completion.AllMandatoryModules) switch
    {
        (Kind.Participation, _) => "A participé aux séances du programme. · المشاركة في حصص البرنامج.",
        (_, true) => $"A suivi au moins {edition.Completion.HoursPercent} % des heures et chaque module obligatoire. · "
            + $"حضور {edition.Completion.HoursPercent}% على الأقل من الساعات وكل الوحدات الإلزامية.",
        _ => $"A suivi au moins {edition.Completion.HoursPercent} % des heures. · حضور {edition.Completion.HoursPercent}% على الأقل من الساعات.",
    };
}

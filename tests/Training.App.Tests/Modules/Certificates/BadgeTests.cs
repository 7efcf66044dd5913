using System.Buffers.Text;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Training.App.Tests.Modules.Attendance;
using JsonWebKey = Microsoft.IdentityModel.Tokens.JsonWebKey;

namespace Training.App.Tests.Modules.Certificates;

/// <summary>Certificates as digital credentials, read by a library that is not ours.</summary>
[TestFixture]
internal sealed class BadgeTests
{
    private Workshop workshop = null!;
    private HttpClient anybody = null!;
    private Youth agreed = null!, silent = null!, young = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        workshop = await Workshop.OpenAsync(children: 0);
        anybody = workshop.App.Anonymous();
        agreed = await workshop.RegisterAsync(0, Consented);
        silent = await workshop.RegisterAsync(1);
        young = await workshop.RegisterAsync(50, body =>
        {
            Consented(body);
            body["participant"]!["birthDate"] = "2014-02-03";
        });
        await workshop.CompleteAsync();
    }

    [TearDown]
    public async Task CloseAsync()
    {
        anybody.Dispose();
        await workshop.DisposeAsync();
    }

    [Test]
    public async Task The_credential_is_verified_by_another_library_with_the_key_its_header_names()
    {
        var number = (await workshop.IssuedAsync(agreed)).Number();
        using var answer = await workshop.Staff.GetAsync($"/api/certificates/{number}/badge");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/vc+jwt"));
        var token = await answer.Content.ReadAsStringAsync();

        var credential = await VerifiedAsync(token);
        Assert.That(HeaderOf(token).Select(part => part.Key), Is.EquivalentTo(new[] { "alg", "kid", "typ" }), "the specification allows no others");
        Assert.That(credential["type"]!.AsArray().Select(type => (string?)type), Is.EqualTo(new[] { "VerifiableCredential", "OpenBadgeCredential" }));
        Assert.That(((string?)credential["iss"], (string?)credential["jti"], (string?)credential["sub"]),
            Is.EqualTo(((string?)credential["issuer"]!["id"], (string?)credential["id"], (string?)credential["credentialSubject"]!["id"])));
        Assert.That(DateTimeOffset.FromUnixTimeSeconds((long)credential["nbf"]!), Is.EqualTo(DateTimeOffset.Parse((string)credential["validFrom"]!, null)));
        Assert.That((string?)credential["credentialSubject"]!["identifier"]![0]!["identityHash"], Is.EqualTo("Adam Bennani"));
        Assert.That(JsonNode.DeepEquals(
            credential["credentialSubject"]!["achievement"], await anybody.GetFromJsonAsync<JsonNode>(Path(credential["credentialSubject"]!["achievement"]!["id"]))), Is.True);
        Assert.That(JsonNode.DeepEquals(credential["issuer"], await anybody.GetFromJsonAsync<JsonNode>(Path(credential["issuer"]!["id"]))), Is.True);
    }

    [Test]
    public async Task One_changed_sign_is_noticed()
    {
        var token = await workshop.Staff.GetStringAsync($"/api/certificates/{(await workshop.IssuedAsync(agreed)).Number()}/badge");
        var parts = token.Split('.');
        var payload = Base64Url.DecodeFromChars(parts[1]);
        payload[payload.AsSpan().IndexOf("Adam"u8)] = (byte)'E';
        var forged = $"{parts[0]}.{Base64Url.EncodeToString(payload)}.{parts[2]}";

        Assert.That((await ValidateAsync(forged)).IsValid, Is.False);
        Assert.That((await ValidateAsync(token)).IsValid, Is.True);
    }

    [Test]
    public async Task Whoever_holds_the_code_gets_it_without_the_name()
    {
        var code = CodeOf(await workshop.IssuedAsync(agreed));
        var token = await anybody.GetStringAsync($"/api/verify/{code}/badge");

        var credential = await VerifiedAsync(token);
        Assert.That(credential["credentialSubject"]!["identifier"], Is.Null);
        Assert.That(credential.ToJsonString(), Does.Not.Contain("Adam").And.Not.Contain("Bennani"));
        Assert.That(await anybody.GetStringAsync($"/v/{code}"), Does.Contain($"/api/verify/{code}/badge"));
    }

    [Test]
    public async Task Below_the_edition_s_age_and_without_a_consent_it_is_refused()
    {
        var (alone, small) = (await workshop.IssuedAsync(silent), await workshop.IssuedAsync(young));
        using var noConsent = await workshop.Staff.GetAsync($"/api/certificates/{alone.Number()}/badge");
        using var tooYoung = await workshop.Staff.GetAsync($"/api/certificates/{small.Number()}/badge");
        using var inPublic = await anybody.GetAsync($"/api/verify/{CodeOf(small)}/badge");

        Assert.That((noConsent.StatusCode, await noConsent.CodeAsync()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "badgeNoConsent")));
        Assert.That((tooYoung.StatusCode, await tooYoung.CodeAsync()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "badgeTooYoung")));
        Assert.That(await inPublic.CodeAsync(), Is.EqualTo("badgeNotOffered"), "age and consent are nobody else's matter");
        Assert.That(await anybody.GetStringAsync($"/v/{CodeOf(small)}"), Does.Not.Contain("/badge"));

        using var set = await workshop.Staff.PutAsJsonAsync("/api/editions/football-2026/badge-age", new { ageMin = 12 });
        using var oldEnough = await workshop.Staff.GetAsync($"/api/certificates/{small.Number()}/badge");
        using var nonsense = await workshop.Staff.PutAsJsonAsync("/api/editions/football-2026/badge-age", new { ageMin = 3 });
        Assert.That((set.StatusCode, oldEnough.StatusCode, nonsense.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.BadRequest)));
    }

    [Test]
    public async Task A_consent_withdrawn_ends_it()
    {
        var number = (await workshop.IssuedAsync(agreed)).Number();
        using var withdrawn = await workshop.Staff.PostAsJsonAsync($"/api/participants/{agreed.Participant}/consents/withdraw", new { purpose = "digitalBadge" });
        using var after = await workshop.Staff.GetAsync($"/api/certificates/{number}/badge");
        Assert.That((withdrawn.StatusCode, await after.CodeAsync()), Is.EqualTo((HttpStatusCode.OK, "badgeNoConsent")));
    }

    [Test]
    public async Task A_revocation_sets_its_bit_in_the_signed_list_and_no_other()
    {
        var certificate = await workshop.IssuedAsync(agreed);
        var token = await workshop.Staff.GetStringAsync($"/api/certificates/{certificate.Number()}/badge");
        var entry = (await VerifiedAsync(token))["credentialStatus"]!;
        Assert.That((await BitsAsync(entry)).Count(bit => bit), Is.Zero);

        using var asked = await workshop.Staff.PostAsJsonAsync($"/api/certificates/{certificate.Number()}/revoke", new { reason = "misuse" });
        using var region = await workshop.App.RegionAsync("02");
        using var agreedTo = await region.PostAsJsonAsync($"/api/certificates/{certificate.Number()}/revoke", new { reason = "misuse" });
        Assert.That((asked.StatusCode, agreedTo.StatusCode), Is.EqualTo((HttpStatusCode.Accepted, HttpStatusCode.OK)), await agreedTo.Content.ReadAsStringAsync());
        workshop.App.Time.Advance(TimeSpan.FromMinutes(1));

        var bits = await BitsAsync(entry);
        Assert.That((bits[int.Parse((string)entry["statusListIndex"]!, null)], bits.Count(bit => bit)), Is.EqualTo((true, 1)));
        using var anew = await workshop.Staff.GetAsync($"/api/certificates/{certificate.Number()}/badge");
        Assert.That(await anew.CodeAsync(), Is.EqualTo("certificateRevoked"));
    }

    private static void Consented(JsonObject body) => body["consents"]!.AsArray().Add(
        new JsonObject { ["purpose"] = "digitalBadge", ["method"] = "paper", ["guardian"] = 0, ["givenOn"] = "2026-10-01" });

    private async Task<bool[]> BitsAsync(JsonNode entry)
    {
        var list = await VerifiedAsync(await anybody.GetStringAsync(Path(entry["statusListCredential"])));
        Assert.That((string?)list["id"], Is.EqualTo((string?)entry["statusListCredential"]));
        var encoded = (string)list["credentialSubject"]!["encodedList"]!;
        Assert.That(encoded[0], Is.EqualTo('u'));
        using var packed = new GZipStream(new MemoryStream(Base64Url.DecodeFromChars(encoded.AsSpan(1))), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        await packed.CopyToAsync(bytes);
        Assert.That(bytes.Length, Is.EqualTo(16 * 1024));
        return [.. bytes.ToArray().SelectMany(part => Enumerable.Range(0, 8).Select(bit => (part & (0x80 >> bit)) != 0))];
    }

    private async Task<JsonNode> VerifiedAsync(string token)
    {
        var result = await ValidateAsync(token);
        Assert.That(result.IsValid, Is.True, result.Exception?.Message);
        return JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!;
    }

    private async Task<TokenValidationResult> ValidateAsync(string token)
    {
        var key = new JsonWebKey(await anybody.GetStringAsync(Path(HeaderOf(token)["kid"])));
        return await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidAlgorithms = ["ES256"],
            ValidIssuer = (string)JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!["iss"]!,
            ValidateAudience = false,
            // The application's clock is not the machine's.
            ValidateLifetime = false,
        });
    }

    private static JsonObject HeaderOf(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[0]))!.AsObject();

    private static string Path(JsonNode? address) => new Uri((string)address!).AbsolutePath;

    private static string CodeOf(JsonElement certificate) => certificate.GetProperty("verificationAddress").GetString()!.Split('/')[^1];
}

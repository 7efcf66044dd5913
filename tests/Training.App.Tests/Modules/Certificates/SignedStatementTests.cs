using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Certificates.Signing;
using Training.App.Platform;
using Training.App.Platform.Commands;
using Training.App.Tests.Modules.Attendance;
using Training.Domain.Certificates;

namespace Training.App.Tests.Modules.Certificates;

/// <summary>What a square code says by itself, checked with nothing but the published keys.</summary>
[TestFixture]
internal sealed class SignedStatementTests
{
    private Workshop workshop = null!;
    private HttpClient anybody = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        workshop = await Workshop.OpenAsync(children: 3);
        anybody = workshop.App.Anonymous();
        await workshop.CompleteAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        anybody.Dispose();
        await workshop.DisposeAsync();
    }

    [Test]
    public async Task The_published_key_verifies_it_and_no_other_certificate_can_bear_it()
    {
        var (code, statement) = Split(await workshop.IssuedAsync(workshop.Youths[0]));
        var (other, _) = Split(await workshop.IssuedAsync(workshop.Youths[1]));
        var keys = await anybody.GetFromJsonAsync<JsonElement>(PublishKeys.Address);

        Assert.That((Verifies(keys, code, statement), Verifies(keys, other, statement)), Is.EqualTo((true, false)));
        for (var i = 1; i < statement.Length - CertificateStatement.SignatureLength; i++)
        {
            var changed = (byte[])statement.Clone();
            changed[i] ^= 1;
            Assert.That(Verifies(keys, code, changed), Is.False, $"byte {i}");
        }
    }

    [Test]
    public async Task A_new_key_signs_from_then_on_and_what_was_signed_before_stays_verifiable()
    {
        var (code, statement) = Split(await workshop.IssuedAsync(workshop.Youths[0]));
        var made = await workshop.App.InsideAsync(services => services.GetRequiredService<StatementKeys>().RotateAsync(CancellationToken.None));
        var certificate = await workshop.App.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<Certificate>().FirstAsync());
        var anew = (await workshop.App.InsideAsync(services => services.GetRequiredService<StatementKeys>().CurrentAsync(CancellationToken.None).AsTask()))
            .Sign(certificate);

        var keys = await anybody.GetFromJsonAsync<JsonElement>(PublishKeys.Address);
        Assert.That(keys.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()), Does.Contain("1").And.Contain($"{made!.Number}"));
        Assert.That((statement[1], anew[1]), Is.EqualTo(((byte)1, (byte)made.Number)));
        Assert.That((Verifies(keys, code, statement), Verifies(keys, certificate.VerificationCode, anew)), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task A_leaked_key_is_withdrawn_and_the_register_alone_answers_for_what_it_signed()
    {
        await using var other = await Workshop.OpenAsync(children: 1);
        using var stranger = other.App.Anonymous();
        await other.CompleteAsync();
        var (code, statement) = Split(await other.IssuedAsync(other.Youths[0]));
        using var said = new StringWriter();
        await other.App.InsideAsync(services => ActivatorUtilities.CreateInstance<WithdrawKeyCommand>(services)
            .RunAsync(new CommandArguments(["1", "--from", "2026-11-20"], ["from"]), said, CancellationToken.None));

        var keys = (await stranger.GetFromJsonAsync<JsonElement>(PublishKeys.Address)).GetProperty("keys").EnumerateArray().ToArray();
        Assert.That(keys.Select(key => (key.GetProperty("kid").GetString(), key.GetProperty("withdrawnFrom").GetString())), Is.EqualTo(new[] { ("1", "2026-11-20"), ("2", (string?)null) }));
        using var leaked = await stranger.GetAsync("/.well-known/certificate-keys/1");
        using var signing = await stranger.GetAsync("/.well-known/certificate-keys/2");
        Assert.That(((int)leaked.StatusCode, (int)signing.StatusCode), Is.EqualTo((404, 200)), "a credential signed by it verifies no more");
        var verified = await stranger.GetFromJsonAsync<JsonElement>($"/api/verify/{code}");
        Assert.That((CertificateStatement.KeyOf(statement), verified.GetProperty("status").GetString(), verified.GetProperty("keyWithdrawnFrom").GetString()), Is.EqualTo((1, "valid", "2026-11-20")));
        Assert.That(await stranger.GetStringAsync($"/v/{code}"), Does.Contain("20/11/2026"));
        await Assert.ThrowsAsync<CommandException>(() => other.App.InsideAsync(services => ActivatorUtilities.CreateInstance<WithdrawKeyCommand>(services)
            .RunAsync(new CommandArguments(["1"], []), said, CancellationToken.None)));
    }

    [Test]
    public async Task The_private_parts_are_not_published()
    {
        var text = await anybody.GetStringAsync(PublishKeys.Address);
        Assert.That(text, Does.Not.Contain("\"d\""));
    }

    [Test]
    public async Task Every_check_is_written_down_without_saying_by_whom()
    {
        var certificate = await workshop.IssuedAsync(workshop.Youths[2]);
        var (code, _) = Split(certificate);
        (await anybody.GetAsync($"/api/verify/{code}")).Dispose();
        (await anybody.GetAsync($"/v/{code}?lang=fr-MA")).Dispose();
        (await anybody.GetAsync("/api/verify/0000000000000000000000000B")).Dispose();

        var checks = await workshop.App.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<CertificateCheck>().ToListAsync());
        Assert.That(checks.Where(check => check.CertificateId is not null).Select(check => (check.Outcome, check.Door)),
            Is.SupersetOf(new[] { (CheckOutcome.Valid, CheckDoor.Api), (CheckOutcome.Valid, CheckDoor.Page) }));
        Assert.That(checks, Has.Some.Matches<CertificateCheck>(check => check is { CertificateId: null, Outcome: CheckOutcome.Unknown }));
        Assert.That(typeof(CertificateCheck).GetProperties().Select(property => property.Name), Is.EquivalentTo(new[] { "Id", "CertificateId", "Outcome", "Door", "At" }));
    }

    [Test]
    public async Task The_answer_carries_the_hash_of_the_very_file()
    {
        var certificate = await workshop.IssuedAsync(workshop.Youths[0]);
        var pdf = await workshop.Staff.GetByteArrayAsync($"/api/certificates/{certificate.Number()}/pdf");
        var verified = await anybody.GetFromJsonAsync<JsonElement>($"/api/verify/{Split(certificate).Code}");
        Assert.That(verified.GetProperty("documentSha256").GetString(), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(pdf))));
    }

    private static (string Code, byte[] Statement) Split(JsonElement certificate)
    {
        var parts = certificate.GetProperty("signedAddress").GetString()!.Split('#');
        return (parts[0].Split('/')[^1], Base64Url.DecodeFromChars(parts[1]));
    }

    private static bool Verifies(JsonElement published, string code, byte[] statement)
    {
        var jwk = published.GetProperty("keys").EnumerateArray().FirstOrDefault(key => key.GetProperty("kid").GetString() == $"{statement[1]}");
        if (jwk.ValueKind == JsonValueKind.Undefined) return false;
        byte[] Part(string name) => Base64Url.DecodeFromChars(jwk.GetProperty(name).GetString());
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Part("x"), Y = Part("y") } });
        var said = statement[..^CertificateStatement.SignatureLength];
        return key.VerifyData(
            CertificateStatement.SignedBytes(code, said), statement[^CertificateStatement.SignatureLength..], HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}

using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Training.App.Tests.Modules.Access;

/// <summary>A device with one passkey (ES256), as a browser and its authenticator answer together.</summary>
internal sealed class SoftAuthenticator : IDisposable
{
    private const byte Present = 1;
    private const byte Verified = 4;
    private const byte Attested = 64;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(32);
    private string person = "";
    private uint used;

    /// <summary>Where the browser says it is.</summary>
    public string Origin { get; init; } = "https://training.example";

    /// <summary>False for a device that asked for no finger, face or PIN.</summary>
    public bool Verifies { get; init; } = true;

    /// <summary>Answers what a page asked for to make a passkey.</summary>
    public string Create(string options)
    {
        using var asked = JsonDocument.Parse(options);
        person = asked.RootElement.GetProperty("user").GetProperty("id").GetString()!;
        var point = key.ExportParameters(false).Q;
        var cose = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cose.WriteStartMap(5);
        foreach (var (label, value) in ((int, int)[])[(1, 2), (3, -7), (-1, 1)])
        {
            cose.WriteInt32(label);
            cose.WriteInt32(value);
        }
        foreach (var (label, value) in ((int, byte[])[])[(-2, point.X!), (-3, point.Y!)])
        {
            cose.WriteInt32(label);
            cose.WriteByteString(value);
        }
        cose.WriteEndMap();
        byte[] data = [.. Data(asked, Attested), .. new byte[16], 0, (byte)id.Length, .. id, .. cose.Encode()];
        var attestation = new CborWriter(CborConformanceMode.Ctap2Canonical);
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString(data);
        attestation.WriteEndMap();
        return Answer(new { clientDataJSON = Text(Client(asked, "webauthn.create")), attestationObject = Text(attestation.Encode()), transports = new[] { "internal" } });
    }

    /// <summary>Answers what a page asked for to use a passkey.</summary>
    public string Use(string options)
    {
        using var asked = JsonDocument.Parse(options);
        used++;
        var (data, client) = (Data(asked, 0), Client(asked, "webauthn.get"));
        var signature = key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new { clientDataJSON = Text(client), authenticatorData = Text(data), signature = Text(signature), userHandle = person });
    }

    public void Dispose() => key.Dispose();

    private byte[] Data(JsonDocument asked, byte flags)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, used);
        var domain = asked.RootElement.TryGetProperty("rp", out var rp) ? rp.GetProperty("id").GetString() : asked.RootElement.GetProperty("rpId").GetString();
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(domain!)), (byte)(flags | Present | (Verifies ? Verified : 0)), .. count];
    }

    private byte[] Client(JsonDocument asked, string type) => JsonSerializer.SerializeToUtf8Bytes(
        new { type, challenge = asked.RootElement.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = false });

    private string Answer(object response) => JsonSerializer.Serialize(
        new { id = Text(id), rawId = Text(id), type = "public-key", response, clientExtensionResults = new { }, authenticatorAttachment = "platform" });

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}

using System.Security.Cryptography;
using System.Text;
using Training.App.Platform.Configuration;

namespace Training.App.Platform.Gateways;

/// <summary>Whether the SMS gateway says afterwards what became of a message.</summary>
/// <param name="Options">How; null when it says nothing.</param>
internal sealed record GatewayReceipts(ReceiptOptions? Options);

/// <summary>How the SMS gateway says afterwards what became of a message, and how it is known to be the gateway.</summary>
/// <param name="Secret">What the gateway and we know.</param>
/// <param name="Header">The header that proves it.</param>
/// <param name="Signed">True when the header holds the HMAC-SHA256 of the body in hexadecimal; false when it holds the secret itself.</param>
/// <param name="Id">Name of the field with our name of the message.</param>
/// <param name="Status">Name of the field with its state.</param>
/// <param name="Delivered">Words of that field for a message that lies on the phone.</param>
/// <param name="Undelivered">Words for one that will not come; every other word means that it is on its way.</param>
internal sealed record ReceiptOptions(
    string Secret, string Header, bool Signed, string Id, string Status, IReadOnlyList<string> Delivered, IReadOnlyList<string> Undelivered)
{
    /// <summary>A shorter secret could be found by trying.</summary>
    private const int SecretMin = 24;

    /// <summary>Reads <c>Sms__Receipts__…</c>; null when no secret is given: nobody may say anything then.</summary>
    /// <exception cref="ConfigurationException">A value cannot be used.</exception>
    public static ReceiptOptions? Read(IConfiguration configuration)
    {
        if (SecretFile.Read(configuration, "Sms:Receipts:Secret") is not { } secret) return null;
        if (secret.Length < SecretMin) throw new ConfigurationException("Sms__Receipts__Secret", $"must have at least {SecretMin} characters.");
        if (SmsOptions.Read(configuration) is { } sms && !sms.Url.Contains("{id}", StringComparison.Ordinal) && sms.Body?.Contains("{id}", StringComparison.Ordinal) != true)
            throw new ConfigurationException("Sms__Body", "or Sms__Url must contain {id}, by which receipts name a message.");
        return new ReceiptOptions(
            secret,
            AppOptions.Text(configuration, "Sms:Receipts:Header") ?? "X-Receipt-Secret",
            AppOptions.OneOf(configuration, "Sms:Receipts:Proof", "Secret", "HmacSha256") == "HmacSha256",
            AppOptions.Text(configuration, "Sms:Receipts:IdField") ?? "id",
            AppOptions.Text(configuration, "Sms:Receipts:StatusField") ?? "status",
            Words(configuration, "Sms:Receipts:Delivered", "delivered"),
            Words(configuration, "Sms:Receipts:Undelivered", "undelivered,failed,expired,rejected"));
    }

    /// <summary>True when the header proves that the body is the gateway's; takes as long for every wrong one.</summary>
    public bool Proves(string? header, ReadOnlySpan<byte> body)
    {
        if (string.IsNullOrEmpty(header)) return false;
        var expected = Signed ? HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body) : SHA256.HashData(Encoding.UTF8.GetBytes(Secret));
        if (!Signed) return CryptographicOperations.FixedTimeEquals(expected, SHA256.HashData(Encoding.UTF8.GetBytes(header)));
        var given = new byte[expected.Length];
        var hexadecimal = header.StartsWith("sha256=", StringComparison.OrdinalIgnoreCase) ? header.AsSpan(7) : header;
        return hexadecimal.Length == 2 * expected.Length
            && Convert.FromHexString(hexadecimal, given, out _, out var written) == System.Buffers.OperationStatus.Done && written == given.Length
            && CryptographicOperations.FixedTimeEquals(expected, given);
    }

    /// <summary>Without the secret: records are easily logged.</summary>
    public override string ToString() => $"receipts by {Header}";

    private static string[] Words(IConfiguration configuration, string key, string otherwise) =>
        (AppOptions.Text(configuration, key) ?? otherwise).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

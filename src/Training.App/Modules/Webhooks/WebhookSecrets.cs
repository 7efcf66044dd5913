using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Training.Domain.Webhooks;

namespace Training.App.Modules.Webhooks;

/// <summary>
/// Secrets of webhooks and the signatures they make, as the Standard Webhooks specification writes them: whoever has a library of it
/// need write nothing.
/// </summary>
internal sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    private readonly IDataProtector protector = protection.CreateProtector("training.webhook-secret");

    /// <summary>A new secret as the partner gets it, and as it is kept.</summary>
    public (string Shown, string Kept) New()
    {
        var shown = Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
        return (shown, protector.Protect(shown));
    }

    /// <summary>The headers of a request: the event's id, the instant, and one signature for each secret that counts now.</summary>
    /// <exception cref="CryptographicException">The keys that protect the secret are lost.</exception>
    public IEnumerable<KeyValuePair<string, string>> Sign(Webhook hook, Guid eventId, string body, DateTimeOffset now)
    {
        var stamp = FormattableString.Invariant($"{now.ToUnixTimeSeconds()}");
        var signed = Encoding.UTF8.GetBytes($"{eventId}.{stamp}.{body}");
        var secrets = hook.HasFormer(now) ? new[] { hook.Secret, hook.FormerSecret! } : [hook.Secret];
        return
        [
            KeyValuePair.Create("webhook-id", eventId.ToString()),
            KeyValuePair.Create("webhook-timestamp", stamp),
            KeyValuePair.Create("webhook-signature", string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret), signed))}"))),
        ];
    }

    private byte[] KeyOf(string kept) => Convert.FromBase64String(protector.Unprotect(kept)[Prefix.Length..]);
}

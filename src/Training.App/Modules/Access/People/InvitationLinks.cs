using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Gateways;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data;
using Training.Data.Access;
using Training.Domain.Access;

namespace Training.App.Modules.Access.People;

/// <summary>A link by which a person sets the own password, and how it reaches the person.</summary>
/// <param name="Address">The link, shown once.</param>
/// <param name="IsMailed">True when it was handed to the mail server; false: hand it over in another way.</param>
/// <param name="ExpiresAt">It opens nothing from this instant on.</param>
internal sealed record SentLink(string Address, bool IsMailed, DateTimeOffset ExpiresAt);

/// <summary>Makes, stores and sends such links. The database keeps a hash alone, and a newer link closes the older ones.</summary>
internal sealed class InvitationLinks(IMailSender mail, PublicAddress address, Texts texts, TimeProvider time)
{
    private const int SecretBytes = 32;

    /// <summary>The stored form of a link's secret.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>A new link and the secret in it.</summary>
    public (string Link, string Secret) New()
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        return (address.Of($"/invitation/{secret}"), secret);
    }

    /// <summary>Puts the link in the place of earlier ones of the account; part of the caller's change.</summary>
    public async Task ReplaceAsync(TrainingDbContext db, int accountId, string secret, string sentBy, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = time.GetUtcNow();
        await db.Set<Invitation>().Where(row => row.AccountId == accountId && row.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancellationToken);
        db.Add(new Invitation { AccountId = accountId, Hash = HashOf(secret), SentBy = sentBy, SentAt = now.Value, ExpiresAt = now.Value.AddDays(Granting.InvitationDays) });
    }

    /// <summary>Mails the link in the person's language, when mail is configured.</summary>
    public async Task<SentLink> SendAsync(Account account, string link, CancellationToken cancellationToken)
    {
        var expires = time.GetUtcNow().AddDays(Granting.InvitationDays);
        if (!mail.IsConfigured) return new SentLink(link, false, expires);
        var message = Speaking.In(account.Language, () => new Mail(
            account.Email!, texts["access.invitation.mailSubject"],
            texts["access.invitation.mailText", account.DisplayName, link, expires.ToLocal().ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture)])
        {
            Language = CultureInfo.CurrentCulture.Name,
        });
        var sent = await mail.SendAsync(message, cancellationToken);
        return new SentLink(link, sent.Outcome == DispatchOutcome.Accepted, expires);
    }
}

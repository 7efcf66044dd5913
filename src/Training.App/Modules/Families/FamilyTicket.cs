using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Training.App.Modules.Families;

/// <summary>How far a family has come on its way in: it knows the printed code or holds a link, but the phone is not proven yet.</summary>
/// <param name="Child">The child's key.</param>
/// <param name="LinkId">The link by which it came; null when by the printed code.</param>
/// <param name="CodeId">The one-time code that was sent; null while none was.</param>
internal sealed record FamilyTicket(int Child, int? LinkId, Guid? CodeId);

/// <summary>Writes tickets so that only this installation reads them, and not for long.</summary>
internal sealed class FamilyTickets(IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan LifeTime = TimeSpan.FromMinutes(20);

    private readonly IDataProtector protector = protection.CreateProtector("training.family-ticket");

    public string Write(FamilyTicket ticket) => protector.Protect(string.Create(
        CultureInfo.InvariantCulture, $"{ticket.Child}|{ticket.LinkId}|{ticket.CodeId:N}|{(time.GetUtcNow() + LifeTime).ToUnixTimeSeconds()}"));

    /// <summary>The ticket; null when it is none, or too old.</summary>
    public FamilyTicket? Read(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            var parts = protector.Unprotect(text).Split('|');
            if (long.Parse(parts[3], CultureInfo.InvariantCulture) < time.GetUtcNow().ToUnixTimeSeconds()) return null;
            return new FamilyTicket(
                int.Parse(parts[0], CultureInfo.InvariantCulture),
                parts[1].Length == 0 ? null : int.Parse(parts[1], CultureInfo.InvariantCulture),
                parts[2].Length == 0 ? null : Guid.Parse(parts[2]));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

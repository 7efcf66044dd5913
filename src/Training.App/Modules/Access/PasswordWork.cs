using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Training.Data.Access;

namespace Training.App.Modules.Access;

/// <summary>
/// Checks passwords a few at a time: one check costs 60 to 70 ms of processor time by design, so a crowd at the sign-in must not
/// take the processors away from everybody else.
/// </summary>
internal sealed class PasswordWork : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly Account Nobody = new() { DisplayName = "" };

    private readonly SemaphoreSlim places = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly PasswordHasher<Account> hasher;
    private readonly Lazy<string> nobodysHash;

    public PasswordWork(IOptions<PasswordHasherOptions> options)
    {
        hasher = new PasswordHasher<Account>(options);
        nobodysHash = new Lazy<string>(() => hasher.HashPassword(Nobody, Guid.NewGuid().ToString()));
    }

    /// <summary>
    /// True when the password is the account's. Without an account the same work is done against a hash that fits nothing, so
    /// that the time taken does not tell who has an account.
    /// </summary>
    /// <returns>Null when too many wait.</returns>
    public async Task<bool?> FitsAsync(Account? account, string password, CancellationToken cancellationToken)
    {
        var hash = account?.PasswordHash ?? nobodysHash.Value;
        if (!await places.WaitAsync(Patience, cancellationToken)) return null;
        try
        {
            var fits = hasher.VerifyHashedPassword(account ?? Nobody, hash, password) != PasswordVerificationResult.Failed;
            return fits && account?.PasswordHash is not null;
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();
}

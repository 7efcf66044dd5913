using System.Buffers.Text;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.Data;
using Training.Data.Access;
using Training.Domain.Common;

namespace Training.App.Modules.Access.Factors;

/// <summary>
/// A person's own passkeys: a device or a key that proves who they are by a signature, after their finger, face or PIN. One of them is both
/// factors at once; beside the password it stands for the code.
/// </summary>
internal static class MyPasskeys
{
    /// <summary>Longest name of a passkey, in characters.</summary>
    public const int NameMax = 60;

    /// <summary>Passkeys a person may have.</summary>
    public const int Most = 10;

    /// <param name="Id">The passkey's own name, for forms.</param>
    /// <param name="Name">What the person calls it.</param>
    /// <param name="AddedAt">When it was added.</param>
    internal sealed record Line(string Id, string Name, DateTimeOffset AddedAt);

    internal sealed class Handler(TrainingDbContext db, FactorBook factors, PasskeyBook passkeys, PasskeyCeremony ceremony, MyFactor.Handler mine, IHttpContextAccessor http, Caller caller)
    {
        private int Account => caller.AccountId ?? 0;

        public async Task<IReadOnlyList<Line>> ListAsync(CancellationToken cancellationToken) =>
            [.. (await passkeys.OfAsync(Account, cancellationToken)).OrderBy(row => row.Data.CreatedAt)
                .Select(row => new Line(Base64Url.EncodeToString(row.CredentialId), row.Data.Name ?? "", row.Data.CreatedAt))];

        /// <summary>Asks this browser for a new one.</summary>
        public async Task<string> AskAsync(CancellationToken cancellationToken)
        {
            var id = Account;
            return await ceremony.AskForNewAsync(await db.Set<Account>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken));
        }

        /// <summary>Adds the one that this browser made.</summary>
        /// <returns>Recovery codes when it is the first factor of the account, shown once; else none. Refused with <c>passkeyRefused</c> or <c>tooManyPasskeys</c>.</returns>
        public async Task<Result<IReadOnlyList<string>>> AddAsync(string? name, string? answer, CancellationToken cancellationToken)
        {
            var called = PersonText.Clean(name);
            if (called.Length > NameMax) return Faults.Only("name", "tooLong");
            if (called.Length == 0) called = Devices.Name(http.HttpContext!.Request.Headers.UserAgent);
            if (await ceremony.ReadNewAsync(Account, answer) is not { } made) return Faults.Only("passkey", "passkeyRefused");
            made.Name = called;
            var isFirst = !await factors.IsAskedForAsync(Account, cancellationToken);
            var added = await passkeys.AddAsync(Account, made, caller.Scope, cancellationToken);
            if (!added.Succeeded) return added.Error;
            return isFirst ? await factors.RenewRecoveryAsync(Account, cancellationToken) : Array.Empty<string>();
        }

        /// <summary>Gives one another name.</summary>
        public async Task<Result<Done>> NameAsync(string? id, string? name, CancellationToken cancellationToken)
        {
            var called = PersonText.Clean(name);
            if (called.Length == 0) return Faults.Only("name", "missing");
            if (called.Length > NameMax) return Faults.Only("name", "tooLong");
            return IdOf(id) is { } credential ? await passkeys.RenameAsync(Account, credential, called, caller.Scope, cancellationToken) : Error.NotFound("passkeyNotFound");
        }

        /// <returns>Refused with <c>factorObliged</c> when it is the last factor of somebody whose role asks for one.</returns>
        public async Task<Result<Done>> RemoveAsync(string? id, CancellationToken cancellationToken) => IdOf(id) is { } credential
            ? await passkeys.RemoveAsync(Account, credential, await mine.IsObligedAsync(cancellationToken), caller.Scope, cancellationToken)
            : Error.NotFound("passkeyNotFound");

        private static byte[]? IdOf(string? id) => id is { Length: > 0 and <= 1400 } && Base64Url.IsValid(id) ? Base64Url.DecodeFromChars(id) : null;
    }
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Data.Access;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Access;
using Training.Domain.Common;

namespace Training.App.Modules.Access.Factors;

/// <summary>What is known of an account's second factor: the shared secret, encrypted, and the recovery codes, hashed.</summary>
internal sealed class FactorBook(TrainingDbContext db, IWriteGate gate, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>How many recovery codes a person gets.</summary>
    public const int RecoveryCodes = 10;

    private const int RecoveryLength = 10;

    private readonly IDataProtector protector = protection.CreateProtector("training.second-factor");

    /// <summary>True when codes are asked for at the sign-in.</summary>
    public Task<bool> IsOnAsync(int accountId, CancellationToken cancellationToken) =>
        db.Set<SecondFactor>().AnyAsync(row => row.AccountId == accountId && row.ConfirmedAt != null, cancellationToken);

    /// <summary>True when the password alone opens nothing: a code or a passkey is asked for beside it.</summary>
    public async Task<bool> IsAskedForAsync(int accountId, CancellationToken cancellationToken) =>
        await IsOnAsync(accountId, cancellationToken) || await HasPasskeyAsync(accountId, cancellationToken);

    /// <summary>True when the account has a passkey.</summary>
    public Task<bool> HasPasskeyAsync(int accountId, CancellationToken cancellationToken) =>
        db.Set<IdentityUserPasskey<int>>().AnyAsync(row => row.UserId == accountId, cancellationToken);

    /// <summary>The secret that waits for its first code; null when there is none.</summary>
    public async Task<byte[]?> WaitingAsync(int accountId, CancellationToken cancellationToken) =>
        await db.Set<SecondFactor>().Where(row => row.AccountId == accountId && row.ConfirmedAt == null).Select(row => row.Secret).SingleOrDefaultAsync(cancellationToken) is { } kept
            ? protector.Unprotect(kept) : null;

    /// <summary>Recovery codes that are left.</summary>
    public Task<int> RecoveryLeftAsync(int accountId, CancellationToken cancellationToken) =>
        db.Set<RecoveryCode>().CountAsync(row => row.AccountId == accountId, cancellationToken);

    /// <summary>Makes a secret that protects nothing until a code of it was typed in.</summary>
    public Task<Result<Done>> BeginAsync(int accountId, CancellationToken cancellationToken)
    {
        var secret = protector.Protect(RandomNumberGenerator.GetBytes(TimeCode.SecretBytes));
        return gate.WriteAsync<Done>(
            AccessScope.None,
            async (write, token) =>
            {
                if (await write.Db.Set<SecondFactor>().AsTracking().SingleOrDefaultAsync(row => row.AccountId == accountId, token) is not { } known)
                    write.Db.Add(new SecondFactor { AccountId = accountId, Secret = secret });
                else if (known.ConfirmedAt is null) known.Secret = secret;
                else return Error.Conflict("factorIsOn");
                await write.Db.SaveChangesAsync(token);
                return new Done();
            },
            cancellationToken);
    }

    /// <summary>Switches the factor on by its first code, and gives the recovery codes, shown once.</summary>
    public Task<Result<IReadOnlyList<string>>> ConfirmAsync(int accountId, string? code, CancellationToken cancellationToken)
    {
        var papers = NewRecoveryCodes();
        return gate.WriteAsync<IReadOnlyList<string>>(
            AccessScope.None,
            async (write, token) =>
            {
                var known = await write.Db.Set<SecondFactor>().AsTracking().SingleOrDefaultAsync(row => row.AccountId == accountId && row.ConfirmedAt == null, token);
                if (known is null) return Error.Conflict("factorIsOn");
                if (TimeCode.Match(protector.Unprotect(known.Secret), code, time.GetUtcNow(), known.LastStep) is not { } step) return Faults.Only("code", "codeWrong");
                (known.ConfirmedAt, known.LastStep) = (time.GetUtcNow(), step);
                await ReplaceRecoveryAsync(write.Db, accountId, papers, token);
                await write.Db.SaveChangesAsync(token);
                return Result(papers);
            },
            cancellationToken);
    }

    /// <summary>Gives other recovery codes in the place of those that are left.</summary>
    public Task<Result<IReadOnlyList<string>>> RenewRecoveryAsync(int accountId, CancellationToken cancellationToken)
    {
        var papers = NewRecoveryCodes();
        return gate.WriteAsync<IReadOnlyList<string>>(
            AccessScope.None,
            async (write, token) =>
            {
                await ReplaceRecoveryAsync(write.Db, accountId, papers, token);
                await write.Db.SaveChangesAsync(token);
                return Result(papers);
            },
            cancellationToken);
    }

    /// <summary>Switches the codes off; recovery codes stay where a passkey does.</summary>
    public Task<Result<Done>> RemoveAsync(int accountId, CancellationToken cancellationToken) => gate.WriteAsync<Done>(
        AccessScope.None,
        async (write, token) =>
        {
            await write.Db.Set<SecondFactor>().Where(row => row.AccountId == accountId).ExecuteDeleteAsync(token);
            if (!await write.Db.Set<IdentityUserPasskey<int>>().AnyAsync(row => row.UserId == accountId, token))
                await write.Db.Set<RecoveryCode>().Where(row => row.AccountId == accountId).ExecuteDeleteAsync(token);
            return new Done();
        },
        cancellationToken);

    /// <summary>Takes a code of the application or one from paper; either serves once.</summary>
    public async Task<bool> TakeAsync(int accountId, string? code, CancellationToken cancellationToken)
    {
        var taken = await gate.WriteAsync<bool>(
            AccessScope.None,
            async (write, token) =>
            {
                var known = await write.Db.Set<SecondFactor>().AsNoTracking().SingleOrDefaultAsync(row => row.AccountId == accountId && row.ConfirmedAt != null, token);
                if (known is not null && TimeCode.Match(protector.Unprotect(known.Secret), code, time.GetUtcNow(), known.LastStep) is { } step)
                    return await write.Db.Set<SecondFactor>().Where(row => row.AccountId == accountId && row.LastStep < step)
                        .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastStep, step), token) == 1;
                var hash = HashOf(code ?? "");
                return await write.Db.Set<RecoveryCode>().Where(row => row.AccountId == accountId && row.Hash == hash).ExecuteDeleteAsync(token) == 1;
            },
            cancellationToken);
        return taken.Succeeded && taken.Value;
    }

    private static Result<IReadOnlyList<string>> Result(IReadOnlyList<string> papers) => papers.ToArray();

    private static async Task ReplaceRecoveryAsync(TrainingDbContext context, int accountId, string[] papers, CancellationToken cancellationToken)
    {
        await context.Set<RecoveryCode>().Where(row => row.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        context.AddRange(papers.Select(paper => new RecoveryCode { AccountId = accountId, Hash = HashOf(paper) }));
    }

    private static string[] NewRecoveryCodes() =>
        [.. Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString("23456789abcdefghjkmnpqrstuvwxyz", RecoveryLength).Insert(RecoveryLength / 2, "-"))];

    private static string HashOf(string code) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)))));
}

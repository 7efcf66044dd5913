using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Training.Data;
using Training.Data.Access;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;
using Passkey = Microsoft.AspNetCore.Identity.IdentityUserPasskey<int>;

namespace Training.App.Modules.Access.Factors;

/// <summary>The public halves of passkeys. Nothing in it opens anything.</summary>
internal sealed class PasskeyBook(TrainingDbContext db, IWriteGate gate)
{
    /// <summary>An account's passkeys.</summary>
    public Task<List<Passkey>> OfAsync(int accountId, CancellationToken cancellationToken) =>
        db.Set<Passkey>().AsNoTracking().Where(row => row.UserId == accountId).ToListAsync(cancellationToken);

    /// <returns>Refused with <c>tooManyPasskeys</c>.</returns>
    public Task<Result<Done>> AddAsync(int accountId, UserPasskeyInfo made, AccessScope scope, CancellationToken cancellationToken) => gate.WriteAsync<Done>(
        scope,
        async (write, token) =>
        {
            if (await write.Db.Set<Passkey>().CountAsync(row => row.UserId == accountId, token) >= MyPasskeys.Most) return Error.Rule("tooManyPasskeys", ("most", MyPasskeys.Most));
            write.Db.Add(new Passkey
            {
                UserId = accountId,
                CredentialId = made.CredentialId,
                Data = new IdentityPasskeyData
                {
                    Name = made.Name, PublicKey = made.PublicKey, CreatedAt = made.CreatedAt, SignCount = made.SignCount, Transports = made.Transports,
                    IsUserVerified = made.IsUserVerified, IsBackupEligible = made.IsBackupEligible, IsBackedUp = made.IsBackedUp,
                    AttestationObject = made.AttestationObject, ClientDataJson = made.ClientDataJson,
                },
            });
            await write.Db.SaveChangesAsync(token);
            return new Done();
        },
        cancellationToken);

    /// <summary>Keeps the counter of a passkey that was used, so that a copy of it is noticed.</summary>
    public Task<Result<Done>> NoteUseAsync(int accountId, UserPasskeyInfo used, CancellationToken cancellationToken) =>
        ChangeAsync(accountId, used.CredentialId, row => (row.Data.SignCount, row.Data.IsBackedUp) = (used.SignCount, used.IsBackedUp), AccessScope.None, cancellationToken);

    /// <summary>Gives a passkey another name.</summary>
    public Task<Result<Done>> RenameAsync(int accountId, byte[] credential, string name, AccessScope scope, CancellationToken cancellationToken) =>
        ChangeAsync(accountId, credential, row => row.Data.Name = name, scope, cancellationToken);

    /// <summary>Removes a passkey; with the last factor its recovery codes go as well.</summary>
    /// <returns>Refused with <c>factorObliged</c> when none would remain to somebody obliged.</returns>
    public Task<Result<Done>> RemoveAsync(int accountId, byte[] credential, bool isObliged, AccessScope scope, CancellationToken cancellationToken) => gate.WriteAsync<Done>(
        scope,
        async (write, token) =>
        {
            var own = write.Db.Set<Passkey>().Where(row => row.UserId == accountId);
            if (!await own.AnyAsync(row => row.CredentialId == credential, token)) return Error.NotFound("passkeyNotFound");
            var remains = await own.AnyAsync(row => row.CredentialId != credential, token)
                || await write.Db.Set<SecondFactor>().AnyAsync(row => row.AccountId == accountId && row.ConfirmedAt != null, token);
            if (!remains && isObliged) return Error.Rule("factorObliged");
            await own.Where(row => row.CredentialId == credential).ExecuteDeleteAsync(token);
            if (!remains) await write.Db.Set<RecoveryCode>().Where(row => row.AccountId == accountId).ExecuteDeleteAsync(token);
            return new Done();
        },
        cancellationToken);

    private Task<Result<Done>> ChangeAsync(int accountId, byte[] credential, Action<Passkey> change, AccessScope scope, CancellationToken cancellationToken) => gate.WriteAsync<Done>(
        scope,
        async (write, token) =>
        {
            if (await write.Db.Set<Passkey>().AsTracking().SingleOrDefaultAsync(row => row.UserId == accountId && row.CredentialId == credential, token) is not { } found)
                return Error.NotFound("passkeyNotFound");
            change(found);
            await write.Db.SaveChangesAsync(token);
            return new Done();
        },
        cancellationToken);
}

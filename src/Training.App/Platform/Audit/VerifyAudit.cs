using Training.App.Platform.Commands;
using Training.App.Platform.Security;
using Training.Data;
using Training.Data.Audit;

namespace Training.App.Platform.Audit;

/// <summary>Checks the trail of changes. Kept outside, the head of an earlier check shows also whether the end was cut off.</summary>
[Command("verify-audit", "", "Checks that no entry of the audit trail was changed, removed or added; exit code 1 when one was.")]
internal sealed class VerifyAudit(TrainingDbContext db, SystemSecrets secrets) : ICommand
{
    public async Task<int> RunAsync(CommandArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var check = await new AuditChain(await secrets.GetAsync(SystemSecrets.AuditTrail, cancellationToken)).CheckAsync(db, cancellationToken);
        if (check.BrokenSeal is { } broken)
        {
            await output.WriteLineAsync(FormattableString.Invariant($"BROKEN: seal {broken} does not fit its entries. {check.Entries} entries before it are sound."));
            return 1;
        }
        await output.WriteLineAsync(FormattableString.Invariant($"Sound: {check.Entries} entries under {check.Seals} seals; {check.Unsealed} wait for a seal. Head: {check.Head ?? "none"}"));
        return 0;
    }
}

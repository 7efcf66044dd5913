using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform;
using Training.App.Platform.Configuration;
using Training.App.Platform.Http;
using Training.Data;
using Training.Data.Access;
using Training.Domain.Access;
using Training.Domain.Common;
using Training.Pdf.Writing;

namespace Training.App.Modules.Access.Factors;

/// <summary>A person's own second factor.</summary>
internal static class MyFactor
{
    /// <param name="IsOn">True when codes are asked for at the sign-in.</param>
    /// <param name="HasPasskey">True when a passkey stands for the code, or opens alone.</param>
    /// <param name="IsObliged">True when the person's role asks for it.</param>
    /// <param name="IsOwed">True when it must be set up before anything else.</param>
    /// <param name="IsDemo">True for an account of the demo, which is never obliged.</param>
    /// <param name="RecoveryLeft">Recovery codes that are left.</param>
    /// <param name="Waiting">The secret that waits for its first code; empty when none does.</param>
    /// <param name="Picture">The same as a QR code.</param>
    internal sealed record State(bool IsOn, bool HasPasskey, bool IsObliged, bool IsOwed, bool IsDemo, int RecoveryLeft, byte[] Waiting, IHtmlContent Picture);

    internal sealed class Handler(TrainingDbContext db, FactorBook factors, AppOptions options, Caller caller, TimeProvider time)
    {
        private const string Issuer = "Training";

        /// <summary>Modules of white around the picture.</summary>
        private const int Quiet = 4;

        public async Task<State> LookAsync(CancellationToken cancellationToken)
        {
            var id = caller.AccountId ?? 0;
            var account = await db.Set<Account>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
            var isOn = await factors.IsOnAsync(id, cancellationToken);
            var hasPasskey = await factors.HasPasskeyAsync(id, cancellationToken);
            var isObliged = await IsObligedAsync(account, cancellationToken);
            var waiting = await factors.WaitingAsync(id, cancellationToken) ?? [];
            return new State(
                isOn, hasPasskey, isObliged, isObliged && !isOn && !hasPasskey, account.IsDemo, await factors.RecoveryLeftAsync(id, cancellationToken), waiting,
                waiting.Length == 0 ? HtmlString.Empty : Picture(waiting, account.Email!));
        }

        public Task<Result<Done>> BeginAsync(CancellationToken cancellationToken) => factors.BeginAsync(caller.AccountId ?? 0, cancellationToken);

        public Task<Result<IReadOnlyList<string>>> ConfirmAsync(string? code, CancellationToken cancellationToken) =>
            factors.ConfirmAsync(caller.AccountId ?? 0, code, cancellationToken);

        public Task<Result<IReadOnlyList<string>>> RenewAsync(CancellationToken cancellationToken) => factors.RenewRecoveryAsync(caller.AccountId ?? 0, cancellationToken);

        /// <returns>Refused with <c>factorObliged</c> when the role asks for it.</returns>
        public async Task<Result<Done>> RemoveAsync(CancellationToken cancellationToken)
        {
            var id = caller.AccountId ?? 0;
            var account = await db.Set<Account>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
            return await IsObligedAsync(account, cancellationToken) && !await factors.HasPasskeyAsync(id, cancellationToken) ? Error.Rule("factorObliged") : await factors.RemoveAsync(id, cancellationToken);
        }

        /// <summary>True when the caller's role asks for a second factor.</summary>
        public async Task<bool> IsObligedAsync(CancellationToken cancellationToken)
        {
            var id = caller.AccountId ?? 0;
            return await IsObligedAsync(await db.Set<Account>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken), cancellationToken);
        }

        private async Task<bool> IsObligedAsync(Account account, CancellationToken cancellationToken) => options.SecondFactorRequired && !account.IsDemo
            && (await AccountIdentity.GrantsAsync(db, account.Id, time.Today(), cancellationToken)).Exists(grant => AccountIdentity.IsObliged(grant.Role));

        private static HtmlString Picture(byte[] secret, string email)
        {
            var spelled = TimeCode.Spell(secret).Replace(" ", "", StringComparison.Ordinal);
            var code = QrSymbol.Create($"otpauth://totp/{Uri.EscapeDataString($"{Issuer}:{email}")}?secret={spelled}&issuer={Issuer}");
            var side = code.Size + 2 * Quiet;
            return new HtmlString(string.Create(
                CultureInfo.InvariantCulture,
                $"""<svg viewBox="-{Quiet} -{Quiet} {side} {side}" width="220" height="220" aria-hidden="true" focusable="false" shape-rendering="crispEdges"><path fill="#fff" d="M-{Quiet}-{Quiet}h{side}v{side}h-{side}z"/><path d="{code.ToSvgPath()}"/></svg>"""));
        }
    }
}

using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Training.App.Platform.Configuration;
using Training.Data.Access;

namespace Training.App.Modules.Access.Factors;

/// <summary>
/// Asks a browser for a passkey and reads what it answers. What was asked lies on that browser for some minutes, under the data-protection keys,
/// and is taken away by the answer. Identity's own sign-in manager does the same but writes past the write gate; its handler underneath only reads.
/// </summary>
internal sealed class PasskeyCeremony(IHttpContextAccessor http, IPasskeyHandler<Account> passkeys)
{
    /// <summary>Scheme of the cookie that says what was asked.</summary>
    public const string Scheme = "Passkey";

    /// <summary>How long an answer is awaited.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>Longest answer that is read, in characters; those of today's devices are below a quarter of it.</summary>
    private const int AnswerMax = 16_384;

    private const string State = "training:asked";
    private const string ForNew = "new";
    private const string ForSignIn = "sign-in";

    private HttpContext Context => http.HttpContext!;

    /// <summary>
    /// Passkeys are made for our host, found by the device itself, and used only after finger, face or PIN: so one is two factors. The answer
    /// must come from a page of ours; the framework's own rule asks the Origin header, which no forger is kept from writing.
    /// </summary>
    public static void Configure(IdentityPasskeyOptions passkeys, AppOptions app)
    {
        passkeys.ServerDomain = app.PublicAddress?.Host;
        passkeys.AuthenticatorTimeout = Life;
        passkeys.UserVerificationRequirement = "required";
        passkeys.ResidentKeyRequirement = "required";
        passkeys.ValidateOrigin = asked => ValueTask.FromResult(
            !asked.CrossOrigin && Uri.TryCreate(asked.Origin, UriKind.Absolute, out var page)
            && string.Equals(page.Authority, app.PublicAddress?.Authority ?? asked.HttpContext.Request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Asks for a new passkey of an account, as JSON for the browser.</summary>
    public async Task<string> AskForNewAsync(Account account)
    {
        var person = new PasskeyUserEntity { Id = account.Id.ToString(CultureInfo.InvariantCulture), Name = account.Email!, DisplayName = account.DisplayName };
        var asked = await passkeys.MakeCreationOptionsAsync(person, Context);
        await RememberAsync(ForNew, asked.AttestationState);
        return asked.CreationOptionsJson;
    }

    /// <summary>The new passkey of an account; null when the answer is none, or not to what was asked here.</summary>
    public async Task<UserPasskeyInfo?> ReadNewAsync(int accountId, string? answer)
    {
        if (await TakeAsync(ForNew) is not { } asked || answer is not { Length: > 0 and <= AnswerMax }) return null;
        var read = await passkeys.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = Context, CredentialJson = answer, AttestationState = asked });
        return read.Succeeded && read.UserEntity.Id == accountId.ToString(CultureInfo.InvariantCulture) ? read.Passkey : null;
    }

    /// <summary>Asks for any passkey of this application, as JSON for the browser. It names no account: the passkey does.</summary>
    public async Task<string> AskForOneAsync()
    {
        var asked = await passkeys.MakeRequestOptionsAsync(null, Context);
        await RememberAsync(ForSignIn, asked.AssertionState);
        return asked.RequestOptionsJson;
    }

    /// <summary>Whose passkey answered, with its new counter; null when the answer is none, or not to what was asked here.</summary>
    public async Task<(Account Account, UserPasskeyInfo Passkey)?> ReadOneAsync(string? answer)
    {
        if (await TakeAsync(ForSignIn) is not { } asked || answer is not { Length: > 0 and <= AnswerMax }) return null;
        var read = await passkeys.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = Context, CredentialJson = answer, AssertionState = asked });
        return read.Succeeded ? (read.User, read.Passkey) : null;
    }

    private Task RememberAsync(string what, string? state)
    {
        var identity = new ClaimsIdentity(Scheme);
        identity.AddClaim(new Claim(ClaimTypes.Name, what));
        identity.AddClaim(new Claim(State, state ?? ""));
        return Context.SignInAsync(Scheme, new ClaimsPrincipal(identity));
    }

    private async Task<string?> TakeAsync(string what)
    {
        var asked = (await Context.AuthenticateAsync(Scheme)).Principal;
        if (asked is null) return null;
        await Context.SignOutAsync(Scheme);
        return asked.HasClaim(ClaimTypes.Name, what) ? asked.FindFirstValue(State) : null;
    }
}

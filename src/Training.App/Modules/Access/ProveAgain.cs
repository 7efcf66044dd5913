using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Training.App.Platform.Http;
using Training.Data;
using Training.Data.Access;
using Training.Data.Scope;
using Training.Data.Writing;
using Training.Domain.Common;

namespace Training.App.Modules.Access;

/// <summary>Asks for the password again before a sensitive act: a phone that was left lying about must not be enough.</summary>
internal static class ProveAgain
{
    /// <summary>How long a proof holds.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    /// <summary>True when the person proved lately who they are.</summary>
    public static bool IsFresh(ClaimsPrincipal person, DateTimeOffset now) =>
        long.TryParse(person.FindFirstValue(AccountIdentity.Proven), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && now - DateTimeOffset.FromUnixTimeSeconds(at) <= Life;

    internal sealed class Handler(TrainingDbContext db, PasswordWork passwords, Lockout lockout, AccountSession session, IWriteGate gate, Caller caller, TimeProvider time)
    {
        /// <returns>Refused with <c>passwordWrong</c>, also while the account is locked.</returns>
        public async Task<Result<Done>> HandleAsync(string? password, CancellationToken cancellationToken)
        {
            if (string.IsNullOrEmpty(password)) return Faults.Only("password", "missing");
            var id = caller.AccountId;
            var account = await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
            var fits = await passwords.FitsAsync(account, password, cancellationToken);
            if (fits is null) return Error.Of(ErrorKind.Busy, "busy");
            if (account is null || lockout.IsLocked(account)) return Faults.Only("password", "passwordWrong");
            if (fits == false)
            {
                await lockout.CountAsync(account.Id, cancellationToken);
                return Faults.Only("password", "passwordWrong");
            }
            await lockout.ForgetAsync(account, cancellationToken);
            var (now, own) = (time.GetUtcNow(), session.Id);
            return await gate.WriteAsync<Done>(
                AccessScope.None,
                async (write, token) =>
                {
                    await write.Db.Set<SignInSession>().Where(row => row.Id == own).ExecuteUpdateAsync(set => set.SetProperty(row => row.ProvenAt, now), token);
                    return new Done();
                },
                cancellationToken);
        }
    }
}

/// <summary>Leads to the question first, when the last proof is too old; what was typed into a form by then is typed again.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AsksAgainAttribute : Attribute, IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (ProveAgain.IsFresh(http.User, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow())) return next();
        context.Result = new RedirectResult($"/my/confirm?returnUrl={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
        return Task.CompletedTask;
    }
}

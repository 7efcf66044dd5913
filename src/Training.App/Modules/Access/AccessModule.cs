using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Training.App.Modules.Access.Factors;
using Training.App.Modules.Access.Keys;
using Training.App.Modules.Access.Messages;
using Training.App.Modules.Access.People;
using Training.App.Platform.Configuration;
using Training.App.Platform.Http;
using Training.Data;
using Training.Data.Access;
using Training.Domain.Access;

namespace Training.App.Modules.Access;

/// <summary>Who may come in, and as what.</summary>
internal static class AccessModule
{
    public static void MapAccess(this IEndpointRouteBuilder routes) => WhoAmI.Map(routes);

    /// <summary>Picks the scheme of a request: a bearer key, a family's session, or an account's cookie.</summary>
    private const string Door = "Door";

    public static void AddAccess(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<CallerAccessor>();
        services.AddScoped(provider => provider.GetRequiredService<CallerAccessor>().Current);
        services.AddMemoryCache();
        services.AddSingleton<PasswordWork>();
        services.AddScoped<AccountIdentity>();
        services.AddScoped<IAccountRights, AccountRightsBook>();
        services.AddScoped<IRecentProof, RecentProof>();
        services.AddScoped<AccountSession>();
        services.AddScoped<Lockout>();
        services.AddScoped<MySignIns.Handler>();
        services.AddScoped<ProveAgain.Handler>();
        services.AddScoped<ChangePassword.Handler>();
        services.AddScoped<FactorBook>();
        services.AddScoped<MyFactor.Handler>();
        services.AddScoped<SignInCode.Handler>();
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddScoped<PasskeyCeremony>();
        services.AddScoped<PasskeyBook>();
        services.AddScoped<MyPasskeys.Handler>();
        services.AddScoped<PasskeySignIn.Handler>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<AppOptions>(PasskeyCeremony.Configure);
        services.AddScoped<PeopleReach>();
        services.AddScoped<InvitationLinks>();
        services.AddScoped<ListPeople.Handler>();
        services.AddScoped<InvitePerson.Handler>();
        services.AddScoped<ChangePerson.Handler>();
        services.AddScoped<RecordSafeguarding.Handler>();
        services.AddSingleton<SafeguardingReminders>();
        services.AddScoped<AcceptInvitation.Handler>();
        services.AddSingleton<DormantAccounts>();
        services.AddHostedService<AccountsWorker>();
        services.AddScoped<SignIn.Handler>();
        services.AddScoped<SignOut.Handler>();
        services.AddScoped<CreateAccount.Handler>();
        services.AddScoped<PlacesToGive>();
        services.AddScoped<CreateApiKey.Handler>();
        services.AddScoped<ApiKeys.Handler>();

        services.AddAuthentication(Door)
            .AddPolicyScheme(Door, null, policy => policy.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 ? ApiKeyAuthentication.SchemeName
                : Policies.IsFamilyPath(context.Request.Path) ? Policies.FamilyScheme
                : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null)
            .AddCookie(Policies.FamilyScheme, cookie =>
            {
                Harden(cookie.Cookie, "training-family");
                cookie.LoginPath = "/family";
                cookie.ExpireTimeSpan = TimeSpan.FromMinutes(30);
                cookie.Events.OnRedirectToLogin = AnswerApiPlainly(StatusCodes.Status401Unauthorized, cookie.Events.OnRedirectToLogin);
                cookie.Events.OnRedirectToAccessDenied = Deny;
                cookie.Events.OnValidatePrincipal = FamilyAliases.FollowAsync;
            })
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie =>
            {
                Harden(cookie.Cookie, "training-code");
                cookie.ExpireTimeSpan = TimeSpan.FromMinutes(5);
                cookie.SlidingExpiration = false;
            })
            .AddCookie(PasskeyCeremony.Scheme, cookie =>
            {
                Harden(cookie.Cookie, "training-passkey");
                cookie.Cookie.SameSite = SameSiteMode.Strict;
                cookie.ExpireTimeSpan = PasskeyCeremony.Life;
                cookie.SlidingExpiration = false;
            })
            .AddCookie(IdentityConstants.ApplicationScheme, cookie =>
            {
                Harden(cookie.Cookie, "training-account");
                cookie.LoginPath = "/sign-in";
                cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
                cookie.Events.OnRedirectToLogin = AnswerApiPlainly(StatusCodes.Status401Unauthorized, cookie.Events.OnRedirectToLogin);
                cookie.Events.OnRedirectToAccessDenied = Deny;
                cookie.Events.OnValidatePrincipal = AccountSession.ValidateAsync;
            });

        services.AddIdentityCore<Account>(identity =>
            {
                identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                identity.Lockout.MaxFailedAccessAttempts = 5;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
                identity.User.RequireUniqueEmail = true;
            })
            .AddEntityFrameworkStores<TrainingDbContext>();

        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Policies.Staff, policy => policy.RequireRole(Names(Role.Coach, Role.Facilitator, Role.Coordinator, Role.Directorate, Role.Machine)))
            .AddPolicy(Policies.Adult, policy => policy.RequireRole(Names(Role.Coach, Role.Facilitator, Role.Coordinator, Role.Directorate, Role.Machine, Role.Assistant)))
            .AddPolicy(Policies.Enroll, policy => policy.RequireRole(Names(Role.Coach, Role.Facilitator, Role.Coordinator, Role.Machine)))
            .AddPolicy(Policies.Sheets, policy => policy.RequireRole(Names(Role.Coach, Role.Facilitator, Role.Coordinator, Role.Machine, Role.Assistant)))
            .AddPolicy(Policies.Report, policy => policy.RequireRole(Names(Role.Coach, Role.Facilitator, Role.Coordinator, Role.Directorate, Role.Machine)))
            .AddPolicy(Policies.Coordinate, policy => policy.RequireAssertion(context => Coordinates(context.User)))
            .AddPolicy(Policies.Account, policy => policy.RequireClaim(AccountSession.Claim))
            .AddPolicy(Policies.People, policy => policy.RequireClaim(AccountSession.Claim).RequireRole(Names(Role.Coach, Role.Facilitator, Role.Coordinator, Role.Directorate)))
            .AddPolicy(Policies.Organisations, policy => policy.RequireClaim(AccountSession.Claim).RequireRole(Names(Role.Coordinator, Role.Directorate)))
            .AddPolicy(Policies.Operate, policy => policy.RequireRole(Names(Role.Operator)))
            .AddPolicy(Policies.Family, policy => policy.AddAuthenticationSchemes(Policies.FamilyScheme).RequireAuthenticatedUser());
    }

    private static string[] Names(params Role[] roles) => [.. roles.Select(role => role.ToString())];

    /// <summary>A club's machine keeps the club's lists; it decides no more than its coaches do.</summary>
    private static bool Coordinates(ClaimsPrincipal user) =>
        Names(Role.Coordinator, Role.Directorate).Any(user.IsInRole)
        || (user.IsInRole(nameof(Role.Machine)) && user.HasClaim(claim => claim.Type is CallerClaims.Nation or CallerClaims.Region));

    private static void Harden(CookieBuilder cookie, string name)
    {
        cookie.Name = name;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    /// <summary>Says so where the caller stands, the error page of the status does the rest; who owes a second factor is led to it.</summary>
    private static Task Deny(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.HttpContext.User.HasClaim(AccountIdentity.FactorOwed, "1") && !context.Request.Path.StartsWithSegments("/api")) context.Response.Redirect("/my/second-factor");
        else context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static Func<RedirectContext<CookieAuthenticationOptions>, Task> AnswerApiPlainly(
        int status, Func<RedirectContext<CookieAuthenticationOptions>, Task> redirect) =>
        context =>
        {
            if (!context.Request.Path.StartsWithSegments("/api")) return redirect(context);
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Access;
using Training.Domain.Access;
using Training.Domain.Common;

namespace Training.App.Tests.Modules.Access;

internal sealed class SignInTests
{
    private const string Password = "une phrase de passe";

    private TrainingApplication app = null!;

    [OneTimeSetUp]
    public void Start() => app = new TrainingApplication();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [Test]
    public async Task Lets_a_coach_in_with_the_right_password()
    {
        await app.CreateCoachAsync("in@test.example", Password);

        var (result, cookie) = await app.SignInAsync("IN@test.example ", Password);

        Assert.That(result.Succeeded, Is.True);
        Assert.That(cookie, Does.StartWith("training-account="));
    }

    [Test]
    public async Task Answers_an_unknown_account_and_a_wrong_password_alike()
    {
        await app.CreateCoachAsync("known@test.example", Password);

        var (wrong, _) = await app.SignInAsync("known@test.example", "not the password");
        var (unknown, cookie) = await app.SignInAsync("nobody@test.example", "not the password");

        Assert.That(wrong.Error, Is.EqualTo(unknown.Error).And.EqualTo(Error.Of(ErrorKind.Forbidden, "signInRefused")));
        Assert.That(cookie, Is.Null);
    }

    /// <summary>Half a surrogate pair does not survive in an attribute, so the character comes as its number.</summary>
    [TestCase(0xFFFE)]
    [TestCase(0xD800)]
    [TestCase(0xDC00)]
    public async Task Answers_what_is_no_text_like_an_unknown_account(int character)
    {
        var (address, _) = await app.SignInAsync($"a{(char)character}@test.example", "not the password");
        var (password, cookie) = await app.SignInAsync("nobody@test.example", $"not the password{(char)character}");

        Assert.That(address.Error, Is.EqualTo(Error.Of(ErrorKind.Forbidden, "signInRefused")));
        Assert.That(password.Error, Is.EqualTo(address.Error));
        Assert.That(cookie, Is.Null);
    }

    [Test]
    public async Task Locks_after_five_wrong_passwords_and_opens_ten_minutes_later()
    {
        await app.CreateCoachAsync("locked@test.example", Password);
        for (var i = 0; i < 5; i++) await app.SignInAsync("locked@test.example", "not the password");

        var (whileLocked, _) = await app.SignInAsync("locked@test.example", Password);
        app.Time.Advance(TimeSpan.FromMinutes(11));
        var (afterwards, _) = await app.SignInAsync("locked@test.example", Password);

        Assert.That(whileLocked.Error?.Code, Is.EqualTo("signInRefused"));
        Assert.That(afterwards.Succeeded, Is.True);
    }

    [Test]
    public async Task A_success_forgets_earlier_failures()
    {
        await app.CreateCoachAsync("careful@test.example", Password);
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 4; i++) await app.SignInAsync("careful@test.example", "not the password");
            var (result, _) = await app.SignInAsync("careful@test.example", Password);
            Assert.That(result.Succeeded, Is.True);
        }
    }

    [Test]
    public async Task A_signed_in_coach_sees_the_own_site_alone()
    {
        await app.CreateCoachAsync("scope@test.example", Password);
        var coach = await app.SignedInAsync("scope@test.example", Password);

        Assert.That((int)(await coach.GetAsync(new Uri("/api/groups?site=RSB", UriKind.Relative))).StatusCode, Is.EqualTo(200));
        Assert.That((int)(await coach.GetAsync(new Uri("/api/groups?site=WAC", UriKind.Relative))).StatusCode, Is.EqualTo(404));
    }

    [TestCase(Role.Coach, null, null)]
    [TestCase(Role.Coach, "04", null)]
    [TestCase(Role.Coordinator, null, "RSB")]
    [TestCase(Role.Directorate, "04", null)]
    [TestCase(Role.Operator, null, "RSB")]
    [TestCase(Role.Machine, null, null)]
    public async Task Refuses_a_role_with_another_roles_scope(Role role, string? region, string? site)
    {
        var made = await app.InsideAsync(services => services.GetRequiredService<CreateAccount.Handler>().HandleAsync(
            new CreateAccount.Request("x@test.example", "X", Password, "fr", [new CreateAccount.Grant(role, region, site)]), CancellationToken.None));

        Assert.That(made.Error?.Fields?["grants[0]"][0].Code, Is.EqualTo("scopeMalformed"));
    }

    [Test]
    public async Task Refuses_a_short_password_and_a_second_account_of_one_address()
    {
        await app.CreateCoachAsync("twice@test.example", Password);

        var second = await app.InsideAsync(services => services.GetRequiredService<CreateAccount.Handler>().HandleAsync(
            new CreateAccount.Request("Twice@test.example", "X", Password, "fr", []), CancellationToken.None));
        var brief = await app.InsideAsync(services => services.GetRequiredService<CreateAccount.Handler>().HandleAsync(
            new CreateAccount.Request("new@test.example", "X", "short", "fr", []), CancellationToken.None));

        Assert.That(second.Error?.Code, Is.EqualTo("accountExists"));
        Assert.That(brief.Error?.Fields?["password"][0].Code, Is.EqualTo("tooShort"));
    }
}

/// <summary>Adults of the tests.</summary>
internal static class Adults
{
    /// <summary>A coach of RSB.</summary>
    public static Task CreateCoachAsync(this TrainingApplication app, string email, string password) =>
        app.CreateAsync(email, password, new CreateAccount.Grant(Role.Coach, Site: "RSB"));

    /// <summary>A coordinator of a region.</summary>
    public static Task CreateCoordinatorAsync(this TrainingApplication app, string email, string password, string region) =>
        app.CreateAsync(email, password, new CreateAccount.Grant(Role.Coordinator, Region: region));

    /// <summary>An adult with one role.</summary>
    public static async Task CreateAsync(this TrainingApplication app, string email, string password, CreateAccount.Grant grant, bool isDemo = false)
    {
        var made = await app.InsideAsync(services => services.GetRequiredService<CreateAccount.Handler>().HandleAsync(
            new CreateAccount.Request(email, "Coach", password, "ar", [grant]) { IsDemo = isDemo }, CancellationToken.None));
        Assert.That(made.Succeeded, Is.True, made.Error?.Code);
    }

    /// <summary>What the sign-in says, and the cookie it sets.</summary>
    public static Task<(Result<SignIn.Response> Result, string? Cookie)> SignInAsync(this TrainingApplication app, string email, string password) =>
        app.InsideAsync(async services =>
        {
            var context = new DefaultHttpContext { RequestServices = services };
            services.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
            var result = await services.GetRequiredService<SignIn.Handler>().HandleAsync(new SignIn.Request(email, password), CancellationToken.None);
            return (result, context.Response.Headers.SetCookie.FirstOrDefault()?.Split(';')[0]);
        });

    /// <summary>A browser with the account's cookie.</summary>
    public static async Task<HttpClient> SignedInAsync(this TrainingApplication app, string email, string password)
    {
        var (_, cookie) = await app.SignInAsync(email, password);
        var client = app.Anonymous();
        client.DefaultRequestHeaders.Add("Cookie", cookie!);
        return client;
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Training.App.Tests.Platform.Http;

/// <summary>Every door authorises, or stands here by name.</summary>
[TestFixture]
internal sealed class AnonymousTests
{
    /// <summary>Doors anybody may open. A new one is added here by a person who thought about it.</summary>
    private static readonly string[] Open =
    [
        "/health/live", "/health/ready",
        "/openapi/{documentName}.json", "/scalar/{documentName?}", "/scalar/favicon.svg", "/scalar/scalar.js", "/scalar/scalar.aspnetcore.js",
        "/sign-in", "/sign-in/code", "/sign-in/passkey", "/sign-out", "/invitation/{secret}", "/language", "/offline", "/privacy", "/privacy/register", "/privacy/consents", "/api/rights/processing", "/error/{status:int}", "/", "/index", "/{*path:regex(^(?!api/).*$)}",
        "/family", "/family/sign-out", "/api/family/claim", "/api/sms/receipts",
        "/v/{code?}", "/v/offline", "/api/verify/{code}", "/.well-known/certificate-keys.json", "/.well-known/certificate-status.json",
        // What a digital credential names and its verifier fetches; the credential itself only without the holder's name.
        "/api/verify/{code}/badge", "/.well-known/certificate-keys/{key:int}", "/api/badges/{edition}/issuer", "/api/badges/{edition}/achievements/{kind}",
        "/api/badges/{edition}/revocations/{revision:int}/{list:int}",
        // The next steps on a family's way in: each needs a ticket or a link.
        "/family/code", "/family/l/{token}", "/api/family/link", "/api/family/code", "/api/family/confirm",
    ];

    [Test]
    public async Task Every_endpoint_authorises_or_is_known_to_be_open()
    {
        await using var app = new TrainingApplication();
        using var client = app.Anonymous();
        var sources = app.Services.GetServices<EndpointDataSource>();

        var unknown = sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Where(endpoint => !IsStaticAsset(endpoint))
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(path => !Open.Contains(path, StringComparer.OrdinalIgnoreCase))
            .Distinct().Order();

        Assert.That(unknown, Is.Empty);
    }

    [Test]
    public async Task Without_sign_in_the_api_answers_401_and_a_page_leads_to_the_sign_in()
    {
        await using var app = new TrainingApplication();
        using var client = app.Anonymous();

        using var api = await client.GetAsync("/api/sites");
        using var page = await client.GetAsync("/nowhere");

        Assert.That((int)api.StatusCode, Is.EqualTo(401));
        Assert.That(api.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That((int)page.StatusCode, Is.EqualTo(404).Or.EqualTo(302));
    }

    private static bool IsStaticAsset(RouteEndpoint endpoint) =>
        endpoint.Metadata.Any(item => item.GetType().Name == "StaticAssetDescriptor");
}

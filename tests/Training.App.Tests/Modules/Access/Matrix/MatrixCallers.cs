using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Training.App.Modules.Access;
using Training.Domain.Access;

namespace Training.App.Tests.Modules.Access.Matrix;

/// <summary>Somebody who tries every door.</summary>
/// <param name="Name">Heading of the column.</param>
/// <param name="Client">Sends with the caller's cookie or key.</param>
/// <param name="Token">Token of the caller's forms.</param>
/// <param name="Sees">Sides whose names may stand in an answer.</param>
/// <param name="Tries">The three sides whose ids the caller tries, the own first.</param>
internal sealed record MatrixCaller(string Name, HttpClient Client, string Token, Side[] Sees, Side[] Tries);

/// <summary>Every kind of caller once; those with a scope are RSB's, of a group of it or its region's, but the league's, which is of a region with two leagues.</summary>
internal static partial class MatrixCallers
{
    private const string Password = "une phrase de passe";
    private static readonly Side[] Nobody = [];
    private static readonly Side[] Group = [Side.Own];
    private static readonly Side[] Club = [Side.Own, Side.Sibling];
    private static readonly Side[] League = [Side.Foreign];
    private static readonly Side[] Region = [Side.Own, Side.Sibling, Side.Neighbour];
    private static readonly Side[] Nation = Enum.GetValues<Side>();
    private static readonly Side[] Usual = [Side.Own, Side.Neighbour, Side.Foreign];

    public static async Task<IReadOnlyList<MatrixCaller>> ComeInAsync(MatrixWorld world) =>
    [
        await ReadyAsync("anonymous", world.App.Anonymous(), Nobody),
        await ReadyAsync("family", await FamilyAsync(world), Group, page: "/family"),
        await AdultAsync(world, Role.Coach, Club, new CreateAccount.Grant(Role.Coach, Site: "RSB")),
        await AdultAsync(world, Role.Facilitator, Club, new CreateAccount.Grant(Role.Facilitator, Site: "RSB")),
        await AdultAsync(world, Role.Assistant, Group, new CreateAccount.Grant(Role.Assistant, Group: world[Side.Own].Values["group"]), tries: [Side.Own, Side.Sibling, Side.Foreign]),
        await AdultAsync(world, Role.Coordinator, League, new CreateAccount.Grant(Role.Coordinator, League: "LR-GC"), "league", [Side.Foreign, Side.OtherLeague, Side.Own]),
        await AdultAsync(world, Role.Coordinator, Region, new CreateAccount.Grant(Role.Coordinator, Region: "02")),
        await AdultAsync(world, Role.Directorate, Nation, new CreateAccount.Grant(Role.Directorate)),
        await AdultAsync(world, Role.Operator, Nobody, new CreateAccount.Grant(Role.Operator)),
        await ReadyAsync("key", await world.App.SiteAsync("RSB"), Club),
        await ReadyAsync("nation's key", world.App.Nation(), Nation),
    ];

    private static async Task<MatrixCaller> AdultAsync(MatrixWorld world, Role role, Side[] sees, CreateAccount.Grant grant, string? name = null, Side[]? tries = null)
    {
        name ??= role.ToString().ToLowerInvariant();
        var email = $"{name}@matrix.example";
        await world.App.CreateAsync(email, Password, grant);
        return await ReadyAsync(name, await world.App.SignedInAsync(email, Password), sees, tries);
    }

    private static async Task<HttpClient> FamilyAsync(MatrixWorld world)
    {
        var client = world.App.Anonymous();
        var own = world[Side.Own].Values;
        using var claimed = await client.PostAsJsonAsync("/api/family/claim", new { claimCode = own["claimCode"], birthDate = own["birthDate"] });
        Assert.That((int)claimed.StatusCode, Is.EqualTo(200));
        client.DefaultRequestHeaders.Add("Cookie", claimed.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        return client;
    }

    /// <summary>Takes a form's cookie and token along, as a browser has them after its first page.</summary>
    private static async Task<MatrixCaller> ReadyAsync(string name, HttpClient client, Side[] sees, Side[]? tries = null, string page = "/sign-in")
    {
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        client.DefaultRequestHeaders.Add(RehearsingGate.Header, "1");
        using var answer = await client.GetAsync(new Uri(page, UriKind.Relative));
        if (answer.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            var known = client.DefaultRequestHeaders.TryGetValues("Cookie", out var own) ? own : [];
            client.DefaultRequestHeaders.Remove("Cookie");
            client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", known.Concat(cookies.Select(cookie => cookie.Split(';')[0]))));
        }
        return new MatrixCaller(name, client, Token().Match(await answer.Content.ReadAsStringAsync()).Groups["token"].Value, sees, tries ?? Usual);
    }

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="(?<token>[^"]+)""")]
    private static partial Regex Token();
}

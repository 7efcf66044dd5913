using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Training.App.Tests.Modules.Access.Matrix;

/// <summary>One way in: a method and a route, of a page also the handler. Discovered, never listed by hand.</summary>
/// <param name="Name">As the table names it: <c>POST /duplicates/{id}?handler=Decide</c>.</param>
/// <param name="IsPage">True for pages, whose forms carry a token.</param>
internal sealed partial record Door(string Name, bool IsPage)
{
    /// <summary>Words for route parameters, by the part of the route before them or by the parameter's own name.</summary>
    private static readonly Dictionary<string, string> Words = new()
    {
        ["amazigh"] = "=1", ["reports"] = "report", ["schedules"] = "=j-0000000", ["webhooks"] = "webhook", ["deliveries"] = "delivery",
        ["participants"] = "participant", ["children"] = "participant", ["enrollments"] = "enrollment", ["sessions"] = "session", ["groups"] = "group", ["imports"] = "import",
        ["certificates"] = "certificate", ["tournaments"] = "tournament", ["squads"] = "squad", ["players"] = "enrollment", ["transfers"] = "transfer",
        ["duplicates"] = "pair", ["corrections"] = "correction", ["absences"] = "enrollment", ["conflicts"] = "markId", ["move-hours"] = "move", ["sites"] = "site", ["coach"] = "site", ["people"] = "person", ["invitation"] = "=unknown",
        ["waiting"] = "site", ["rollover"] = "site", ["ask"] = "site", ["v"] = "verification", ["verify"] = "verification",
        ["kind"] = "=new", ["editions"] = "=football-2026", ["edition"] = "=football-2026", ["site"] = "site", ["documentName"] = "=v1", ["badges"] = "=football-2026", ["achievements"] = "=completion", ["revision"] = "=1", ["list"] = "=0", ["certificate-keys"] = "=1", ["status"] = "=404", ["path"] = "=nowhere",
        ["file"] = "participant", ["data"] = "participant", ["l"] = "=AAAAAAAAAAAAAAAAAAAAAA",
        ["requests"] = "request", ["rights"] = "request", ["files"] = "participant", ["retention"] = "=football-2026",
    };

    public HttpMethod Method => new(Name[..Name.IndexOf(' ', StringComparison.Ordinal)]);

    public string Route => Name[(Name.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    /// <summary>The address with a side's ids.</summary>
    public string Address(SideIds side) => Parameter().Replace(Route, parameter =>
    {
        var word = Words.GetValueOrDefault(parameter.Groups["before"].Value) ?? Words.GetValueOrDefault(parameter.Groups["name"].Value)
            ?? throw new InvalidOperationException($"{Name}: say in {nameof(Door)}.{nameof(Words)} what stands for {{{parameter.Groups["name"].Value}}}, and in {nameof(MatrixWorld)} which id that is.");
        return $"{parameter.Groups["before"].Value}/{(word[0] == '=' ? word[1..] : side.Values[word])}";
    });

    /// <summary>Every door of the application but the files that lie there for everybody.</summary>
    public static async Task<IReadOnlyList<Door>> DiscoverAsync(IServiceProvider services)
    {
        var loader = services.GetRequiredService<PageLoader>();
        var doors = new SortedSet<Door>(Comparer<Door>.Create((one, other) =>
            string.CompareOrdinal($"{one.Route} {one.Method}", $"{other.Route} {other.Method}")));
        foreach (var endpoint in services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.Any(item => item.GetType().Name == "StaticAssetDescriptor")) continue;
            var route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var compiled = await loader.LoadAsync(page, endpoint.Metadata);
                foreach (var handler in compiled.HandlerMethods) doors.Add(OfPage(route, handler.HttpMethod, handler.Name));
                if (compiled.HandlerMethods.All(handler => handler.HttpMethod != "Get")) doors.Add(OfPage(route, "Get", null));
                continue;
            }
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                doors.Add(new Door($"{method} {route}", IsPage: false));
        }
        return [.. doors];
    }

    private static Door OfPage(string route, string method, string? handler) =>
        new($"{method.ToUpperInvariant()} {route}{(handler is null ? "" : $"?handler={handler}")}", IsPage: true);

    [GeneratedRegex(@"(?<before>[\w.-]*)/\{\**(?<name>\w+)[^/]*\}(?=[/.?]|$)")]
    private static partial Regex Parameter();
}

using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.Domain.Directory;

namespace Training.App.Modules.Directory;

/// <summary>The editions of the programmes with the settings a partner needs.</summary>
internal static class ListEditions
{
    internal sealed record Item(
        string Code, [property: Description("The edition it follows; null for the first.")] string? Follows, string Track, string NameFr, string NameAr, int Target, int AgeMin, int AgeMax, DateOnly AgeReferenceDate,
        DateOnly StartsOn, DateOnly EndsOn, CompletionItem Completion, IReadOnlyList<ModuleItem> Modules);

    internal sealed record CompletionItem(int HoursPercent, bool AllMandatoryModules);

    internal sealed record ModuleItem(string Code, string NameFr, string NameAr, int Minutes, bool Mandatory);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/editions", GetAsync).WithName("ListEditions").WithSummary("Programme editions with ages, calendar, curriculum and completion rule.");

    private static async Task<Ok<ItemList<Item>>> GetAsync(DirectoryCatalog catalog, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        return TypedResults.Ok(new ItemList<Item>([.. directory.Editions.Select(edition => ItemOf(edition, directory))], null));
    }

    private static Item ItemOf(Edition edition, DirectorySnapshot directory) => new(
        edition.Code, edition.FollowsId is { } before ? directory.Edition(before).Code : null, edition.Track == Track.Football ? "football" : "youthHouse", edition.NameFr, edition.NameAr, edition.Target,
        edition.AgeMin, edition.AgeMax, edition.AgeReferenceDate, edition.StartsOn, edition.EndsOn,
        new CompletionItem(edition.Completion.HoursPercent, edition.Completion.AllMandatoryModules),
        [.. directory.Modules(edition.Id).Select(module => new ModuleItem(module.Code, module.NameFr, module.NameAr, module.Minutes, module.Mandatory))]);
}

using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Diagnostics;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Access;

namespace Training.App.Pages.Shared;

/// <summary>What the frame of every page shows: who is signed in, and the other languages.</summary>
internal sealed class PageChrome(IHttpContextAccessor http, Caller caller, DirectoryCatalog catalog, AmazighTexts amazigh, Texts texts)
{
    internal sealed record Person(string Name, string Initials, string Role);

    private static readonly (string Code, string Name, string Direction)[] Offered = [("ar-MA", "العربية", "rtl"), ("fr-MA", "Français", "ltr")];

    /// <summary>The signed-in adult; null for anonymous visitors and families.</summary>
    public async Task<Person?> PersonAsync(CancellationToken cancellationToken)
    {
        if (http.HttpContext?.User.FindFirstValue(CallerClaims.Display) is not { } name) return null;
        var directory = await catalog.SnapshotAsync(cancellationToken);
        var role = caller.Roles.Count == 0 ? "" : texts[$"common.role.{caller.Roles[0]}"];
        var place = caller.Scope switch
        {
            { Leagues: [var league, ..] } => directory.League(league).Name(),
            { Sites: [var site, ..] } => directory.Site(site).Name(),
            { Regions: [var region, ..] } => directory.Region(region).Name(),
            _ => "",
        };
        return new Person(name, InitialsOf(name), place.Length == 0 ? role : $"{role} – {place}");
    }

    /// <summary>Where a role starts its day; null when it has no page of its own.</summary>
    public static string? HomeOf(Caller caller) =>
        caller.Is(Role.Coach) ? "/coach"
        : caller.Is(Role.Facilitator) ? "/today"
        : caller.Is(Role.Coordinator) ? "/desk"
        : caller.Is(Role.Directorate) ? "/reports"
        : caller.Is(Role.Operator) ? "/operate"
        : caller.Is(Role.Assistant) ? "/today"
        : null;

    /// <summary>Pages of a role beside its home, for the account's menu: address and key of the text.</summary>
    public IEnumerable<(string Href, string Key)> Menu()
    {
        var coordinates = caller.Is(Role.Coordinator, Role.Directorate);
        if (caller.Is(Role.Coach, Role.Facilitator, Role.Coordinator, Role.Directorate))
        {
            yield return ("/participants", "common.menu.participants");
            yield return ("/today", "common.menu.sessions");
            yield return ("/sessions/open", "common.menu.stillOpen");
            yield return ("/reports", "common.menu.reports");
            yield return ("/reports/mine", "reporting.mine.title");
        }
        if (caller.Is(Role.Coach, Role.Coordinator)) yield return ("/tournaments", "tournaments.title");
        if (caller.Is(Role.Coordinator)) yield return ("/desk", "common.menu.desk");
        if (caller.Is(Role.Coach, Role.Facilitator, Role.Coordinator)) yield return ("/transfers", "common.menu.transfers");
        if (caller.Is(Role.Coach, Role.Facilitator, Role.Coordinator)) yield return ("/messages", "common.menu.messages");
        if (coordinates) yield return ("/duplicates", "common.menu.duplicates");
        if (coordinates || caller.Is(Role.Coach, Role.Facilitator)) yield return ("/people", "access.people.menu");
        if (coordinates) yield return ("/keys", "access.keys.menu");
        if (caller.AnswersForRegion) yield return ("/webhooks", "webhooks.title");
        if (caller.AnswersForRegion) yield return ("/rights", "common.menu.rights");
        if (caller.Is(Role.Assistant) && !caller.Is(Role.Coach, Role.Facilitator, Role.Coordinator, Role.Directorate)) yield return ("/today", "common.menu.sessions");
        if (caller.Is(Role.Directorate)) yield return ("/retention", "common.menu.retention");
        if (caller.Is(Role.Directorate)) yield return ("/amazigh", "families.amazigh.title");
    }

    /// <summary>Pages of every adult's own account.</summary>
    public static IEnumerable<(string Href, string Key)> Own() => [("/my/sign-ins", "access.signIns.title"), ("/my/second-factor", "access.factor.title")];

    /// <summary>Languages a visitor can change to, each in its own words.</summary>
    public IEnumerable<(string Code, string Name, string Direction)> OtherLanguages()
    {
        var offered = amazigh.IsOffered && AmazighPages.AreHere(PlaceOf(http.HttpContext!).Path) ? [.. Offered, (Languages.Amazigh, "ⵜⴰⵎⴰⵣⵉⵖⵜ", "ltr")] : Offered;
        return offered.Where(language => language.Code != CultureInfo.CurrentUICulture.Name);
    }

    /// <summary>The address the visitor asked for, also while an error page stands in for it.</summary>
    public static string PathOf(HttpContext context)
    {
        var (path, query) = PlaceOf(context);
        return path.ToUriComponent() + query;
    }

    /// <summary>Its path as the server has decoded it, which must not be decoded once more.</summary>
    private static (PathString Path, string? Query) PlaceOf(HttpContext context)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is { } stood) return (new PathString(stood.OriginalPath), stood.OriginalQueryString);
        if (context.Features.Get<IExceptionHandlerPathFeature>() is { } failed) return (new PathString(failed.Path), null);
        return (context.Request.Path, context.Request.QueryString.Value);
    }

    private static string InitialsOf(string name) => string.Join(
        ' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => char.IsLetter(word[0])).Take(2).Select(word => StringInfo.GetNextTextElement(word)));
}

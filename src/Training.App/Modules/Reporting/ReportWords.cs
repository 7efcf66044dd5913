using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Reporting;

namespace Training.App.Modules.Reporting;

/// <summary>What a report is of, in the reader's words: programme, rows, and what narrows it.</summary>
internal sealed class ReportWords(DirectoryCatalog catalog, Texts texts)
{
    /// <summary>The words one by one. The question was understood once; what has gone since stands there as its code.</summary>
    public IReadOnlyList<string> Of(ReportRequest question)
    {
        var directory = catalog.Current;
        string?[] words =
        [
            directory.FindEdition(question.Edition) is { } edition ? Name(edition.NameFr, edition.NameAr) : question.Edition,
            texts["reporting.mine.by", string.Join(", ", (string.IsNullOrWhiteSpace(question.By) ? "region" : question.By).Split(',').Select(Dimension))],
            directory.FindRegion(question.Region) is { } region ? Name(region.NameFr, region.NameAr) : question.Region,
            directory.FindProvince(question.Province) is { } province ? Name(province.NameFr, province.NameAr) : question.Province,
            directory.FindLeague(question.League) is { } league ? Name(league.NameFr, league.NameAr) : question.League,
            directory.FindSite(question.Site) is { } site ? Name(site.NameFr, site.NameAr) : question.Site,
            string.IsNullOrWhiteSpace(question.Group) ? null : texts["reporting.mine.oneGroup"],
            Named("track", question.Track), question.Module, question.Month, question.From, question.To, Named("sex", question.Sex),
            AgeBands.Parse(question.AgeBand) is { } band
                ? Texts.WithFacts(texts["reporting.ageBand"], new Dictionary<string, object?> { ["from"] = AgeBands.From(band), ["to"] = AgeBands.To(band) })
                : null,
            question.Category, Named("setting", question.Setting),
        ];
        return [.. words.OfType<string>().Where(word => !string.IsNullOrWhiteSpace(word))];
    }

    private string Dimension(string name) => ReportDimensions.Parse(name.Trim()) is { } dimension ? texts[$"reporting.dimension.{dimension.Name()}"] : name;

    private string? Named(string kind, string? value) =>
        string.IsNullOrWhiteSpace(value) ? null : texts[$"reporting.{kind}{char.ToUpperInvariant(value.Trim()[0])}{value.Trim()[1..]}"];

    private static string Name(string french, string arabic) => Languages.Current == "ar" ? arabic : french;
}

using System.Security.Cryptography;
using Sylvan.Data.Csv;

namespace Training.App.Platform.Seeding;

/// <summary>The reference lists that ship with the application: territory, leagues, clubs, youth houses.</summary>
internal sealed class ReferenceFiles
{
    private static readonly string[] Names = ["regions.csv", "leagues.csv", "provinces.csv", "clubs.csv", "youth-houses.csv"];

    /// <summary>Raised when more is read of the same lists, so that they are loaded anew.</summary>
    private const byte Reading = 2;

    private ReferenceFiles(string folder)
    {
        Regions = [.. Rows(folder, "regions.csv").Select(row => new RegionLine(
            row("hcp_code"), row("name_fr"), row("name_ar"), row("name_tifinagh"), Number(row("est_pop_8_18"))))];
        Leagues = [.. Rows(folder, "leagues.csv").Select(row => new LeagueLine(
            row("code_internal"), row("name_fr"), row("name_ar"), row("region_hcp_code")))];
        Provinces = [.. Rows(folder, "provinces.csv").Select(row => new ProvinceLine(
            row("hcp_code"), row("name_fr"), row("name_ar"), row("region_hcp_code"), row("league_code")))];
        Clubs = [.. Rows(folder, "clubs.csv").Select(row => SiteOf(row) with { PlaysFirstDivision = row("division_2025_26") == "D1" })];
        YouthHouses = [.. Rows(folder, "youth-houses.csv").Select(SiteOf)];
    }

    /// <summary>The twelve regions.</summary>
    public IReadOnlyList<RegionLine> Regions { get; }

    /// <summary>Regional leagues, and national ones without a region.</summary>
    public IReadOnlyList<LeagueLine> Leagues { get; }

    /// <summary>Provinces and prefectures.</summary>
    public IReadOnlyList<ProvinceLine> Provinces { get; }

    /// <summary>Clubs, academies and federal centres: every one of them holds trainings.</summary>
    public IReadOnlyList<SiteLine> Clubs { get; }

    /// <summary>Youth houses.</summary>
    public IReadOnlyList<SiteLine> YouthHouses { get; }

    /// <summary>The folder beside the application.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "seed-data", "reference");

    /// <summary>Reads every list.</summary>
    public static ReferenceFiles Read(string folder) => new(folder);

    /// <summary>SHA-256 over the lists' bytes: tells an unchanged delivery without reading rows.</summary>
    public static byte[] Fingerprint(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([Reading]);
        foreach (var name in Names) hash.AppendData(File.ReadAllBytes(Path.Combine(folder, name)));
        return hash.GetHashAndReset();
    }

    private static SiteLine SiteOf(Func<string, string> row) =>
        new(row("code"), row("name_fr"), row("name_ar"), row("city"), row("province_hcp_code"), row("setting"));

    /// <summary>The rows of one list, as a reading of a column by its heading.</summary>
    public static IEnumerable<Func<string, string>> Rows(string folder, string name)
    {
        using var reader = CsvDataReader.Create(Path.Combine(folder, name));
        while (reader.Read()) yield return column => reader.GetString(reader.GetOrdinal(column)).Trim();
    }

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

internal sealed record RegionLine(string Code, string NameFr, string NameAr, string NameZgh, int EstimatedYouth);

/// <summary>A line of the leagues; the region code is empty for a national one.</summary>
internal sealed record LeagueLine(string Code, string NameFr, string NameAr, string RegionCode);

internal sealed record ProvinceLine(string Code, string NameFr, string NameAr, string RegionCode, string LeagueCode);

/// <summary>A line of the clubs or youth houses; the Arabic name and the setting (<c>urban</c>, <c>rural</c>) are empty where none is known.</summary>
internal sealed record SiteLine(string Code, string NameFr, string NameAr, string City, string ProvinceCode, string Setting)
{
    /// <summary>True for a club of the men's first division.</summary>
    public bool PlaysFirstDivision { get; init; }
}

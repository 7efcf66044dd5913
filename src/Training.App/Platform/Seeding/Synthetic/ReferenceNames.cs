using System.Collections.Frozen;
using Sylvan.Data.Csv;

namespace Training.App.Platform.Seeding.Synthetic;

/// <summary>A name of the reference lists in both scripts with the other spellings in use.</summary>
internal sealed record ReferenceName(string Latin, string Arabic, string[] Variants);

/// <summary>The reference lists that invented people are made of.</summary>
internal sealed class ReferenceNames
{
    private ReferenceNames(
        IReadOnlyList<ReferenceName> boys, IReadOnlyList<ReferenceName> girls, IReadOnlyList<ReferenceName> families,
        IReadOnlyList<SyntheticSite> clubs, FrozenDictionary<string, string[]> provincesByRegion)
    {
        Boys = boys;
        Girls = girls;
        Families = families;
        Clubs = clubs;
        ProvincesByRegion = provincesByRegion;
    }

    public IReadOnlyList<ReferenceName> Boys { get; }

    public IReadOnlyList<ReferenceName> Girls { get; }

    public IReadOnlyList<ReferenceName> Families { get; }

    public IReadOnlyList<SyntheticSite> Clubs { get; }

    /// <summary>Province codes of each region; a region's code is the first two characters of its provinces'.</summary>
    public FrozenDictionary<string, string[]> ProvincesByRegion { get; }

    public static ReferenceNames Read(string folder)
    {
        var given = Rows(folder, "first-names.csv", "gender", "latin", "arabic", "latin_variants");
        return new ReferenceNames(
            [.. given.Where(row => row[0] == "m").Select(row => Name(row[1], row[2], row[3]))],
            [.. given.Where(row => row[0] == "f").Select(row => Name(row[1], row[2], row[3]))],
            [.. Rows(folder, "surnames.csv", "latin", "arabic", "latin_variants").Select(row => Name(row[0], row[1], row[2]))],
            [.. Rows(folder, "clubs.csv", "code", "province_hcp_code").Select(row => new SyntheticSite(row[0], row[1]))],
            Rows(folder, "provinces.csv", "hcp_code", "region_hcp_code").GroupBy(row => row[1], row => row[0])
                .ToFrozenDictionary(region => region.Key, region => region.ToArray()));
    }

    private static ReferenceName Name(string latin, string arabic, string variants) =>
        new(latin, arabic, variants.Split('|', StringSplitOptions.RemoveEmptyEntries));

    private static List<string[]> Rows(string folder, string file, params string[] columns)
    {
        using var reader = CsvDataReader.Create(Path.Combine(folder, file), new CsvDataReaderOptions { Delimiter = ',' });
        var ordinals = Array.ConvertAll(columns, reader.GetOrdinal);
        var rows = new List<string[]>();
        while (reader.Read()) rows.Add(Array.ConvertAll(ordinals, reader.GetString));
        return rows;
    }
}

using System.Runtime.InteropServices;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>Where rows of a list would go.</summary>
/// <param name="SiteId">The site.</param>
/// <param name="Group">The group that the list names; null: any with a place.</param>
/// <param name="Rows">Rows that take a place there as they stand: new and known children to be enrolled.</param>
internal readonly record struct ListedPlace(int SiteId, string? Group, int Rows);

/// <summary>The places that the good rows of a list ask for: each site and named group once.</summary>
internal sealed class ListedPlaces
{
    private readonly List<ListedPlace> places = [];
    private readonly Dictionary<(int Site, string? Group), int> numbers = [];
    private readonly Dictionary<int, int> ofRow = [];

    /// <summary>The places, the first of them by the number 1.</summary>
    public IReadOnlyList<ListedPlace> All => places;

    /// <summary>Notes where a row would go, and answers the place's number.</summary>
    public int Add(int row, int siteId, string? group)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, (siteId, group?.ToUpperInvariant()), out var known);
        if (!known)
        {
            places.Add(new ListedPlace(siteId, group, 0));
            number = places.Count;
        }
        return ofRow[row] = number;
    }

    /// <summary>The number of a row's place.</summary>
    public int NumberOf(int row) => ofRow[row];

    /// <summary>The site of a row.</summary>
    public int SiteOf(int row) => places[ofRow[row] - 1].SiteId;

    /// <summary>Counts a row in, or out again.</summary>
    public void Count(int row, int by)
    {
        ref var place = ref CollectionsMarshal.AsSpan(places)[ofRow[row] - 1];
        place = place with { Rows = place.Rows + by };
    }
}

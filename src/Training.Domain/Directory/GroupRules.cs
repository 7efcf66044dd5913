using Training.Domain.Common;

namespace Training.Domain.Directory;

/// <summary>What a new group must satisfy.</summary>
public static class GroupRules
{
    /// <summary>Checks name and capacity and notes every fault.</summary>
    /// <param name="name">As typed.</param>
    /// <param name="capacity">Places; null when not given.</param>
    /// <param name="faults">Receives <c>missing</c>, <c>tooLong</c> and <c>outOfRange</c> under <c>name</c> and <c>capacity</c>.</param>
    /// <returns>The cleaned name.</returns>
    public static string Check(string? name, int? capacity, Faults faults)
    {
        var cleaned = PersonText.Clean(name);
        if (cleaned.Length == 0) faults.Add("name", "missing");
        else if (cleaned.Length > Group.NameMax) faults.Add("name", "tooLong", ("max", Group.NameMax));
        CheckCapacity(capacity, faults);
        return cleaned;
    }
    /// <summary>Checks a number of places.</summary>
    /// <param name="capacity">Places; null when not given.</param>
    /// <param name="faults">Receives <c>missing</c> and <c>outOfRange</c> under <c>capacity</c>.</param>
    public static void CheckCapacity(int? capacity, Faults faults)
    {
        if (capacity is null) faults.Add("capacity", "missing");
        else if (capacity is < 1 or > Group.CapacityMax) faults.Add("capacity", "outOfRange", ("min", 1), ("max", Group.CapacityMax));
    }
}

using System.Diagnostics;
using Training.Domain.Directory;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Imports.Committing;

/// <summary>
/// What the chunks of one transaction have come to so far. A transaction that is run again begins with a new one, so nothing of a run that
/// was undone is kept.
/// </summary>
/// <param name="firstGroupKey">First of the keys reserved for groups.</param>
/// <param name="unused">Guardians of rows that fell before, whom a later row may name.</param>
internal sealed class Turn(int firstGroupKey, IReadOnlyList<Guardian> unused)
{
    private readonly long began = Stopwatch.GetTimestamp();

    /// <summary>How long everybody else has been held up.</summary>
    public TimeSpan Held => Stopwatch.GetElapsedTime(began);

    /// <summary>The chunk written last; null before the first.</summary>
    public Chunk? Last { get; set; }

    /// <summary>Rows that were not registered after all.</summary>
    public List<FallenRow> Fallen { get; } = [];

    /// <summary>Groups that were opened, each with the next of the keys reserved.</summary>
    public List<Group> Opened { get; } = [];

    /// <summary>The key of the next group.</summary>
    public int NextGroupKey => firstGroupKey + Opened.Count;

    /// <summary>Guardians of rows that fell: not recorded until a later row names them too.</summary>
    public IReadOnlyList<Guardian> Unused { get; set; } = unused;

    /// <summary>Sites where somebody was registered.</summary>
    public HashSet<int> Sites { get; } = [];

    /// <summary>How many rows were registered.</summary>
    public int Registered { get; set; }
}

using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.Data.Registry;

/// <summary>
/// The names of the children born on a day, kept in memory by the one writer of a database, so that a registration need not read a
/// hundred files to find the few whose names can meet its own. The writer counts every row of <c>Participants</c> that is touched;
/// one that was not explained here makes the book forget everything.
/// </summary>
/// <remarks>Not thread-safe: it belongs to the change that runs.</remarks>
public sealed class BirthdayBook
{
    /// <summary>More children than the programme has; a dozen megabytes, since names repeat.</summary>
    private const int ChildrenMax = 300_000;

    private readonly Dictionary<(Sex Sex, DateOnly BirthDate), List<Child>> days = [];
    private int children;
    private long touched;
    private long explained;

    /// <summary>A child as far as its name decides whether more must be read.</summary>
    /// <param name="Id">Key of the file.</param>
    /// <param name="Given">Given name.</param>
    /// <param name="Family">Family name.</param>
    public readonly record struct Child(int Id, NameForms Given, NameForms Family);

    /// <summary>True when nothing is kept, so that nothing can be stale.</summary>
    public bool IsEmpty => days.Count == 0;

    /// <summary>Called for every row of <c>Participants</c> that is inserted, changed or deleted.</summary>
    public void Touch() => touched++;

    /// <summary>The children of a day and sex; read when they are not known.</summary>
    /// <param name="sex">The sex.</param>
    /// <param name="birthDate">The day.</param>
    /// <param name="read">Reads them all from the database.</param>
    public IReadOnlyList<Child> BornOn(Sex sex, DateOnly birthDate, Func<Sex, DateOnly, List<Child>> read)
    {
        if (touched != explained) Forget();
        if (days.TryGetValue((sex, birthDate), out var known)) return known;
        known = read(sex, birthDate);
        if (children + known.Count > ChildrenMax) Forget();
        children += known.Count;
        days.Add((sex, birthDate), known);
        return known;
    }

    /// <summary>Explains one row that was inserted: a child who has just been registered.</summary>
    public void Registered(Participant child)
    {
        explained++;
        if (!days.TryGetValue((child.Sex, child.BirthDate), out var day)) return;
        day.Add(new Child(child.Id, NameForms.Of(child.GivenName, child.GivenNameAr), NameForms.Of(child.FamilyName, child.FamilyNameAr)));
        children++;
    }

    /// <summary>Forgets everything: something was undone, or changed elsewhere.</summary>
    public void Forget()
    {
        days.Clear();
        children = 0;
        explained = touched;
    }
}

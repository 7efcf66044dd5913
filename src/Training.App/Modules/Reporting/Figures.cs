namespace Training.App.Modules.Reporting;

/// <summary>The figures behind one row, before small ones are withheld.</summary>
internal readonly record struct Figures
{
    /// <summary>Live enrollments with a place and consent.</summary>
    public int Active { get; init; }

    /// <summary>Live enrollments with a place whose consent is missing.</summary>
    public int Awaiting { get; init; }

    /// <summary>Girls among those with a place.</summary>
    public int Girls { get; init; }

    /// <summary>On the waiting list.</summary>
    public int Waiting { get; init; }

    /// <summary>Enrollments that ended.</summary>
    public int Withdrawn { get; init; }

    /// <summary>Completion certificates that stand.</summary>
    public int Completed { get; init; }

    /// <summary>Certificates whose document exists.</summary>
    public int Certificates { get; init; }

    /// <summary>Sessions planned, under way or closed.</summary>
    public int Sessions { get; init; }

    /// <summary>Sessions with marks, or closed.</summary>
    public int Held { get; init; }

    /// <summary>Closed sessions.</summary>
    public int Closed { get; init; }

    /// <summary>Minutes of the sessions held.</summary>
    public int Minutes { get; init; }

    /// <summary>Marks "present".</summary>
    public int OnTime { get; init; }

    /// <summary>Marks "late".</summary>
    public int Late { get; init; }

    /// <summary>Marks "excused".</summary>
    public int Excused { get; init; }

    /// <summary>Marks "absent".</summary>
    public int Absent { get; init; }

    /// <summary>Live enrollments with a place.</summary>
    public int Enrolled => Active + Awaiting;

    /// <summary>Marks of any kind.</summary>
    public int Marked => OnTime + Late + Excused + Absent;

    /// <summary>Marks present or late.</summary>
    public int Attended => OnTime + Late;

    public static Figures operator +(Figures left, Figures right) => new()
    {
        Active = left.Active + right.Active,
        Awaiting = left.Awaiting + right.Awaiting,
        Girls = left.Girls + right.Girls,
        Waiting = left.Waiting + right.Waiting,
        Withdrawn = left.Withdrawn + right.Withdrawn,
        Completed = left.Completed + right.Completed,
        Certificates = left.Certificates + right.Certificates,
        Sessions = left.Sessions + right.Sessions,
        Held = left.Held + right.Held,
        Closed = left.Closed + right.Closed,
        Minutes = left.Minutes + right.Minutes,
        OnTime = left.OnTime + right.OnTime,
        Late = left.Late + right.Late,
        Excused = left.Excused + right.Excused,
        Absent = left.Absent + right.Absent,
    };
}

/// <summary>Where a figure stands: a key for each dimension asked for, 0 where none is.</summary>
internal readonly record struct CellKey(int A, int B = 0, int C = 0)
{
    /// <summary>The key along one axis.</summary>
    public int this[int axis] => axis switch { 0 => A, 1 => B, _ => C };

    /// <summary>A key of so many axes.</summary>
    public static CellKey Of(ReadOnlySpan<int> keys) => new(keys.Length > 0 ? keys[0] : 0, keys.Length > 1 ? keys[1] : 0, keys.Length > 2 ? keys[2] : 0);
}

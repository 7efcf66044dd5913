namespace Training.Domain.Reporting;

/// <summary>The form of an ordered report.</summary>
public enum ReportForm : byte
{
    /// <summary>For a French or Arabic spreadsheet.</summary>
    Csv = 1,

    /// <summary>For publication.</summary>
    OpenData = 2,

    /// <summary>A workbook.</summary>
    Xlsx = 3,

    /// <summary>Printed.</summary>
    Pdf = 4,
}

/// <summary>Where an ordered report stands. The names are public.</summary>
public enum ReportOrderStatus : byte
{
    /// <summary>Ordered; nobody has begun.</summary>
    Waiting = 1,

    /// <summary>The file is there until it expires.</summary>
    Done = 2,

    /// <summary>It could not be made; the problem says why.</summary>
    Refused = 3,
}

/// <summary>A report that somebody ordered as a file. It shows what its owner could see when it was ordered, and only while that is so.</summary>
public sealed class ReportOrder
{
    /// <summary>Longest question, in characters.</summary>
    public const int QuestionMax = 2000;

    /// <summary>How long a file is kept once somebody ordered it.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>How long one is kept that a schedule ordered: its reader need not come on that very day.</summary>
    public static readonly TimeSpan ScheduledLife = TimeSpan.FromDays(7);

    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>Who ordered it, and alone may read it.</summary>
    public required string By { get; init; }

    /// <summary>What the owner could see then, in the text form of the access scope.</summary>
    public required string Scope { get; init; }

    /// <summary>Culture of the file, for instance <c>fr-MA</c>.</summary>
    public required string Culture { get; init; }

    /// <summary>The question, as JSON; codes of places and dimensions, no person.</summary>
    public required string Question { get; init; }

    /// <summary>The form of the file.</summary>
    public required ReportForm Form { get; init; }

    /// <summary>When it was ordered.</summary>
    public required DateTimeOffset OrderedAt { get; init; }

    /// <summary>The schedule that ordered it; null when its owner did.</summary>
    public int? ScheduleId { get; init; }

    /// <summary>How much of it is written, 0 to 100.</summary>
    public byte Percent { get; private set; }

    /// <summary>Where it stands.</summary>
    public ReportOrderStatus Status { get; private set; } = ReportOrderStatus.Waiting;

    /// <summary>Hash of the file; null while there is none.</summary>
    public string? FileHash { get; private set; }

    /// <summary>Stable code of the refusal; null when there is none.</summary>
    public string? Problem { get; private set; }

    /// <summary>When the file goes.</summary>
    public DateTimeOffset ExpiresAt => OrderedAt + (ScheduleId is null ? Life : ScheduledLife);

    /// <summary>True while the file may be fetched.</summary>
    public bool IsReadable(DateTimeOffset now) => Status == ReportOrderStatus.Done && now < ExpiresAt;

    /// <summary>The file is there; a second time changes nothing.</summary>
    public void Finish(string fileHash)
    {
        if (Status == ReportOrderStatus.Waiting) (Status, FileHash, Percent) = (ReportOrderStatus.Done, fileHash, 100);
    }

    /// <summary>It cannot be made.</summary>
    public void Refuse(string problem)
    {
        if (Status == ReportOrderStatus.Waiting) (Status, Problem) = (ReportOrderStatus.Refused, problem);
    }
}

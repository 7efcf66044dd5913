namespace Training.Domain.Reporting;

/// <summary>How often a report is made by itself. The names are public.</summary>
public enum ReportRhythm : byte
{
    /// <summary>Every Monday morning.</summary>
    Weekly = 1,

    /// <summary>On the first morning of each month.</summary>
    Monthly = 2,
}

/// <summary>Whether a schedule runs. The names are public.</summary>
public enum ReportScheduleStatus : byte
{
    /// <summary>It runs.</summary>
    Active = 1,

    /// <summary>Its owner has let it rest.</summary>
    Paused = 2,

    /// <summary>It has stopped by itself; its owner may let it run again.</summary>
    Stopped = 3,
}

/// <summary>
/// A view of the figures that its owner gets again and again. Nothing of what the owner may see is kept: every run asks anew, and one
/// whose owner has lost the access stops.
/// </summary>
public sealed class ReportSchedule
{
    /// <summary>Runs that may fail one after the other; with the last of them the schedule stops.</summary>
    public const int FailuresMax = 5;

    /// <summary>Most schedules of one person.</summary>
    public const int PerOwnerMax = 20;

    /// <summary>The hour of the morning at which reports are made, in legal time.</summary>
    public const int Hour = 6;

    /// <summary>Why a schedule stops whose owner may not read reports any more.</summary>
    public const string AccessEnded = "accessEnded";

    /// <summary>Why a run fails whose predecessor was never written.</summary>
    public const string NotWritten = "notWritten";

    /// <summary>Why a run fails whose mail the server did not take.</summary>
    public const string NotMailed = "notMailed";

    /// <summary>Internal key.</summary>
    public required int Id { get; init; }

    /// <summary>Key of the account it belongs to.</summary>
    public required int AccountId { get; init; }

    /// <summary>The question, as JSON; codes of places and dimensions, no person.</summary>
    public required string Question { get; init; }

    /// <summary>The form of the files.</summary>
    public required ReportForm Form { get; init; }

    /// <summary>Culture of the files and the mails, for instance <c>fr-MA</c>.</summary>
    public required string Culture { get; init; }

    /// <summary>How often.</summary>
    public required ReportRhythm Rhythm { get; init; }

    /// <summary>When it was saved.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it runs next; only one process moves it on, and that one runs it.</summary>
    public required DateTimeOffset NextAt { get; set; }

    /// <summary>Whether it runs.</summary>
    public ReportScheduleStatus Status { get; private set; } = ReportScheduleStatus.Active;

    /// <summary>Runs that failed since the last that did not.</summary>
    public int Failures { get; private set; }

    /// <summary>Stable code of what went wrong last; null when nothing did.</summary>
    public string? Problem { get; private set; }

    /// <summary>When it ran last; null before the first time.</summary>
    public DateTimeOffset? LastAt { get; private set; }

    /// <summary>The report of the last run whose outcome is not known yet; null when there is none.</summary>
    public int? PendingOrderId { get; private set; }

    /// <summary>The first local day after another on which a rhythm is due.</summary>
    public static DateOnly NextDay(ReportRhythm rhythm, DateOnly after) => rhythm switch
    {
        ReportRhythm.Weekly => after.AddDays(((int)DayOfWeek.Monday - (int)after.DayOfWeek + 6) % 7 + 1),
        ReportRhythm.Monthly => new DateOnly(after.Year, after.Month, 1).AddMonths(1),
        _ => throw new ArgumentOutOfRangeException(nameof(rhythm)),
    };

    /// <summary>A run has ordered a report. When the one before was never written, that is a failure too.</summary>
    /// <returns>False when the schedule stopped by it and the run must not be made.</returns>
    public bool Begin(int orderId, DateTimeOffset at)
    {
        if (Status != ReportScheduleStatus.Active) return false;
        if (PendingOrderId is not null) Fail(NotWritten);
        if (Status != ReportScheduleStatus.Active) return false;
        (PendingOrderId, LastAt) = (orderId, at);
        return true;
    }

    /// <summary>The report of a run is there and was delivered; what happened to an older one changes nothing.</summary>
    public void Succeed(int orderId)
    {
        if (PendingOrderId == orderId) (PendingOrderId, Failures, Problem) = (null, 0, null);
    }

    /// <summary>The report of a run could not be made or delivered; what happened to an older one changes nothing.</summary>
    public void Fail(int orderId, string problem)
    {
        if (PendingOrderId == orderId) Fail(problem);
    }

    /// <summary>A run could not even be ordered.</summary>
    public void FailAt(DateTimeOffset at, string problem)
    {
        LastAt = at;
        Fail(problem);
    }

    /// <summary>Stops it by itself.</summary>
    public void Stop(string problem) => (Status, Problem, PendingOrderId) = (ReportScheduleStatus.Stopped, problem, null);

    /// <summary>Its owner lets it rest.</summary>
    /// <returns>False when it does not run.</returns>
    public bool Pause()
    {
        if (Status != ReportScheduleStatus.Active) return false;
        Status = ReportScheduleStatus.Paused;
        return true;
    }

    /// <summary>Its owner lets it run again; earlier failures are forgotten.</summary>
    /// <param name="nextAt">When it runs next: what was missed is not made up for.</param>
    /// <returns>False when it runs already.</returns>
    public bool Resume(DateTimeOffset nextAt)
    {
        if (Status == ReportScheduleStatus.Active) return false;
        (Status, NextAt, Failures, Problem, PendingOrderId) = (ReportScheduleStatus.Active, nextAt, 0, null, null);
        return true;
    }

    private void Fail(string problem)
    {
        (PendingOrderId, Failures, Problem) = (null, Failures + 1, problem);
        if (Failures >= FailuresMax && Status == ReportScheduleStatus.Active) Status = ReportScheduleStatus.Stopped;
    }
}

using Training.Domain.Common;

namespace Training.Domain.Rights;

/// <summary>How long the data of an edition are kept (working assumption of the programme, to be confirmed by the owner's counsel).</summary>
public sealed class RetentionRule
{
    /// <summary>Months after which a file is closed when nobody has said otherwise.</summary>
    public const int FileMonthsDefault = 24;

    /// <summary>Days after which an uploaded list goes when nobody has said otherwise.</summary>
    public const int ListDaysDefault = 30;

    private const int FileMonthsMax = 120;
    private const int ListDaysMin = 15;
    private const int ListDaysMax = 365;

    /// <summary>The edition.</summary>
    public required int EditionId { get; init; }

    /// <summary>Months after the edition's end after which the file of a child without a later edition is erased.</summary>
    public required int FileMonths { get; set; }

    /// <summary>Days after which an uploaded list is removed, counted from when it was done, undone, refused or left alone.</summary>
    public required int ListDays { get; set; }

    /// <summary>Who said so.</summary>
    public required string SetBy { get; set; }

    /// <summary>When.</summary>
    public required DateTimeOffset SetAt { get; set; }

    /// <summary>Checks what a person sets.</summary>
    /// <param name="fileMonths">1 to 120.</param>
    /// <param name="listDays">15 to 365: an import can be undone for two weeks.</param>
    /// <param name="faults">Receives <c>missing</c> and <c>outOfRange</c>.</param>
    public static void Check(int? fileMonths, int? listDays, Faults faults)
    {
        Between("fileMonths", fileMonths, 1, FileMonthsMax, faults);
        Between("listDays", listDays, ListDaysMin, ListDaysMax, faults);
    }

    /// <summary>The first day on which files of an edition are due.</summary>
    public static DateOnly FilesDueOn(DateOnly endsOn, int fileMonths) => endsOn.AddMonths(fileMonths).AddDays(1);

    private static void Between(string field, int? value, int min, int max, Faults faults)
    {
        if (value is null) faults.Add(field, "missing");
        else if (value < min || value > max) faults.Add(field, "outOfRange", ("min", min), ("max", max));
    }
}

/// <summary>One run of the rules: what went. Rows are only added.</summary>
public sealed class RetentionRun
{
    /// <summary>Internal key, given by the database.</summary>
    public int Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Children whose files were erased.</summary>
    public required int Files { get; init; }

    /// <summary>Uploaded lists that were removed.</summary>
    public required int Lists { get; init; }

    /// <summary>Readings that were removed.</summary>
    public required int Readings { get; init; }

    /// <summary>Files that were due and could not be erased; they are tried again.</summary>
    public required int Failed { get; init; }
}

using Training.Domain.Common;

namespace Training.Domain.Enrollments;

/// <summary>Why a youth leaves: a short list, so that it can be counted; "other" says it in words.</summary>
public static class WithdrawalReasons
{
    /// <summary>Needs a note.</summary>
    public const string Other = "other";

    /// <summary>A child that is said to have died comes back only when somebody says that this was a mistake.</summary>
    public const string Deceased = "deceased";

    /// <summary>The codes, in the order they are offered.</summary>
    public static IReadOnlyList<string> All { get; } = ["moved", "injured", "school", "familyWish", Deceased, Other];

    /// <summary>Checks a reason and its note.</summary>
    /// <param name="reason">As sent.</param>
    /// <param name="note">As typed; null when nothing.</param>
    /// <param name="faults">Receives <c>missing</c>, <c>notAmong</c> and <c>tooLong</c> under <c>reason</c> and <c>note</c>, and <c>nationalId</c>.</param>
    /// <returns>The cleaned note; null when none.</returns>
    public static string? Check(string? reason, string? note, Faults faults)
    {
        if (string.IsNullOrWhiteSpace(reason)) faults.Add("reason", "missing");
        else if (!All.Contains(reason)) faults.Add("reason", "notAmong", ("possible", string.Join(", ", All)));
        var words = CheckNote(note, "note", faults);
        if (reason == Other && words is null) faults.Add("note", "missing");
        return words;
    }

    /// <summary>Checks a note that goes into an enrollment's history.</summary>
    /// <returns>The cleaned note; null when none.</returns>
    public static string? CheckNote(string? note, string field, Faults faults)
    {
        var words = PersonText.CleanOrNull(note);
        if (words?.Length > EnrollmentChange.NoteMax) faults.Add(field, "tooLong", ("max", EnrollmentChange.NoteMax));
        else if (words is not null && NationalIdPattern.Occurs(words)) faults.Add(field, "nationalId");
        return words;
    }
}

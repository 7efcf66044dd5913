using Training.Domain.Common;

namespace Training.Domain.Attendance;

/// <summary>Reasons and notes as people type them, cleaned at the border.</summary>
public static class FreeText
{
    /// <summary>Cleans a text; notes a fault when it is missing though needed, too long, or holds an identity number.</summary>
    /// <returns>The text; null when none was given or it cannot be kept.</returns>
    public static string? Read(string? text, string field, bool required, int max, Faults faults)
    {
        if (PersonText.CleanOrNull(text) is not { } clean)
        {
            if (required) faults.Add(field, "missing");
            return null;
        }
        if (clean.Length > max) faults.Add(field, "tooLong", ("max", max));
        else if (NationalIdPattern.Occurs(clean)) faults.Add(field, "nationalId");
        else return clean;
        return null;
    }
}

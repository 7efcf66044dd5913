using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.Domain.Registry;

/// <summary>
/// The optional codes other bodies gave a child. Sources: Massar a letter and nine digits (working assumption), FIFA Connect ID
/// <c>^[0-9A-NP-Z]{6}[0-9A-NP-U]$</c>, licence number free text.
/// </summary>
public static class OfficialCodes
{
    private const int LicenceMax = 40;

    /// <summary>Upper case without blanks; null when nothing was given.</summary>
    public static string? Clean(string? code) =>
        PersonText.CleanOrNull(code)?.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    internal static void Check(RegistrationInput input, Faults faults)
    {
        if (Clean(input.MassarCode) is { } massar && !IsMassar(massar)) faults.Add("participant.massarCode", "massarMalformed");
        if (Clean(input.FifaId) is { } fifa && !IsFifa(fifa)) faults.Add("participant.fifaId", "fifaMalformed");
        if (PersonText.CleanOrNull(input.LicenceNumber) is { } licence)
        {
            if (licence.Length > LicenceMax) faults.Add("participant.licenceNumber", "tooLong", ("max", LicenceMax));
            else if (PersonText.LooksLikeNationalId(licence)) faults.Add("participant.licenceNumber", "nationalId");
        }
        if (PersonText.CleanOrNull(input.Note) is not { } note) return;
        if (note.Length > Participant.NoteMax) faults.Add("participant.note", "tooLong", ("max", Participant.NoteMax));
        else if (PersonText.LooksLikeNationalId(note)) faults.Add("participant.note", "nationalId");
    }

    private static bool IsMassar(string code) =>
        code.Length == 10 && char.IsAsciiLetterUpper(code[0]) && code.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsFifa(string code) =>
        code.Length == 7 && code.All(symbol => char.IsAsciiDigit(symbol) || (char.IsAsciiLetterUpper(symbol) && symbol != 'O'))
        && (char.IsAsciiDigit(code[6]) || code[6] <= 'U');
}

using System.Text;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.Domain.Registry;

/// <summary>A child's name, complete in at least one script.</summary>
/// <param name="Given">Given name, Latin; null when unknown.</param>
/// <param name="Family">Family name, Latin; null when unknown.</param>
/// <param name="GivenAr">Given name, Arabic; null when unknown.</param>
/// <param name="FamilyAr">Family name, Arabic; null when unknown.</param>
public sealed record PersonName(string? Given, string? Family, string? GivenAr, string? FamilyAr)
{
    /// <summary>Cleans and checks the four parts; a part typed in the other script's field is moved there when that one is empty.</summary>
    public static PersonName Check(RegistrationInput input, Faults faults)
    {
        var (given, givenAr) = Place(PersonText.CleanOrNull(input.GivenName), PersonText.CleanOrNull(input.GivenNameAr), "participant.givenName", faults);
        var (family, familyAr) = Place(PersonText.CleanOrNull(input.FamilyName), PersonText.CleanOrNull(input.FamilyNameAr), "participant.familyName", faults);
        var inLatin = given is not null && family is not null;
        var inArabic = givenAr is not null && familyAr is not null;
        if (!inLatin && !inArabic)
        {
            if (given is null && givenAr is null) faults.Add("participant.givenName", "nameMissing");
            if (family is null && familyAr is null) faults.Add("participant.familyName", "nameMissing");
            if (faults.None && (given is null || family is null)) faults.Add("participant.familyName", "nameScriptsDiffer");
        }
        return new PersonName(given, family, givenAr, familyAr);
    }

    /// <summary>The rules of every free name: not too long, at least one letter, no identity number.</summary>
    internal static void CheckText(string text, string field, int max, Faults faults, bool digits = true)
    {
        if (text.Length <= max && IsPlain(text)) return; // As nearly all names are; the rules below look at each character several times.
        if (text.Length == 0) faults.Add(field, "missing");
        else if (text.Length > max) faults.Add(field, "tooLong", ("max", max));
        else if (PersonText.LooksLikeNationalId(text)) faults.Add(field, "nationalId");
        else if (!PersonText.HasLetter(text)) faults.Add(field, "noLetter");
        else if (HasForeignSign(text)) faults.Add(field, "foreignLetters");
        else if (!digits && text.Any(char.IsDigit)) faults.Add(field, "digitInName"); // An institution's name may have one.
    }

    /// <summary>Letters of the two alphabets with spaces, hyphens and apostrophes between them, which no rule objects to.</summary>
    private static bool IsPlain(string text)
    {
        var letters = 0;
        foreach (var c in text)
        {
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '\u00C0' and <= '\u017F' and not '\u00D7' and not '\u00F7')
                or (>= '\u0621' and <= '\u063A') or (>= '\u0641' and <= '\u064A')) letters++;
            else if (c is not (' ' or '-' or '\'')) return false;
        }
        return letters > 0;
    }

    /// <summary>What stands between the letters of names; everything else is a slip of the keyboard or an attack on a spreadsheet.</summary>
    private const string InNames = "-'’ʼ‘.،,()/°";

    /// <summary>A letter or picture that neither the registers nor the printed certificate can write.</summary>
    private static bool HasForeignSign(string text)
    {
        foreach (var sign in text.EnumerateRunes())
        {
            if (Rune.IsLetter(sign) && (!sign.IsBmp || !(PersonText.ContainsLatin([(char)sign.Value]) || PersonText.ContainsArabic([(char)sign.Value]))))
                return true;
            if (Rune.IsSymbol(sign) || (Rune.IsPunctuation(sign) && !InNames.Contains((char)sign.Value, StringComparison.Ordinal))) return true;
        }
        return false;
    }

    private static (string? Latin, string? Arabic) Place(string? latin, string? arabic, string field, Faults faults)
    {
        if (latin is not null && PersonText.ContainsArabic(latin))
        {
            if (!PersonText.ContainsLatin(latin) && arabic is null) (latin, arabic) = (null, latin);
            else faults.Add(field, "notLatin");
        }
        if (arabic is not null && PersonText.ContainsLatin(arabic))
        {
            if (!PersonText.ContainsArabic(arabic) && latin is null) (latin, arabic) = (arabic, null);
            else faults.Add($"{field}Ar", "notArabic");
        }
        if (latin is not null) CheckText(latin, field, Participant.NameMax, faults, digits: false);
        if (arabic is not null) CheckText(arabic, $"{field}Ar", Participant.NameMax, faults, digits: false);
        return (latin, arabic);
    }
}

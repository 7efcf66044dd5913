using Training.Domain.Common;

namespace Training.Domain.Directory;

/// <summary>What the directorate says of the edition to come; everything else is as in the edition before.</summary>
/// <param name="Code">Public code: lower-case letters, digits and hyphens.</param>
/// <param name="NameFr">French name.</param>
/// <param name="NameAr">Arabic name.</param>
/// <param name="StartsOn">First day.</param>
/// <param name="EndsOn">Last day, inclusive.</param>
/// <param name="AgeReferenceDate">The day on which ages are counted; null: the same day of the year, as many years on as the start.</param>
/// <param name="Target">Youths to enroll, nationwide; null: as before.</param>
public sealed record NextEdition(
    string? Code, string? NameFr, string? NameAr, DateOnly? StartsOn, DateOnly? EndsOn, DateOnly? AgeReferenceDate, int? Target)
{
    /// <summary>Longest code, in characters.</summary>
    public const int CodeMax = 40;

    /// <summary>Longest name, in characters.</summary>
    public const int NameMax = 120;

    private const int TargetMax = 10_000_000;

    /// <summary>Checks what was said and makes the edition, with the settings of the one before.</summary>
    /// <param name="before">The edition it follows.</param>
    /// <param name="id">Its key.</param>
    public Result<Edition> After(Edition before, int id)
    {
        var faults = new Faults();
        var code = (Code ?? "").Trim();
        if (code.Length == 0) faults.Add("code", "missing");
        else if (code.Length > CodeMax) faults.Add("code", "tooLong", ("max", CodeMax));
        else if (!code.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign == '-')) faults.Add("code", "editionCodeMalformed");
        var nameFr = NameOf(NameFr, "nameFr", faults);
        var nameAr = NameOf(NameAr, "nameAr", faults);
        if (Target is < 1 or > TargetMax) faults.Add("target", "outOfRange", ("min", 1), ("max", TargetMax));
        if (StartsOn is null) faults.Add("startsOn", "missing");
        else if (StartsOn <= before.StartsOn) faults.Add("startsOn", "tooEarly", ("after", before.StartsOn));
        if (EndsOn is null) faults.Add("endsOn", "missing");
        else if (EndsOn <= StartsOn) faults.Add("endsOn", "tooEarly", ("after", StartsOn));
        if (AgeReferenceDate <= before.AgeReferenceDate) faults.Add("ageReferenceDate", "tooEarly", ("after", before.AgeReferenceDate));
        if (!faults.None) return faults.ToError();

        return new Edition
        {
            Id = id,
            Code = code,
            FollowsId = before.Id,
            Track = before.Track,
            NameFr = nameFr,
            NameAr = nameAr,
            Target = Target ?? before.Target,
            AgeMin = before.AgeMin,
            AgeMax = before.AgeMax,
            AgeReferenceDate = AgeReferenceDate ?? before.AgeReferenceDate.AddYears(Math.Max(1, StartsOn!.Value.Year - before.StartsOn.Year)),
            StartsOn = StartsOn!.Value,
            EndsOn = EndsOn!.Value,
            DefaultGroupCapacity = before.DefaultGroupCapacity,
            OfferHours = before.OfferHours,
            BadgeAgeMin = before.BadgeAgeMin,
            Completion = before.Completion,
            CertificateTextFr = before.CertificateTextFr,
            CertificateTextAr = before.CertificateTextAr,
            IssuerFr = before.IssuerFr,
            IssuerAr = before.IssuerAr,
        };
    }

    private static string NameOf(string? typed, string field, Faults faults)
    {
        var name = PersonText.Clean(typed);
        if (name.Length == 0) faults.Add(field, "missing");
        else if (name.Length > NameMax) faults.Add(field, "tooLong", ("max", NameMax));
        return name;
    }
}

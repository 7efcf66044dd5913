using System.Globalization;
using Training.Domain.Common;
using Training.Domain.Directory;
using Training.Domain.Registry;
using Training.Domain.Registry.Names;

namespace Training.Domain.Enrollments;

/// <summary>A guardian whose input was found good.</summary>
/// <param name="Name">Cleaned name.</param>
/// <param name="Relationship">Capacity.</param>
/// <param name="Phone">Phone; empty when none.</param>
/// <param name="Language">Language of messages.</param>
public sealed record CheckedGuardian(string Name, Relationship Relationship, PhoneNumber Phone, FamilyLanguage Language);

/// <summary>A consent whose input was found good.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="Method">How proven.</param>
/// <param name="Guardian">Index in the guardians.</param>
/// <param name="GivenOn">The day (Africa/Casablanca).</param>
public sealed record CheckedConsent(ConsentPurpose Purpose, ConsentMethod Method, int Guardian, DateOnly GivenOn);

/// <summary>A registration whose input was found good: the one set of rules behind form, API and import.</summary>
public sealed class Registration
{
    private Registration(
        PersonName name, DateOnly birthDate, Sex sex, RegistrationInput input,
        IReadOnlyList<CheckedGuardian> guardians, IReadOnlyList<CheckedConsent> consents)
    {
        Name = name;
        BirthDate = birthDate;
        Sex = sex;
        ProvinceId = input.ProvinceId;
        MassarCode = OfficialCodes.Clean(input.MassarCode);
        FifaId = OfficialCodes.Clean(input.FifaId);
        LicenceNumber = PersonText.CleanOrNull(input.LicenceNumber);
        Note = PersonText.CleanOrNull(input.Note);
        Guardians = guardians;
        Consents = consents;
    }

    /// <summary>The child's name.</summary>
    public PersonName Name { get; }

    /// <summary>Birth date.</summary>
    public DateOnly BirthDate { get; }

    /// <summary>Sex.</summary>
    public Sex Sex { get; }

    /// <summary>Province of residence; null when unknown.</summary>
    public int? ProvinceId { get; }

    /// <summary>Massar code, upper case; null when none.</summary>
    public string? MassarCode { get; }

    /// <summary>FIFA Connect ID, upper case; null when none.</summary>
    public string? FifaId { get; }

    /// <summary>Licence number; null when none.</summary>
    public string? LicenceNumber { get; }

    /// <summary>Note; null when none.</summary>
    public string? Note { get; }

    /// <summary>Guardians, at least one.</summary>
    public IReadOnlyList<CheckedGuardian> Guardians { get; }

    /// <summary>Consents; may be empty.</summary>
    public IReadOnlyList<CheckedConsent> Consents { get; }

    /// <summary>True when a guardian consented to participation.</summary>
    public bool MayTakePart => Consents.Any(consent => consent.Purpose == ConsentPurpose.Participation);

    /// <summary>
    /// Checks an input. Faults of the input come first, all at once; then the edition's rules, with the facts that decide.
    /// </summary>
    /// <param name="input">As typed.</param>
    /// <param name="edition">The edition to be enrolled in.</param>
    /// <param name="today">Today in Africa/Casablanca.</param>
    public static Result<Registration> Check(RegistrationInput input, Edition edition, DateOnly today)
    {
        var faults = new Faults();
        var name = PersonName.Check(input, faults);
        CheckBirth(input, today, faults);
        if (input.Sex is null) faults.Add("participant.sex", "missing");
        OfficialCodes.Check(input, faults);
        var guardians = CheckGuardians(input.Guardians, faults);
        var consents = CheckConsents(input, today, faults);
        if (!faults.None)
        {
            // An age out of bounds is said with the other faults, so that a list comes back once.
            if (input.BirthDate is { } birth && !faults.Has("participant.birthDate") && Eligibility(edition, birth, today) is { Code: "tooYoung" or "tooOld" } age)
                faults.Add("participant.birthDate", age);
            return faults.ToError();
        }

        return Eligibility(edition, input.BirthDate!.Value, today) is { } refusal
            ? refusal
            : new Registration(name, input.BirthDate.Value, input.Sex!.Value, input, guardians, consents);
    }

    /// <summary>The rule of the edition that refuses, with its facts; null when none does.</summary>
    public static Error? Eligibility(Edition edition, DateOnly birthDate, DateOnly today)
    {
        return edition.TakesEnrollmentsOn(today) ? AgeRefusal(edition, birthDate) : Error.Rule("editionClosed", ("endsOn", edition.EndsOn));
    }

    /// <summary>The rule of age that a birth date breaks, with its facts; null when it breaks none.</summary>
    public static Error? AgeRefusal(Edition edition, DateOnly birthDate)
    {
        var age = edition.AgeOf(birthDate);
        if (age >= edition.AgeMin && age <= edition.AgeMax) return null;
        // What would change it: the first season on whose reference day the child is old enough; for who is too old, nothing but a
        // birth date that was mistyped.
        return age < edition.AgeMin
            ? Error.Rule(
                "tooYoung", ("age", age), ("min", edition.AgeMin), ("max", edition.AgeMax), ("on", edition.AgeReferenceDate),
                ("season", SeasonOf(edition.AgeReferenceDate.AddYears(edition.AgeMin - age))))
            : Error.Rule("tooOld", ("age", age), ("min", edition.AgeMin), ("max", edition.AgeMax), ("on", edition.AgeReferenceDate));
    }

    /// <summary><c>2028/29</c>: the season that counts ages on this day.</summary>
    private static string SeasonOf(DateOnly referenceDay) =>
        string.Create(CultureInfo.InvariantCulture, $"{referenceDay.Year}/{(referenceDay.Year + 1) % 100:00}");

    /// <summary>What the matcher compares.</summary>
    public PersonFacts Facts() => new()
    {
        Given = NameForms.Of(Name.Given, Name.GivenAr),
        Family = NameForms.Of(Name.Family, Name.FamilyAr),
        BirthDate = BirthDate,
        IsFemale = Sex == Sex.Female,
        MassarCode = MassarCode,
        FifaId = FifaId,
        LicenceNumber = LicenceNumber,
        GuardianPhones = [.. Guardians.Where(guardian => !guardian.Phone.IsEmpty).Select(guardian => guardian.Phone)],
    };

    internal static void CheckBirth(RegistrationInput input, DateOnly today, Faults faults)
    {
        if (input.BirthDate is not { } birth) faults.Add("participant.birthDate", "missing");
        else if (birth > today) faults.Add("participant.birthDate", "inFuture");
        else if (birth.Year < 1900) faults.Add("participant.birthDate", "impossibleDate");
    }

    private static List<CheckedGuardian> CheckGuardians(IReadOnlyList<GuardianInput> inputs, Faults faults)
    {
        const int most = 6;
        var guardians = new List<CheckedGuardian>(inputs.Count);
        if (inputs.Count == 0) faults.Add("guardians", "missing");
        if (inputs.Count > most) faults.Add("guardians", "tooMany", ("max", most));
        for (var i = 0; i < Math.Min(inputs.Count, most); i++)
        {
            var input = inputs[i];
            var field = $"guardians[{i}]";
            var name = PersonText.Clean(input.Name);
            PersonName.CheckText(name, $"{field}.name", Guardian.NameMax, faults);
            if (input.Relationship is null) faults.Add($"{field}.relationship", "missing");
            var phone = CheckPhone(input, $"{field}.phone", faults);
            guardians.Add(new CheckedGuardian(name, input.Relationship ?? 0, phone, input.Language ?? FamilyLanguage.Arabic));
        }
        return guardians;
    }

    internal static PhoneNumber CheckPhone(GuardianInput input, string field, Faults faults)
    {
        switch (PhoneNumber.Parse(input.Phone, out var phone))
        {
            case PhoneError.None: return phone;
            case PhoneError.Missing when input.NoPhone: break;
            case PhoneError.Missing: faults.Add(field, "phoneMissing"); break;
            case PhoneError.ForeignCountry: faults.Add(field, "phoneForeign"); break;
            default: faults.Add(field, "phoneMalformed"); break;
        }
        return default;
    }

    private static List<CheckedConsent> CheckConsents(RegistrationInput input, DateOnly today, Faults faults)
    {
        var consents = new List<CheckedConsent>(input.Consents.Count);
        for (var i = 0; i < input.Consents.Count; i++)
        {
            var (purpose, method, guardian, givenOn) = input.Consents[i];
            var field = $"consents[{i}]";
            if (purpose is null) faults.Add($"{field}.purpose", "missing");
            else if (consents.Exists(earlier => earlier.Purpose == purpose)) faults.Add($"{field}.purpose", "twice");
            if (method is null) faults.Add($"{field}.method", "missing");
            if (guardian < 0 || guardian >= input.Guardians.Count) faults.Add($"{field}.guardian", "unknownGuardian");
            if (givenOn is null) faults.Add($"{field}.givenOn", "missing");
            else if (givenOn > today) faults.Add($"{field}.givenOn", "inFuture");
            else if (givenOn < today.AddYears(-3)) faults.Add($"{field}.givenOn", "tooLongAgo");
            consents.Add(new CheckedConsent(purpose ?? 0, method ?? 0, guardian, givenOn ?? today));
        }
        return consents;
    }
}

using System.Globalization;
using Training.Domain.Common;
using Training.Domain.Enrollments;

namespace Training.Domain.Registry;

/// <summary>A guardian of a child as the file has it.</summary>
/// <param name="Guardian">The adult.</param>
/// <param name="Tie">The tie to the child.</param>
/// <param name="ViewOnly">True when the guardian only looks.</param>
public sealed record KnownGuardian(Guardian Guardian, Guardianship Tie, bool ViewOnly);

/// <summary>What somebody typed to correct a guardian, or to add one.</summary>
/// <param name="Position">Order of contact, from 1; null for one who is added.</param>
/// <param name="Name">Name; null when it stays.</param>
/// <param name="Relationship">Capacity; null when it stays.</param>
/// <param name="Phone">Phone as typed; null when it stays.</param>
/// <param name="NoPhone">True when the guardian has none.</param>
/// <param name="Language">Language of messages; null when it stays.</param>
/// <param name="ViewOnly">Whether the guardian only looks; null when it stays.</param>
/// <param name="Ended">True when the guardian is one no more.</param>
public sealed record GuardianCorrection(
    int? Position, string? Name, Relationship? Relationship, string? Phone, bool NoPhone, FamilyLanguage? Language, bool? ViewOnly, bool Ended);

/// <summary>What somebody typed to correct a file; null parts stay as they are, and an empty code is taken out.</summary>
public sealed record FileCorrectionInput
{
    /// <summary>Birth date.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>Sex.</summary>
    public Sex? Sex { get; init; }

    /// <summary>Massar code.</summary>
    public string? MassarCode { get; init; }

    /// <summary>FIFA Connect ID.</summary>
    public string? FifaId { get; init; }

    /// <summary>Licence number.</summary>
    public string? LicenceNumber { get; init; }

    /// <summary>Guardians who change, are added or end.</summary>
    public IReadOnlyList<GuardianCorrection> Guardians { get; init; } = [];
}

/// <summary>A child's file as far as it can be corrected.</summary>
/// <param name="Child">The child.</param>
/// <param name="Guardians">Its guardians in order of contact.</param>
public sealed record FileState(Participant Child, IReadOnlyList<KnownGuardian> Guardians)
{
    /// <summary>Most guardians of a child.</summary>
    public const int GuardiansMax = 6;

    /// <summary>What a field holds now, as a correction writes it; null when nothing.</summary>
    public string? ValueOf(string field)
    {
        switch (field)
        {
            case CorrectionFields.BirthDate: return Child.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            case CorrectionFields.Sex: return Low(Child.Sex);
            case CorrectionFields.Massar: return Child.MassarCode;
            case CorrectionFields.Fifa: return Child.FifaId;
            case CorrectionFields.Licence: return Child.LicenceNumber;
        }
        if (Guardians.FirstOrDefault(one => one.Tie.Position == CorrectionFields.GuardianOf(field)) is not { } guardian) return null;
        return field[(field.IndexOf(']', StringComparison.Ordinal) + 1)..] switch
        {
            CorrectionFields.Name => guardian.Guardian.Name,
            CorrectionFields.Relationship => Low(guardian.Tie.Relationship),
            CorrectionFields.Phone => guardian.Guardian.Phone,
            CorrectionFields.Language => Low(guardian.Guardian.Language),
            CorrectionFields.ViewOnly => guardian.ViewOnly ? "true" : "false",
            CorrectionFields.Ended => "false",
            _ => null,
        };
    }

    /// <summary>What an input would change, by the rules of the registration; nothing that stays as it is.</summary>
    /// <param name="input">As typed.</param>
    /// <param name="today">Today in Africa/Casablanca.</param>
    public Result<IReadOnlyList<CorrectedFact>> Compare(FileCorrectionInput input, DateOnly today)
    {
        var faults = new Faults();
        var facts = new List<CorrectedFact>();
        var codes = new RegistrationInput
        {
            BirthDate = input.BirthDate ?? Child.BirthDate, MassarCode = input.MassarCode, FifaId = input.FifaId, LicenceNumber = input.LicenceNumber,
        };
        Registration.CheckBirth(codes, today, faults);
        OfficialCodes.Check(codes, faults);
        if (input.BirthDate is { } birth) Note(facts, CorrectionFields.BirthDate, birth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (input.Sex is { } sex) Note(facts, CorrectionFields.Sex, Low(sex));
        if (input.MassarCode is not null) Note(facts, CorrectionFields.Massar, OfficialCodes.Clean(input.MassarCode));
        if (input.FifaId is not null) Note(facts, CorrectionFields.Fifa, OfficialCodes.Clean(input.FifaId));
        if (input.LicenceNumber is not null) Note(facts, CorrectionFields.Licence, PersonText.CleanOrNull(input.LicenceNumber));

        var (added, ended) = (0, 0);
        for (var i = 0; i < input.Guardians.Count; i++)
        {
            var one = input.Guardians[i];
            var place = FormattableString.Invariant($"guardians[{i}]");
            if (one.Position is { } position)
            {
                if (Guardians.All(known => known.Tie.Position != position)) faults.Add($"{place}.guardian", "unknownGuardian");
                else if (input.Guardians.Take(i).Any(earlier => earlier.Position == position)) faults.Add($"{place}.guardian", "twice");
                else if (one.Ended)
                {
                    ended++;
                    Note(facts, CorrectionFields.OfGuardian(position, CorrectionFields.Ended), "true");
                }
                else Change(one, position, place, facts, faults);
            }
            else if (++added > 1) faults.Add(place, "oneAtATime");
            else Add(one, place, facts, faults);
        }
        if (ended > 0 && ended >= Guardians.Count + added) faults.Add("guardians", "lastGuardian");
        if (Guardians.Count + added - ended > GuardiansMax) faults.Add("guardians", "tooMany", ("max", GuardiansMax));
        if (!faults.None)
        {
            var own = new Faults();
            own.Take(faults.ToError(), field => field.StartsWith("participant.", StringComparison.Ordinal) ? field["participant.".Length..] : field);
            return own.ToError();
        }
        if (facts.Count == 0) return Error.Rule("nothingToCorrect");
        if (LeavesNobody(facts)) return Error.Rule("noGuardianDecides");
        return FileCorrection.Write(facts).Length > FileCorrection.ChangesMax ? Error.Rule("tooMuchAtOnce") : facts;
    }

    /// <summary>True when guardians would be left of whom none may decide for the child.</summary>
    public bool LeavesNobody(IReadOnlyList<CorrectedFact> facts)
    {
        string? Said(int position, string part) => facts.FirstOrDefault(fact => fact.Field == CorrectionFields.OfGuardian(position, part))?.After;
        if (!facts.Any(fact => fact.Field.EndsWith(CorrectionFields.ViewOnly, StringComparison.Ordinal) || fact.Field.EndsWith(CorrectionFields.Ended, StringComparison.Ordinal))) return false;
        return Said(0, CorrectionFields.ViewOnly) != "false" && Guardians.All(one =>
            Said(one.Tie.Position, CorrectionFields.Ended) == "true" || (Said(one.Tie.Position, CorrectionFields.ViewOnly) ?? ValueOf(CorrectionFields.OfGuardian(one.Tie.Position, CorrectionFields.ViewOnly))) == "true");
    }

    /// <summary>Keys of the guardians of whom something changes that they have in common for all their children: name, phone, language.</summary>
    public IReadOnlyCollection<int> SharedBy(IReadOnlyList<CorrectedFact> facts) =>
        [.. Guardians.Where(one => facts.Any(fact => fact.Guardian == one.Tie.Position && (fact.Field.EndsWith(CorrectionFields.Name, StringComparison.Ordinal)
            || fact.Field.EndsWith(CorrectionFields.Phone, StringComparison.Ordinal) || fact.Field.EndsWith(CorrectionFields.Language, StringComparison.Ordinal)))).Select(one => one.Guardian.Id)];

    /// <summary>The stable word of a value.</summary>
    public static string Low(Enum value) => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];

    private void Note(List<CorrectedFact> facts, string field, string? after)
    {
        var before = ValueOf(field);
        if (before != after) facts.Add(new CorrectedFact(field, before, after));
    }

    private void Change(GuardianCorrection one, int position, string place, List<CorrectedFact> facts, Faults faults)
    {
        if (one.Name is not null)
        {
            var name = PersonText.Clean(one.Name);
            PersonName.CheckText(name, $"{place}.name", Guardian.NameMax, faults);
            Note(facts, CorrectionFields.OfGuardian(position, CorrectionFields.Name), name);
        }
        if (one.Relationship is { } relationship) Note(facts, CorrectionFields.OfGuardian(position, CorrectionFields.Relationship), Low(relationship));
        if (one.Phone is not null || one.NoPhone)
        {
            var phone = Registration.CheckPhone(new GuardianInput(null, null, one.Phone, one.NoPhone, null), $"{place}.phone", faults);
            Note(facts, CorrectionFields.OfGuardian(position, CorrectionFields.Phone), phone.IsEmpty ? null : phone.ToString());
        }
        if (one.Language is { } language) Note(facts, CorrectionFields.OfGuardian(position, CorrectionFields.Language), Low(language));
        if (one.ViewOnly is { } viewOnly) Note(facts, CorrectionFields.OfGuardian(position, CorrectionFields.ViewOnly), viewOnly ? "true" : "false");
    }

    private void Add(GuardianCorrection one, string place, List<CorrectedFact> facts, Faults faults)
    {
        var name = PersonText.Clean(one.Name);
        PersonName.CheckText(name, $"{place}.name", Guardian.NameMax, faults);
        if (one.Relationship is null) faults.Add($"{place}.relationship", "missing");
        var phone = Registration.CheckPhone(new GuardianInput(null, null, one.Phone, one.NoPhone, null), $"{place}.phone", faults);
        var number = phone.IsEmpty ? null : phone.ToString();
        if (Guardians.Any(known => known.Guardian.Phone == number && known.Guardian.Name == name)) faults.Add($"{place}.name", "twice");
        Note(facts, CorrectionFields.OfGuardian(0, CorrectionFields.Name), name);
        Note(facts, CorrectionFields.OfGuardian(0, CorrectionFields.Relationship), Low(one.Relationship ?? Relationship.NotStated));
        Note(facts, CorrectionFields.OfGuardian(0, CorrectionFields.Phone), number);
        Note(facts, CorrectionFields.OfGuardian(0, CorrectionFields.Language), Low(one.Language ?? FamilyLanguage.Arabic));
        Note(facts, CorrectionFields.OfGuardian(0, CorrectionFields.ViewOnly), one.ViewOnly == true ? "true" : "false");
    }
}

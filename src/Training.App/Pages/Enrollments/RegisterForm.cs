using Training.App.Modules.Enrollments;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Pages.Enrollments;

/// <summary>What a coach typed to register a child, field by field as on the page.</summary>
internal sealed class RegisterForm
{
    public string? Site { get; set; }

    public string? GivenName { get; set; }

    public string? FamilyName { get; set; }

    public string? GivenNameAr { get; set; }

    public string? FamilyNameAr { get; set; }

    public string? BirthDateDay { get; set; }

    public string? BirthDateMonth { get; set; }

    public string? BirthDateYear { get; set; }

    public string? Sex { get; set; }

    public string? Province { get; set; }

    public string? Group { get; set; }

    /// <summary>The session the child walked in to; null when registered for no session in particular.</summary>
    public string? Session { get; set; }

    public string? GuardianName { get; set; }

    public string? Relationship { get; set; }

    public string? GuardianPhone { get; set; }

    public bool NoPhone { get; set; }

    public string? Language { get; set; } = "ar";

    /// <summary><c>paper</c> or <c>awaiting</c>; null until somebody says: a consent is never presumed.</summary>
    public string? Consent { get; set; }

    public string? ConsentOn { get; set; }

    /// <summary>The birth date; null with the reason when it is not one.</summary>
    public DateOnly? BirthDate(out DateTextError error)
    {
        error = DateTextError.Missing;
        if (string.IsNullOrWhiteSpace(BirthDateDay + BirthDateMonth + BirthDateYear)) return null;
        return DateText.Parse($"{BirthDateDay}/{BirthDateMonth}/{BirthDateYear}", out error);
    }

    /// <summary>The day the paper was signed; null with the reason when it is not one.</summary>
    public DateOnly? SignedOn(out DateTextError error) => DateText.Parse(ConsentOn, out error);

    /// <summary>Fills in a guardian who is known.</summary>
    public void Take(FindGuardians.Item known)
    {
        GuardianName = known.Name;
        Relationship = char.ToLowerInvariant(known.Relationship.ToString()[0]) + known.Relationship.ToString()[1..];
        Language = known.Language switch
        {
            FamilyLanguage.French => "fr",
            FamilyLanguage.Amazigh => "zgh",
            _ => "ar",
        };
        NoPhone = false;
    }

    /// <summary>The request as the API takes it.</summary>
    public RegisterParticipant.Request ToRequest(string edition, string site, DuplicateDecision? decision) => new()
    {
        Edition = edition,
        Site = site,
        Group = string.IsNullOrWhiteSpace(Group) ? null : Group,
        Participant = new RegisterParticipant.ChildInput
        {
            GivenName = GivenName,
            FamilyName = FamilyName,
            GivenNameAr = GivenNameAr,
            FamilyNameAr = FamilyNameAr,
            BirthDate = BirthDate(out _),
            Sex = Sex switch { "female" => Domain.Registry.Sex.Female, "male" => Domain.Registry.Sex.Male, _ => null },
            Province = Province,
        },
        Guardians =
        [
            new RegisterParticipant.GuardianRequest
            {
                Name = GuardianName,
                Relationship = Relationship switch
                {
                    "mother" => Domain.Registry.Relationship.Mother,
                    "father" => Domain.Registry.Relationship.Father,
                    "legalGuardian" => Domain.Registry.Relationship.LegalGuardian,
                    "institution" => Domain.Registry.Relationship.Institution,
                    _ => null,
                },
                Phone = GuardianPhone,
                NoPhone = NoPhone,
                Language = Language,
            },
        ],
        Consents = Consent switch
        {
            "awaiting" => [],
            "paper" => [new RegisterParticipant.ConsentRequest(ConsentPurpose.Participation, ConsentMethod.Paper, 0, SignedOn(out _))],
            // Nothing was said: the missing purpose is reported with all other faults.
            _ => [new RegisterParticipant.ConsentRequest(null, ConsentMethod.Paper, 0, SignedOn(out _))],
        },
        DuplicateDecision = decision,
    };

    /// <summary>Every field by its name, so that the page with the decision carries them along.</summary>
    public IEnumerable<(string Name, string? Value)> Fields() =>
    [
        (nameof(Site), Site), (nameof(Session), Session), (nameof(GivenName), GivenName), (nameof(FamilyName), FamilyName), (nameof(GivenNameAr), GivenNameAr),
        (nameof(FamilyNameAr), FamilyNameAr), (nameof(BirthDateDay), BirthDateDay), (nameof(BirthDateMonth), BirthDateMonth),
        (nameof(BirthDateYear), BirthDateYear), (nameof(Sex), Sex), (nameof(Province), Province), (nameof(Group), Group),
        (nameof(GuardianName), GuardianName), (nameof(Relationship), Relationship), (nameof(GuardianPhone), GuardianPhone),
        (nameof(NoPhone), NoPhone ? "true" : "false"), (nameof(Language), Language), (nameof(Consent), Consent), (nameof(ConsentOn), ConsentOn),
    ];
}

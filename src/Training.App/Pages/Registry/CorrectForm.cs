using System.Globalization;
using Training.App.Modules.Registry.Corrections;
using Training.App.Pages.Shared;
using Training.Domain.Registry;

namespace Training.App.Pages.Registry;

/// <summary>A guardian as the form has it.</summary>
internal sealed class GuardianForm
{
    /// <summary>Order of contact; null for one who is added.</summary>
    public int? Guardian { get; set; }

    public string? Name { get; set; }

    public Relationship? Relationship { get; set; }

    public string? Phone { get; set; }

    public bool ViewOnly { get; set; }

    public bool Ended { get; set; }

    public CorrectParticipant.GuardianRequest ToRequest() => new()
    {
        Guardian = Guardian, Name = Name ?? "", Relationship = Relationship, Phone = Phone, NoPhone = string.IsNullOrWhiteSpace(Phone), ViewOnly = ViewOnly, Ended = Ended,
    };
}

/// <summary>What can be corrected, as it is typed: the whole file, of which the handler takes what differs.</summary>
internal sealed class CorrectForm
{
    public DateOnly? BirthDate { get; set; }

    public Sex? Sex { get; set; }

    public string? MassarCode { get; set; }

    public string? FifaId { get; set; }

    public string? LicenceNumber { get; set; }

    public List<GuardianForm> Guardians { get; set; } = [];

    /// <summary>One who is added; without a name nobody is.</summary>
    public GuardianForm Added { get; set; } = new();

    public string? Why { get; set; }

    public string? Answer { get; set; }

    public int? Version { get; set; }

    /// <summary>The file as it stands.</summary>
    public static CorrectForm Of(ListCorrections.Response file) => new()
    {
        BirthDate = file.BirthDate, Sex = file.Sex, MassarCode = file.MassarCode, FifaId = file.FifaId, LicenceNumber = file.LicenceNumber, Version = file.Version,
        Guardians = [.. file.Guardians.Select(one => new GuardianForm { Guardian = one.Guardian, Name = one.Name, Relationship = one.Relationship, Phone = one.Phone, ViewOnly = one.ViewOnly })],
    };

    /// <summary>What the handler is asked.</summary>
    /// <param name="request">The family's request that it carries out; null when none.</param>
    public CorrectParticipant.Request ToRequest(string? request) => new()
    {
        Version = Version, Reason = Why, BirthDate = BirthDate, Sex = Sex, MassarCode = MassarCode ?? "", FifaId = FifaId ?? "", LicenceNumber = LicenceNumber ?? "",
        RightsRequest = request, Answer = request is null ? null : Answer,
        Guardians = [.. Guardians.Select(one => one.ToRequest()), .. string.IsNullOrWhiteSpace(Added.Name) ? [] : new[] { Added.ToRequest() }],
    };

    /// <summary>Where each field of the request lies.</summary>
    public IReadOnlyList<FormPlace> Places()
    {
        List<FormPlace> places =
        [
            new("birthDate", "Form.BirthDate", "enrollments.register.birthDate"), new("sex", "Form.Sex", "enrollments.register.sex"),
            new("massarCode", "Form.MassarCode", "registry.file.massar"), new("fifaId", "Form.FifaId", "registry.duplicates.fifa"),
            new("licenceNumber", "Form.LicenceNumber", "registry.file.licence"),
        ];
        for (var i = 0; i <= Guardians.Count; i++)
        {
            var (path, field) = (string.Create(CultureInfo.InvariantCulture, $"guardians[{i}]"), i < Guardians.Count ? string.Create(CultureInfo.InvariantCulture, $"Form.Guardians[{i}]") : "Form.Added");
            places.AddRange(
                [new($"{path}.name", $"{field}.Name", "enrollments.register.guardianName"), new($"{path}.relationship", $"{field}.Relationship", "enrollments.register.relationship"),
                    new($"{path}.phone", $"{field}.Phone", "enrollments.register.phone")]);
        }
        return [.. places, new("reason", "Form.Why", "registry.correct.reason"), new("answer", "Form.Answer", "rights.answer")];
    }
}

using Training.App.Modules.Registry;
using Training.App.Pages.Shared;

namespace Training.App.Pages.Registry;

/// <summary>A child's name as it is to be written.</summary>
internal sealed class NameForm
{
    /// <summary>Where each field of the request lies.</summary>
    public static IReadOnlyList<FormPlace> Places { get; } =
    [
        new("givenName", "Name.GivenName", "enrollments.register.givenName"), new("familyName", "Name.FamilyName", "enrollments.register.familyName"),
        new("givenNameAr", "Name.GivenNameAr", "enrollments.register.givenNameAr"), new("familyNameAr", "Name.FamilyNameAr", "enrollments.register.familyNameAr"),
        new("reason", "Name.Why", "registry.name.reason"),
    ];

    public string? GivenName { get; set; }

    public string? FamilyName { get; set; }

    public string? GivenNameAr { get; set; }

    public string? FamilyNameAr { get; set; }

    /// <summary>Why it is corrected.</summary>
    public string? Why { get; set; }

    /// <summary>What the handler is asked.</summary>
    public CorrectName.Request ToRequest() => new(GivenName, FamilyName, GivenNameAr, FamilyNameAr, Why);

    /// <summary>The name as it stands.</summary>
    public static NameForm Of(GetParticipant.Response child) =>
        new() { GivenName = child.GivenName, FamilyName = child.FamilyName, GivenNameAr = child.GivenNameAr, FamilyNameAr = child.FamilyNameAr };
}

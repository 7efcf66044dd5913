using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Attendance;
using Training.App.Modules.Enrollments;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Data.Enrollments;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Pages.Enrollments;

/// <summary>
/// Registers a child on a phone. When a known file looks like the child, the same form comes back with both side by side and
/// asks for a decision; nothing is saved before it.
/// </summary>
[Authorize(Policies.Enroll)]
internal sealed class RegisterModel(
    SiteOverview.Handler overview, RegisterParticipant.Handler register, FindGuardians.Handler guardians, RecordAttendance.Handler record,
    DirectoryCatalog catalog, Texts texts, TimeProvider time) : FormPage
{
    private static readonly FormPlace[] Places =
    [
        new("participant.givenName", "GivenName", "enrollments.register.givenName"),
        new("participant.familyName", "FamilyName", "enrollments.register.familyName"),
        new("participant.givenNameAr", "GivenNameAr", "enrollments.register.givenNameAr"),
        new("participant.familyNameAr", "FamilyNameAr", "enrollments.register.familyNameAr"),
        new("participant.birthDate", "BirthDate", "enrollments.register.birthDate", "BirthDate-day"),
        new("tooYoung", "BirthDate", null, "BirthDate-day"),
        new("tooOld", "BirthDate", null, "BirthDate-day"),
        new("participant.sex", "Sex", "enrollments.register.sex", "Sex-first"),
        new("participant.province", "Province", "enrollments.register.province"),
        new("groupNotFound", "Group", "enrollments.register.group"),
        new("guardians[0].name", "GuardianName", "enrollments.register.guardianName"),
        new("guardians[0].relationship", "Relationship", "enrollments.register.relationship", "Relationship-first"),
        new("guardians[0].phone", "GuardianPhone", "enrollments.register.phone"),
        new("guardians[0].language", "Language", "enrollments.register.language", "Language-first"),
        new("consents[0].purpose", "Consent", "enrollments.register.consent", "Consent-first"),
        new("consents[0].givenOn", "ConsentOn", "enrollments.register.consentOn"),
    ];

    [BindProperty]
    public RegisterForm Form { get; set; } = new();

    /// <summary>What was decided about a possible duplicate: <c>notADuplicate</c> or a participant code.</summary>
    [BindProperty]
    public string? DuplicateDecision { get; set; }

    public SiteOverview.Response Overview { get; private set; } = null!;

    public DirectorySnapshot Directory { get; private set; } = null!;

    public DateOnly Today { get; private set; }

    /// <summary>Known files that may be this child; empty while there is nothing to decide.</summary>
    public IReadOnlyList<DuplicateCandidate> Candidates { get; private set; } = [];

    /// <summary>True when the child is enrolled already, perhaps elsewhere: a transfer is the way to have it here.</summary>
    public bool IsEnrolled { get; private set; }

    /// <summary>Guardians with the phone that was asked for; null while none was.</summary>
    public IReadOnlyList<FindGuardians.Item>? Known { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? site, string? group, string? session, CancellationToken cancellationToken)
    {
        TempData.Remove(RegisterDoneModel.Note);
        if (!await PrepareAsync(site, cancellationToken)) return NotFound();
        (Form.Site, Form.Group, Form.Session) = (site, group, session);
        Form.Province = Directory.Province(Overview.Site.ProvinceId).Code;
        Form.ConsentOn = Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Page();
    }

    /// <summary>Goes back from the decision to the form, with everything as it was typed.</summary>
    public async Task<IActionResult> OnPostEditAsync(CancellationToken cancellationToken) =>
        await PrepareAsync(Form.Site, cancellationToken) ? Page() : NotFound();

    /// <summary>Finds the guardian by the phone and fills in what is known: the only one, or the one that was chosen.</summary>
    public async Task<IActionResult> OnPostGuardianAsync(int? known, CancellationToken cancellationToken)
    {
        if (!await PrepareAsync(Form.Site, cancellationToken)) return NotFound();
        var found = await guardians.HandleAsync(new FindGuardians.Request(Form.GuardianPhone), cancellationToken);
        if (!found.Succeeded)
        {
            Show(found.Error, texts, [new FormPlace("phone", "GuardianPhone", "enrollments.register.phone")]);
            return Page();
        }
        Known = found.Value.Items;
        if ((known ?? (Known.Count == 1 ? 0 : -1)) is var chosen && chosen >= 0 && chosen < Known.Count) Form.Take(Known[chosen]);
        // What the visitor sent would otherwise stand over what was found.
        ModelState.Clear();
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => SendAsync(null, cancellationToken);

    public async Task<IActionResult> OnPostDecideAsync(CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(DuplicateDecision))
        {
            var decision = DuplicateDecision == "notADuplicate"
                ? Modules.Enrollments.DuplicateDecision.NotADuplicate
                : new DuplicateDecision(DuplicateDecision);
            return await SendAsync(decision, cancellationToken);
        }
        var asked = await SendAsync(null, cancellationToken);
        if (Candidates.Count > 0) Errors.Add(nameof(DuplicateDecision), texts.Error("decisionMissing"), "DuplicateDecision-first");
        return asked;
    }

    private async Task<bool> PrepareAsync(string? site, CancellationToken cancellationToken)
    {
        var result = await overview.HandleAsync(new SiteOverview.Request(string.IsNullOrEmpty(site) ? null : site), cancellationToken);
        if (!result.Succeeded) return false;
        Overview = result.Value;
        Directory = await catalog.SnapshotAsync(cancellationToken);
        Today = time.Today();
        return true;
    }

    private async Task<IActionResult> SendAsync(DuplicateDecision? decision, CancellationToken cancellationToken)
    {
        if (!await PrepareAsync(Form.Site, cancellationToken)) return NotFound();
        if (Overview.Edition is not { } edition) return Page();
        var result = await register.HandleAsync(Form.ToRequest(edition.Code, Overview.Site.Code, decision), cancellationToken);
        if (result.Succeeded) return await FinishAsync(result.Value, cancellationToken);
        if (result.Error.Code == "possibleDuplicate") Candidates = (IReadOnlyList<DuplicateCandidate>)result.Error.Details!;
        else Show(ExplainDates(result.Error), texts, Places);
        IsEnrolled = result.Error.Code == "alreadyEnrolled";
        return Page();
    }

    /// <summary>A date that was typed but does not exist is not "missing".</summary>
    private Error ExplainDates(Error error)
    {
        if (error.Fields is null) return error;
        var fields = error.Fields.ToDictionary();
        Form.BirthDate(out var birth);
        Form.SignedOn(out var signed);
        Explain("participant.birthDate", birth);
        Explain("consents[0].givenOn", signed);
        return error with { Fields = fields };

        void Explain(string field, DateTextError fault)
        {
            if (fault is not (DateTextError.None or DateTextError.Missing) && fields.ContainsKey(field)) fields[field] = [new FieldError("impossibleDate")];
        }
    }

    private async Task<IActionResult> FinishAsync(RegisterParticipant.Response response, CancellationToken cancellationToken)
    {
        // Whoever walked in to a session is there: present, when the session takes marks.
        var walkedIn = !string.IsNullOrEmpty(Form.Session) && await MarkPresentAsync(Form.Session, response.Enrollment, cancellationToken);
        var name = DisplayName.Join(Form.GivenName, Form.FamilyName);
        var nameAr = DisplayName.Join(Form.GivenNameAr, Form.FamilyNameAr);
        TempData[RegisterDoneModel.Note] = JsonSerializer.Serialize(new RegisterDoneModel.Registered(
            name, nameAr, Form.Sex == "female", Form.Consent == "paper", response.Participant, response.Status, response.ClaimCode, Overview.Site.Id, Form.Site,
            string.IsNullOrEmpty(Form.Session) ? null : Form.Session, walkedIn));
        return Redirect("/register/done");
    }

    private async Task<bool> MarkPresentAsync(string session, string enrollment, CancellationToken cancellationToken)
    {
        var mark = new RecordAttendance.Mark
        {
            MarkId = Guid.NewGuid().ToString("D"),
            Enrollment = enrollment,
            Status = "present",
            CapturedAt = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            BaseVersion = 0,
        };
        var recorded = await record.HandleAsync(session, new RecordAttendance.Request([mark]), cancellationToken);
        return recorded.Succeeded && recorded.Value.Accepted.Count == 1;
    }
}

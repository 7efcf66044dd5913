using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Certificates;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Certificates;
using Training.Domain.Common;

namespace Training.App.Pages.Certificates;

/// <summary>How certificates look and who signs them from which day on, and whether they are being issued: the directorate's page.</summary>
[Authorize(Policies.Coordinate)]
internal sealed class DesignsModel(
    SetCertificateDesign.Handler set, PreviewCertificateDesign.Handler preview, SetSignatory.Handler sign, ControlIssuing.Handler control,
    DirectoryCatalog catalog, Texts texts) : FormPage
{
    private static readonly FormPlace[] SignatoryPlaces =
    [
        new FormPlace("editionNotFound", "SignedEdition", null, "SignedEdition-first"), new FormPlace("validFrom", "SignsFrom", "certificates.designs.validFrom"),
        new FormPlace("signatoryTaken", "SignsFrom"), new FormPlace("nameFr", "NameFr", "certificates.signatories.nameFr"),
        new FormPlace("nameAr", "NameAr", "certificates.signatories.nameAr"), new FormPlace("titleFr", "TitleFr", "certificates.signatories.titleFr"),
        new FormPlace("titleAr", "TitleAr", "certificates.signatories.titleAr"),
    ];

    private static readonly string[] Fields =
        ["ValidFrom", "TextFrFemale", "TextFrMale", "TextArFemale", "TextArMale", "MainColor", "AccentColor", "Logo", "LogoText", "TitleZgh", "TextZghFemale", "TextZghMale"];

    public DirectorySnapshot Directory { get; private set; } = null!;

    public ControlIssuing.Response Issuing { get; private set; } = null!;

    [BindProperty]
    public string? Edition { get; set; }

    [BindProperty]
    public CertificateKind? Kind { get; set; }

    [BindProperty]
    public DateOnly? ValidFrom { get; set; }

    [BindProperty]
    public string? TextFrFemale { get; set; }

    [BindProperty]
    public string? TextFrMale { get; set; }

    [BindProperty]
    public string? TextArFemale { get; set; }

    [BindProperty]
    public string? TextArMale { get; set; }

    [BindProperty]
    public string? MainColor { get; set; } = "#0B5A3C";

    [BindProperty]
    public string? AccentColor { get; set; } = "#A8232F";

    [BindProperty]
    public IFormFile? Logo { get; set; }

    [BindProperty]
    public string? LogoText { get; set; }

    [BindProperty]
    public string? TitleZgh { get; set; }

    [BindProperty]
    public string? TextZghFemale { get; set; }

    [BindProperty]
    public string? TextZghMale { get; set; }

    [BindProperty]
    public bool HijriDate { get; set; }

    [BindProperty]
    public string? SignedEdition { get; set; }

    [BindProperty]
    public DateOnly? SignsFrom { get; set; }

    [BindProperty]
    public string? NameFr { get; set; }

    [BindProperty]
    public string? NameAr { get; set; }

    [BindProperty]
    public string? TitleFr { get; set; }

    [BindProperty]
    public string? TitleAr { get; set; }

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var said = await set.HandleAsync(Edition ?? "", await ReadAsync(cancellationToken), cancellationToken);
        return said.Succeeded ? RedirectToPage() : await RefuseAsync(said.Error, cancellationToken);
    }

    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken cancellationToken)
    {
        var said = await preview.HandleAsync(Edition ?? "", await ReadAsync(cancellationToken), cancellationToken);
        return said.Succeeded ? File(said.Value, MediaTypeNames.Application.Pdf) : await RefuseAsync(said.Error, cancellationToken);
    }

    public async Task<IActionResult> OnPostSignatoryAsync(CancellationToken cancellationToken)
    {
        var said = await sign.HandleAsync(SignedEdition ?? "", new SetSignatory.Request(SignsFrom, NameFr, NameAr, TitleFr, TitleAr), cancellationToken);
        if (said.Succeeded) return RedirectToPage();
        Show(said.Error, texts, SignatoryPlaces);
        return await ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostIssuingAsync(bool? paused, CancellationToken cancellationToken)
    {
        var said = await control.SetAsync(new ControlIssuing.Request(paused), cancellationToken);
        if (said.Succeeded) return RedirectToPage();
        Show(said.Error, texts, []);
        return await ShowAsync(cancellationToken);
    }

    /// <summary>A colour as it is typed.</summary>
    public static string Color(int color) => $"#{color:X6}";

    private async Task<SetCertificateDesign.Request> ReadAsync(CancellationToken cancellationToken) => new(
        Kind, ValidFrom, TextFrFemale, TextFrMale, TextArFemale, TextArMale, MainColor, AccentColor, await ReadLogoAsync(cancellationToken), LogoText,
        TitleZgh, TextZghFemale, TextZghMale, HijriDate);

    private Task<IActionResult> RefuseAsync(Error error, CancellationToken cancellationToken)
    {
        Show(error, texts,
        [
            new FormPlace("editionNotFound", "Edition", null, "Edition-first"), new FormPlace("kind", "Kind", "certificates.verify.kind", "Kind-first"), new FormPlace("designTaken", "ValidFrom"),
            .. from field in Fields
               let name = JsonNamingPolicy.CamelCase.ConvertName(field)
               select new FormPlace(name, field, $"certificates.designs.{name}"),
        ]);
        return ShowAsync(cancellationToken);
    }

    private async Task<string?> ReadLogoAsync(CancellationToken cancellationToken)
    {
        if (Logo is null) return null;
        if (Logo.Length > SetCertificateDesign.LogoMaxBytes) return "";
        using var bytes = new MemoryStream();
        await Logo.CopyToAsync(bytes, cancellationToken);
        return Convert.ToBase64String(bytes.ToArray());
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        var issuing = await control.ReadAsync(cancellationToken);
        if (!issuing.Succeeded) return Forbid();
        Issuing = issuing.Value;
        Directory = await catalog.SnapshotAsync(cancellationToken);
        return Page();
    }
}

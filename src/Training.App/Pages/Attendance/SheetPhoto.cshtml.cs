using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Attendance;
using Training.App.Modules.Attendance.Printing;
using Training.App.Pages.Shared;
using Training.App.Platform;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Paper;

namespace Training.App.Pages.Attendance;

/// <summary>
/// Reads photographed pages and shows the sheet with what they propose; the person confirms with the sheet's own form. The photographs
/// come one after the other off the wire and lie nowhere afterwards. The antiforgery token comes before them and is checked here.
/// </summary>
[Authorize(Policy = Policies.Sheets)]
[IgnoreAntiforgeryToken]
[StreamedForm]
[RequestSizeLimit(PhotosMax * (long)ReadDaySheet.PhotoMax + 64 * 1024)]
internal sealed class SheetPhotoModel(ReadDaySheet.Handler read, GetRoster.Handler rosters, IAntiforgery antiforgery, Texts texts, TimeProvider time) : FormPage
{
    private const int PhotosMax = 6;

    private readonly List<ReadDaySheet.Response> pages = [];

    /// <summary>The session, in the order of the paper.</summary>
    public GetRoster.Response Roster { get; private set; } = null!;

    /// <summary>The rows to tick, with the proposals.</summary>
    public PaperForm Form { get; private set; } = null!;

    /// <summary>The pages that were read, each once.</summary>
    public IReadOnlyList<ReadDaySheet.Response> Pages => [.. pages.DistinctBy(page => page.Page).OrderBy(page => page.Page)];

    /// <summary>Numbers of pages of the sheet that were not photographed.</summary>
    public IEnumerable<int> PagesMissing => pages.Count == 0 ? [] : Enumerable.Range(1, pages.Max(page => page.Pages)).Except(pages.Select(page => page.Page));

    /// <summary>Numbers of rows whose child is not on the list any more.</summary>
    public IEnumerable<int> RowsGone => pages.SelectMany(page => page.Items).Where(item => item.Participant is null).Select(item => item.Row).Distinct().Order();

    /// <summary>Children who are on the list and on no page; null until every page was read.</summary>
    public int? ChildrenMissing => pages.Count == 0 || PagesMissing.Any() ? null : Roster.Items.Count(item => !Form.Read.ContainsKey(item.Enrollment));

    /// <summary>Id of the session that a photographed sheet belongs to, when it is another one.</summary>
    public string? OtherSession { get; private set; }

    public IActionResult OnGet(string id) => Redirect($"/sessions/{id}/sheet");

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken cancellationToken)
    {
        var upload = await UploadReader.ReadAsync(Request, cancellationToken);
        if (upload is null || !await IsOursAsync(upload)) return BadRequest();
        var number = 0;
        for (; upload.Content is not null && number < PhotosMax; number++)
        {
            if (await PhotoAsync(upload.Content, cancellationToken) is not { } photo) return BadRequest();
            if (!await ReadAsync(id, number + 1, photo, cancellationToken)) return NotFound();
            if (!await upload.NextAsync(cancellationToken)) return BadRequest();
        }
        if (upload.Content is not null) Errors.Add("Photos", texts.Error("sheetTooMany"));
        else if (number == 0) Errors.Add("Photos", texts.Error("fileMissing"));
        if (!await LoadAsync(id, cancellationToken)) return NotFound();
        return SessionWords.TakesMarks(Roster, time.Today()) ? Page() : Redirect($"/sessions/{id}/sheet");
    }

    /// <summary>Rows of a page that want a person's eye.</summary>
    public static int Unsure(ReadDaySheet.Response page) => page.Items.Count(item => item.Status is null && item.Finding != RowFinding.Empty);

    /// <summary>Reads one photograph; false when the session is gone.</summary>
    private async Task<bool> ReadAsync(string id, int number, byte[] photo, CancellationToken cancellationToken)
    {
        var result = await read.HandleAsync(id, photo, cancellationToken);
        if (result.Succeeded) pages.Add(result.Value);
        else if (result.Error.Kind == ErrorKind.NotFound) return false;
        else Refuse(number, result.Error);
        return true;
    }

    // Of a file that is too large only enough is taken to say so; null when the form breaks off in it.
    private static async Task<byte[]?> PhotoAsync(Stream content, CancellationToken cancellationToken)
    {
        using var photo = new MemoryStream();
        var part = new byte[64 * 1024];
        try
        {
            while (photo.Length <= ReadDaySheet.PhotoMax && await content.ReadAsync(part, cancellationToken) is > 0 and var length) photo.Write(part, 0, length);
        }
        catch (IOException cut) when (cut is not BadHttpRequestException)
        {
            return null;
        }
        return photo.ToArray();
    }

    private void Refuse(int number, Error error)
    {
        if (error.Code == "sheetOfAnotherSession") OtherSession = error.Facts?["session"] as string;
        Errors.Add("Photos", texts["attendance.photo.ofFile", texts["attendance.photo.number", number], texts.Error(error.Code, error.Facts)]);
    }

    private async Task<bool> LoadAsync(string id, CancellationToken cancellationToken)
    {
        var language = PaperForm.LanguageOf(pages.FirstOrDefault() is { } page ? $"{page.Language}-MA" : null);
        var found = await rosters.HandleAsync(id, CultureInfo.GetCultureInfo(language), cancellationToken);
        if (!found.Succeeded) return false;
        Roster = found.Value;
        Form = new PaperForm(Roster, language, false, pages.SelectMany(page => page.Items).GroupBy(item => item.Enrollment).ToDictionary(rows => rows.Key, OneOf));
        return true;
    }

    // Two photographs of one page that say otherwise leave a doubt; one that is sure speaks for one that is not.
    private static ReadDaySheet.Item OneOf(IEnumerable<ReadDaySheet.Item> rows)
    {
        var sure = rows.Where(row => row.Status is not null).ToArray();
        if (sure.Length == 0) return rows.First();
        return sure.All(row => row.Status == sure[0].Status) ? sure[0] : sure[0] with { Status = null, Finding = RowFinding.Unclear, Confidence = 0 };
    }

    private Task<bool> IsOursAsync(UploadReader upload)
    {
        if (upload.Fields.TryGetValue("__RequestVerificationToken", out var token)) Request.Headers["RequestVerificationToken"] = token;
        return antiforgery.IsRequestValidAsync(HttpContext);
    }
}

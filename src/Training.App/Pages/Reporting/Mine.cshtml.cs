using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Modules.Reporting;
using Training.App.Modules.Reporting.Schedules;
using Training.App.Pages.Shared;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;

namespace Training.App.Pages.Reporting;

/// <summary>A person's own reports: files that are there or being written, and what is made again every week or month.</summary>
[Authorize(Policy = Policies.Report)]
internal sealed class MineModel(
    ListOrderedReports.Handler orders, ListSchedules.Handler schedules, OrderReport.Handler order, SaveSchedule.Handler save, ChangeSchedule.Handler change,
    DirectoryCatalog catalog, ReportWords words, Texts texts) : FormPage
{
    /// <summary>Stands for a report that is wanted once.</summary>
    public const string Once = "once";

    /// <summary>How often a report may be wanted, as the form says it.</summary>
    public static readonly IReadOnlyList<string> Rhythms = [Once, "weekly", "monthly"];

    /// <summary>The forms of a file, as the form says it.</summary>
    public static readonly IReadOnlyList<string> Forms = ["xlsx", "csv", "pdf", "openData"];

    public IReadOnlyList<ListOrderedReports.Item> Orders { get; private set; } = [];

    public IReadOnlyList<ScheduleItem> Schedules { get; private set; } = [];

    /// <summary>One that is being written, to be watched.</summary>
    public ListOrderedReports.Item? Waiting => Orders.FirstOrDefault(item => item.Order.Status == "waiting");

    [BindProperty]
    public string? Form { get; set; }

    [BindProperty]
    public string? Rhythm { get; set; }

    [BindProperty]
    public ReportRequest Question { get; set; } = new();

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Rhythm == Once) return await AnswerAsync(await order.HandleAsync(new OrderReport.Request(Form, Question), cancellationToken), cancellationToken);
        return await AnswerAsync(await save.HandleAsync(new SaveSchedule.Request(Form, Rhythm, Question), cancellationToken), cancellationToken);
    }

    public async Task<IActionResult> OnPostPauseAsync(string? id, CancellationToken cancellationToken) =>
        await AnswerAsync(await change.PauseAsync(id, cancellationToken), cancellationToken);

    public async Task<IActionResult> OnPostResumeAsync(string? id, CancellationToken cancellationToken) =>
        await AnswerAsync(await change.ResumeAsync(id, cancellationToken), cancellationToken);

    public async Task<IActionResult> OnPostDeleteAsync(string? id, CancellationToken cancellationToken) =>
        await AnswerAsync(await change.DeleteAsync(id, cancellationToken), cancellationToken);

    /// <summary>What a report is of, in words.</summary>
    public string Words(ReportRequest question) => string.Join(" · ", words.Of(question));

    /// <summary>Why a run failed or a schedule stopped, in words.</summary>
    public string Why(string problem) => problem switch
    {
        Training.Domain.Reporting.ReportSchedule.AccessEnded or Training.Domain.Reporting.ReportSchedule.NotWritten or Training.Domain.Reporting.ReportSchedule.NotMailed
            => texts[$"reporting.mine.problem.{problem}"],
        _ => texts["reporting.mine.problem.refused"],
    };

    private async Task<IActionResult> AnswerAsync<T>(Result<T> done, CancellationToken cancellationToken)
    {
        if (done.Succeeded) return RedirectToPage();
        if (done.Error.Kind == ErrorKind.NotFound) return NotFound();
        if (done.Error.Kind == ErrorKind.Forbidden) return Forbid();
        Show(done.Error, texts, []);
        return await ShowAsync(cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        await catalog.SnapshotAsync(cancellationToken);
        Orders = await orders.HandleAsync(cancellationToken);
        Schedules = await schedules.HandleAsync(cancellationToken);
        return Page();
    }
}

using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Attendance;
using Training.Domain.Common;
using Training.Paper;

namespace Training.App.Modules.Attendance.Printing;

/// <summary>
/// Reads a page of a printed sheet back from its photograph and proposes marks. Nothing is recorded: a person confirms, and the marks go
/// through RecordAttendance. The photograph lives in memory only and is gone with the answer.
/// </summary>
internal static class ReadDaySheet
{
    /// <summary>Largest photograph.</summary>
    public const int PhotoMax = SheetReader.BytesMax;

    /// <summary>One photograph takes a hundred megabytes and a core for a moment: they are read one after the other.</summary>
    private static readonly SemaphoreSlim Seat = new(1);

    // In the order of the boxes.
    private static readonly AttendanceStatus[] Statuses = [AttendanceStatus.Present, AttendanceStatus.Late, AttendanceStatus.Excused, AttendanceStatus.Absent];

    /// <summary>A page as it was read.</summary>
    /// <param name="Session">Session id.</param>
    /// <param name="Page">From 1.</param>
    /// <param name="Pages">Pages of the sheet.</param>
    /// <param name="Language">The sheet's language, <c>ar</c> or <c>fr</c>.</param>
    /// <param name="Items">Its rows from the top.</param>
    internal sealed record Response(string Session, int Page, int Pages, string Language, IReadOnlyList<Item> Items);

    /// <summary>A row of the page.</summary>
    /// <param name="Row">Its number on the sheet.</param>
    /// <param name="Enrollment">Enrollment id.</param>
    /// <param name="Participant">Participant code; null when the child is not on the session's list any more.</param>
    /// <param name="Status">The proposed mark; null when there is none, or a doubt.</param>
    /// <param name="Finding">What its boxes say.</param>
    /// <param name="Confidence">How far the proposal is from a doubt, from 0 to 1.</param>
    internal sealed record Item(int Row, string Enrollment, string? Participant, AttendanceStatus? Status, RowFinding Finding, double Confidence)
    {
        /// <summary>The row's boxes as the camera saw them, for the page that asks a person.</summary>
        [JsonIgnore]
        public byte[] Picture { get; init; } = [];
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id}/sheet/reading", PostAsync).WithName("ReadDaySheet")
            .WithSummary("Read a page of the printed sheet from a photograph (JPEG or PNG, at most 12 MB, the body itself) and propose marks.")
            .WithDescription("Nothing is recorded and the photograph is not kept. A row that leaves any doubt has no proposal.")
            .WithMetadata(new RequestSizeLimitAttribute(PhotoMax)).WithBody("image/jpeg", "image/png")
            .Produces<Response>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(413).ProducesProblem(422);

    private static async Task<IResult> PostAsync(string id, HttpRequest http, Handler handler, Texts texts, CancellationToken cancellationToken)
    {
        using var photo = new MemoryStream();
        await http.Body.CopyToAsync(photo, cancellationToken);
        return (await handler.HandleAsync(id, photo.ToArray(), cancellationToken)).ToHttp(texts, TypedResults.Ok);
    }

    internal sealed class Handler(GetRoster.Handler rosters)
    {
        public async Task<Result<Response>> HandleAsync(string id, byte[] photo, CancellationToken cancellationToken)
        {
            var found = await rosters.HandleAsync(id, cancellationToken);
            if (!found.Succeeded) return found.Error;
            await Seat.WaitAsync(cancellationToken);
            SheetReading reading;
            try
            {
                reading = await Task.Run(() => SheetReader.Read(photo), cancellationToken);
            }
            finally
            {
                Seat.Release();
            }
            if (reading.Fault is { } fault) return Refuse(fault);
            return PaperCode.Session(reading.Code!.Session) == found.Value.Session
                ? Answer(reading.Code, reading.Rows, found.Value)
                : Error.Conflict("sheetOfAnotherSession", ("session", PaperCode.Session(reading.Code.Session)));
        }
    }

    private static Response Answer(PageCode code, IReadOnlyList<RowReading> rows, GetRoster.Response roster)
    {
        var children = roster.Items.ToDictionary(item => item.Enrollment, item => item.Participant);
        var before = (code.Page - 1) * SheetLayout.RowsMax;
        return new Response(roster.Session, code.Page, code.Pages, code.RightToLeft ? "ar" : "fr", [.. rows.Select((row, index) =>
        {
            var enrollment = PaperCode.Enrollment(row.Code);
            var participant = children.GetValueOrDefault(enrollment);
            // Whoever left the list since is named by the number of the row, and gets no mark.
            AttendanceStatus? status = participant is not null && row.Box is { } box ? Statuses[box] : null;
            return new Item(before + index + 1, enrollment, participant, status, row.Finding, Math.Round(row.Confidence, 2)) { Picture = row.Picture };
        })]);
    }

    private static Error Refuse(SheetFault fault) => fault switch
    {
        SheetFault.NotAPhoto => Error.Rule("sheetNotAPhoto"),
        SheetFault.TooLarge => Error.Rule("sheetPhotoTooLarge", ("megabytes", PhotoMax / (1024 * 1024)), ("megapixels", SheetReader.JpegPixelsMax / 1_000_000)),
        SheetFault.TooSmall => Error.Rule("sheetPhotoTooSmall", ("pixels", SheetReader.SideMin)),
        SheetFault.NoSheet => Error.Rule("sheetNotSeen"),
        SheetFault.NoCode => Error.Rule("sheetCodeNotRead"),
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}

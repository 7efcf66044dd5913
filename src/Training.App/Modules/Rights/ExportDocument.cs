using System.Globalization;
using Training.App.Platform;
using Training.App.Platform.Directory;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Registry;
using Training.Pdf.Layout;
using Training.Pdf.Text;

namespace Training.App.Modules.Rights;

/// <summary>An exported file as a document that a family can read, in the language of who asks.</summary>
internal sealed class ExportDocument(DirectoryCatalog catalog, Texts texts)
{
    public async Task<byte[]> WriteAsync(ExportFile.Response file, CancellationToken cancellationToken)
    {
        var directory = await catalog.SnapshotAsync(cancellationToken);
        var document = new FlowDocument(Languages.Current == "ar" ? PageSetup.Arabic : PageSetup.French, texts["rights.export.title"], texts["common.product"], file.ExportedOn)
        {
            Footer = (page, count) => Phrase.Of($"{Phrase.Code(file.Participant)} · {Day(file.ExportedOn)} · {page}/{count}"),
        };
        document.Heading(1, texts["rights.export.title"]);
        document.Paragraph(texts["rights.export.lead"]);
        Identity(document, file, directory);
        Section(document, "guardians", file.Guardians, [("name", 3), ("relationship", 2), ("phone", 2)],
            line => [Safe(line.Name), texts[$"enrollments.register.{Low(line.Relationship)}"], line.Phone is null ? "–" : Phrase.Code(Shown(line.Phone))]);
        Section(document, "consents", file.Consents, [("purpose", 3), ("guardian", 3), ("day", 2), ("withdrawn", 2)],
            line => [texts[$"registry.purpose.{Low(line.Purpose)}"], Safe(line.Guardian), Day(line.GivenOn), line.WithdrawnAt is { } at ? Day(at) : "–"]);
        Section(document, "enrollments", file.Enrollments, [("edition", 3), ("site", 3), ("status", 2), ("from", 2), ("until", 2)],
            line => [line.Edition, line.Site, texts[$"enrollments.status.{Low(line.Status)}"], Day(line.EnrolledAt), line.EndedAt is { } at ? Day(at) : "–"]);
        Section(document, "attendance", [.. file.Enrollments.SelectMany(line => line.Attendance)], [("day", 2), ("session", 3), ("mark", 2)],
            line => [Day(line.Date), texts[$"attendance.kind.{line.Kind}"], texts[$"attendance.status.{line.Status}"]]);
        Section(document, "certificates", file.Certificates, [("number", 3), ("kind", 3), ("day", 2)],
            line => [Phrase.Code(line.Number), texts[$"rights.certificate.{Low(line.Kind)}"], Day(line.IssuedOn)]);
        Section(document, "readings", file.Readings, [("day", 2), ("door", 2), ("shown", 4), ("reason", 3)],
            line => [Day(line.At), Phrase.Code(line.Door), string.Join(Comma, line.Shown.Select(word => texts[$"rights.shown.{word}"])), Safe(line.Reason)]);
        Section(document, "requests", file.Requests, [("day", 2), ("kind", 3), ("status", 2), ("words", 4)],
            line => [Day(line.ReceivedOn), texts[$"rights.kind.{Low(line.Kind)}"], texts[$"rights.status.{Low(line.Status)}"], Safe(line.Words)]);
        Section(document, "corrections", file.Corrections, [("day", 2), ("fact", 3), ("value", 4), ("status", 2), ("reason", 3)],
            line => [Day(line.At), texts[$"registry.correct.field.{line.Field[(line.Field.IndexOf('.', StringComparison.Ordinal) + 1)..]}"], Safe($"{line.Before ?? "–"} / {line.After ?? "–"}"),
                texts[$"registry.correct.status.{Low(line.Status)}"], Safe(line.Reason)]);
        return document.Save();
    }

    private static string Comma => Languages.Current == "ar" ? "، " : ", ";

    private void Identity(FlowDocument document, ExportFile.Response file, DirectorySnapshot directory)
    {
        document.Heading(2, texts["rights.export.identity"]);
        var table = new Table(new TableColumn(texts["rights.export.column.fact"], 2), new TableColumn(texts["rights.export.column.value"], 4));
        void Row(string key, string? value, bool isCode = false)
        {
            if (!string.IsNullOrEmpty(value)) table.Row(TableCell.Header(texts[$"rights.export.{key}"]), isCode ? Phrase.Code(value) : Safe(value));
        }
        Row("code", file.Participant, isCode: true);
        Row("name", DisplayName.Join(file.GivenName, file.FamilyName));
        Row("nameAr", DisplayName.Join(file.GivenNameAr, file.FamilyNameAr));
        Row("birthDate", Shown(file.BirthDate), isCode: true);
        Row("sex", texts[$"enrollments.register.{Low(file.Sex)}"]);
        Row("province", directory.FindProvince(file.Province) is { } province ? Languages.Current == "ar" ? province.NameAr : province.NameFr : null);
        Row("massar", file.MassarCode, isCode: true);
        Row("fifa", file.FifaId, isCode: true);
        Row("licence", file.LicenceNumber, isCode: true);
        Row("note", file.Note);
        Row("openedAt", Shown(LocalTime.DayOf(file.OpenedAt)), isCode: true);
        document.Table(table);
    }

    private void Section<TLine>(
        FlowDocument document, string key, IReadOnlyList<TLine> lines, (string Key, double Weight)[] columns, Func<TLine, IReadOnlyList<TableCell>> cells)
    {
        document.Heading(2, texts[$"rights.export.{key}"]);
        if (lines.Count == 0)
        {
            document.Paragraph(texts["rights.export.nothing"]);
            return;
        }
        var table = new Table([.. columns.Select(column => new TableColumn(texts[$"rights.export.column.{column.Key}"], column.Weight))]);
        foreach (var line in lines) table.Row(cells(line));
        document.Table(table);
    }

    /// <summary>A name with a sign that no face of ours has is printed all the same.</summary>
    private static Phrase Safe(string? text) => SafeText.SpellMissing(text ?? "–");

    private static string Shown(string phone) => phone.StartsWith('+') ? PhoneNumber.FromE164(phone).ToDisplay() : phone;

    private static string Shown(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static Phrase Day(DateOnly day) => Phrase.Code(Shown(day));

    private static Phrase Day(DateTimeOffset at) => Day(LocalTime.DayOf(at));

    private static string Low(Enum value) => JsonName(value.ToString());

    private static string JsonName(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}

using System.Globalization;
using SkiaSharp;
using Training.App.Modules.Attendance.Printing;
using Training.App.Platform.Localization;

namespace Training.Paper.Tests.Corpus;

/// <summary>A page as it comes out of the printer: the product's own document, drawn by poppler.</summary>
/// <param name="Code">What its code says.</param>
/// <param name="Raster">The page in pixels.</param>
internal sealed record PrintedPage(PageCode Code, SKBitmap Raster)
{
    private static readonly string[] Names = ["Yasmine El Alaoui", "Omar Benkirane", "Salma Aït Saïd", "Hamza Tazi", "Imane Ouazzani"];
    private static readonly string[] NamesAr = ["ياسمين العلوي", "عمر بنكيران", "سلمى آيت سعيد", "حمزة التازي", "إيمان الوزاني"];

    public SheetLayout Layout => new(Code.RightToLeft);

    /// <summary>All pages of a sheet.</summary>
    public static IReadOnlyList<PrintedPage> Print(bool arabic, int rows, string session = "s-7k2m9qd")
    {
        var language = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(arabic ? "ar-MA" : "fr-MA");
        try
        {
            var children = Enumerable.Range(0, rows)
                .Select(i => new DaySheet.Row($"e-{i:D4}k7x", $"{i:D3}-A7K2", (arabic ? NamesAr : Names)[i % Names.Length])).ToArray();
            var sheet = new DaySheet(arabic, session, "Ministère", new DateOnly(2026, 11, 20), "Groupe 1 · Atelier", "RSB · 20/11/2026 · 16:30 · 90 minutes", children);
            var pictures = Poppler.Draw(sheet.Draw(new Texts()));
            return [.. pictures.Select((picture, index) => new PrintedPage(
                new PageCode(session[2..], index + 1, pictures.Count, arabic, [.. children.Skip(index * SheetLayout.RowsMax).Take(SheetLayout.RowsMax).Select(row => row.Enrollment[2..])]),
                picture))];
        }
        finally
        {
            CultureInfo.CurrentUICulture = language;
        }
    }
}

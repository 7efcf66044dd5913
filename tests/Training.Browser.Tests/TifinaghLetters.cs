using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Training.Browser.Tests;

/// <summary>
/// Fills the directorate's workbook for the tests: the French texts in letters of Tifinagh. That is no Amazigh and means nothing; it is as
/// long as a text is, so that pages can be looked at.
/// </summary>
internal static partial class TifinaghLetters
{
    private const string Latin = "abcdefghijklmnopqrstuvwxyzàâçéèêëîïôœûù", Tifinagh = "ⴰⴱⵛⴷⴻⴼⴳⵀⵉⵊⴽⵍⵎⵏⵓⵃⵇⵔⵙⵜⵓⵖⵡⵅⵢⵣⴰⴰⵙⴻⴻⴻⴻⵉⵉⵓⵓⵓⵓ";
    private static readonly XNamespace Sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>The workbook with every text filled in but those whose key the test leaves out.</summary>
    public static byte[] Fill(byte[] workbook, Func<string, bool>? leaveOut = null)
    {
        using var file = new MemoryStream();
        file.Write(workbook);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = zip.GetEntry("xl/worksheets/sheet1.xml")!;
            XDocument sheet;
            using (var reading = entry.Open()) sheet = XDocument.Load(reading);
            foreach (var row in sheet.Descendants(Sheet + "row").Skip(1))
            {
                var cells = row.Elements(Sheet + "c").Select(cell => cell.Value).ToArray();
                if (leaveOut?.Invoke(cells[0]) == true) continue;
                row.Add(new XElement(Sheet + "c", new XAttribute("r", $"E{row.Attribute("r")!.Value}"), new XAttribute("t", "inlineStr"),
                    new XElement(Sheet + "is", new XElement(Sheet + "t", Write(cells[3])))));
            }
            entry.Delete();
            using var writing = zip.CreateEntry("xl/worksheets/sheet1.xml").Open();
            sheet.Save(writing);
        }
        return file.ToArray();
    }

    private static string Write(string french) => string.Concat(Placeholder().Split(french).Select(part => part.StartsWith('{')
        ? part
        : string.Concat(part.ToLowerInvariant().Select(sign => Latin.IndexOf(sign, StringComparison.Ordinal) is >= 0 and var at ? Tifinagh[at] : sign))));

    [GeneratedRegex(@"(\{[A-Za-z0-9]+\})")]
    private static partial Regex Placeholder();
}

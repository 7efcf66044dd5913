using Training.App.Platform.Spreadsheets;
using Training.Domain.Common;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>By what a child is found in a list: a phone of its guardians, an official code, or both parts of its name in one row.</summary>
internal sealed class ChildTraces
{
    /// <summary>The digits of a phone number behind the country's or the trunk's prefix.</summary>
    private const int PhoneDigits = 9;

    private readonly (string Given, string Family)[] names;
    private readonly string[] marks;

    public ChildTraces(IReadOnlyCollection<Participant> files, IReadOnlyCollection<string> phones)
    {
        names = [.. files.SelectMany(row => new[] { (row.GivenName, row.FamilyName), (row.GivenNameAr, row.FamilyNameAr) })
            .Where(name => name.Item1 is not null && name.Item2 is not null).Select(name => (name.Item1!, name.Item2!)).Distinct()];
        marks = [.. files.SelectMany(row => new[] { row.MassarCode, row.FifaId, row.LicenceNumber }).OfType<string>(),
            .. phones.Where(phone => phone.Length > PhoneDigits).Select(phone => phone[^PhoneDigits..])];
    }

    /// <summary>True when the present row names the child.</summary>
    public bool AreIn(TableRows rows)
    {
        var cells = new string[Math.Min(rows.CellCount, TableRows.CellsMax)];
        for (var i = 0; i < cells.Length; i++) cells[i] = rows.Cell(i).ToString();
        return AreIn(cells);
    }

    /// <summary>True when a row with these cells names the child.</summary>
    public bool AreIn(IReadOnlyCollection<string> cells)
    {
        var text = string.Join('\n', cells.Select(PersonText.Clean));
        if (names.Any(name => Has(text, name.Given) && Has(text, name.Family))) return true;
        // Phones and codes are written with blanks, dots and dashes between.
        var bare = string.Concat(text.Where(sign => char.IsLetterOrDigit(sign) || sign == '\n').Select(sign => char.IsDigit(sign) ? (char)('0' + char.GetNumericValue(sign)) : sign));
        return marks.Any(mark => Has(bare, mark));
    }

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}

using Training.App.Platform.Directory;
using Training.App.Platform.Localization;
using Training.Domain.Common;
using Training.Domain.Enrollments;
using Training.Domain.Registry;

namespace Training.App.Modules.Enrollments.Imports;

/// <summary>Goes through a stored list once and shows some of its rows as they were understood; a faulty row as it is written.</summary>
internal sealed class ShownRows(ImportSheet sheet, Staging staging, RowReader reader, DirectorySnapshot directory, Texts texts)
{
    /// <summary>Rows that nothing was noted about are new children: the first of them after a row.</summary>
    public IEnumerable<Verdict> New(int after, int atMost)
    {
        using var noted = staging.Verdicts(null, after, null).GetEnumerator();
        var more = noted.MoveNext();
        for (var given = 0; given < atMost && sheet.Rows.Read();)
        {
            var row = sheet.Rows.Row;
            if (row <= after || sheet.Rows.IsBlank) continue;
            while (more && noted.Current.Row < row) more = noted.MoveNext();
            if (more && noted.Current.Row == row) continue;
            given++;
            yield return new Verdict(row, RowState.New, 0);
        }
    }

    /// <summary>The rows of these verdicts, which must be in the order of the list and not before the present row.</summary>
    public List<(ListRows.Item Item, Verdict Verdict)> Read(IEnumerable<Verdict> verdicts, IReadOnlyDictionary<int, ImportDecision> decisions)
    {
        var rows = new List<(ListRows.Item, Verdict)>();
        foreach (var verdict in verdicts)
        {
            while (sheet.Rows.Row < verdict.Row && sheet.Rows.Read())
            {
            }
            rows.Add((Show(verdict, decisions), verdict));
        }
        return rows;
    }

    private ListRows.Item Show(Verdict verdict, IReadOnlyDictionary<int, ImportDecision> decisions)
    {
        var read = reader.Read(sheet.Rows);
        var name = read.Registration?.Name ?? new PersonName(
            Cell(ImportField.GivenName), Cell(ImportField.FamilyName), Cell(ImportField.GivenNameAr), Cell(ImportField.FamilyNameAr));
        var decision = decisions.GetValueOrDefault(verdict.Row);
        var faults = decision?.Enrolled == AlreadyEnrolled.Elsewhere
            ? [new StagedFault(verdict.Row, RowState.EnrolledElsewhere, null, "enrolledElsewhere", null)] : staging.FaultsOf(verdict.Row).ToList();
        return new ListRows.Item(
            verdict.Row,
            DisplayName.Join(name.Given, name.Family) ?? (name.GivenAr is null && name.FamilyAr is null ? Cell(ImportField.FullName) : null),
            DisplayName.Join(name.GivenAr, name.FamilyAr),
            name.Given, name.Family, name.GivenAr, name.FamilyAr,
            reader.BirthDateOf(sheet.Rows),
            Cell(ImportField.BirthDate),
            read.Registration?.Sex ?? CellValues.SexOf(sheet.Rows.Cell(sheet.Columns.ColumnOf(ImportField.Sex))),
            read.Site is { } site ? directory.Site(site.Id).Code : null,
            read.GroupName ?? Cell(ImportField.Group),
            null,
            faults.Select(fault => fault.Facts?.GetValueOrDefault("row")).OfType<long>().Select(row => (int?)row).FirstOrDefault(),
            decision?.Decision,
            [.. faults.Select(fault => new GetImport.Refusal(
                fault.Row, GetImport.ColumnOf(sheet.Columns, fault.Field), fault.Field, fault.Code, texts.Error(fault.Code, fault.Facts)))]);
    }

    private string? Cell(ImportField field) => PersonText.CleanOrNull(sheet.Rows.Cell(sheet.Columns.ColumnOf(field)).ToString());
}

using Training.App.Platform.Spreadsheets;

namespace Training.App.Tests.Platform.Spreadsheets;

internal sealed class WorkbookTests
{
    [Test]
    public void Gives_every_value_as_a_person_would_type_it()
    {
        var bytes = new WorkbookFile().Sheet("A", ["Nom", null, "x y"], null, [WorkbookFile.Day(2014, 3, 12), 612345678, 6.12345678E8, 1.5]).ToBytes();
        using var workbook = new Workbook(new MemoryStream(bytes));
        using var rows = workbook.Rows(workbook.Sheets[0]);

        Assert.That(rows.Read(), Is.True);
        Assert.That((rows.Row, rows.CellCount, rows.Cell(0).ToString(), rows.Cell(1).ToString(), rows.Cell(2).ToString()), Is.EqualTo((1, 3, "Nom", "", "x y")));
        Assert.That(rows.Read(), Is.True);
        Assert.That((rows.Row, string.Join('|', Enumerable.Range(0, 4).Select(i => rows.Cell(i).ToString()))), Is.EqualTo((3, "2014-03-12|612345678|612345678|1.5")));
        Assert.That(rows.Read(), Is.False);
    }
}

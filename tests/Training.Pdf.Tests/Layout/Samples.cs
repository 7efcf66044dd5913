using Training.Pdf.Charts;
using Training.Pdf.Layout;
using Training.Pdf.Text;

namespace Training.Pdf.Tests.Layout;

/// <summary>Documents of the kinds the product prints, with made-up people.</summary>
internal static class Samples
{
    internal static readonly DateOnly Day = new(2026, 11, 23);

    private static readonly string[] Regions =
        ["طنجة تطوان الحسيمة", "الشرق", "فاس مكناس", "الرباط سلا القنيطرة", "بني ملال خنيفرة", "الدار البيضاء سطات", "مراكش آسفي", "درعة تافيلالت"];

    internal static FlowDocument DaySheet(int children, string odd = "سلمى العلوي")
    {
        var sheet = new FlowDocument(PageSetup.Arabic, "ورقة الحضور", "المديرية الوطنية للبرنامج", Day)
        {
            Header = "البرنامج الوطني لتأهيل الشباب في الذكاء الاصطناعي",
            Footer = (page, count) => Phrase.Of($"صفحة {page} من {count}"),
        };
        sheet.Heading(1, "ورقة الحضور");
        sheet.Paragraph(Phrase.Of($"دار الشباب {"يعقوب المنصور"}، حصة يوم {Day:dd/MM/yyyy}، الهاتف {"+212 612 345 678"}"));
        var table = new Table(
            new("الرقم", 0.8, TextAlign.Center), new("الاسم الكامل", 4), new("الاسم بالحروف اللاتينية", 4), new("الرمز", 2, TextAlign.Center),
            new("حاضر", 1, TextAlign.Center), new("متأخر", 1, TextAlign.Center), new("غائب", 1, TextAlign.Center)) { RowHeight = 20 };
        for (var i = 0; i < children; i++)
        {
            string arabic = ReferenceNames.Arabic[i % ReferenceNames.Arabic.Count], latin = ReferenceNames.Latin[i % ReferenceNames.Latin.Count];
            table.Row($"{i + 1}", TableCell.Header(i == 2 ? odd : arabic), latin, $"K7-{i:D4}-M",
                TableCell.Tick("حاضر"), TableCell.Tick("متأخر"), TableCell.Tick("غائب"));
        }

        sheet.Table(table);
        return sheet;
    }

    internal static FlowDocument Report(PageSetup setup)
    {
        var arabic = setup.Direction == Training.Pdf.Bidi.TextDirection.RightToLeft;
        var report = new FlowDocument(setup, arabic ? "تقرير الجهات" : "Rapport régional", "Direction nationale", Day)
        {
            Footer = (page, count) => arabic ? Phrase.Of($"صفحة {page} من {count}") : Phrase.Of($"Page {page} sur {count}"),
        };
        report.Heading(1, arabic ? "تقرير الجهات" : "Rapport régional");
        report.Paragraph(arabic
            ? "بلغت نسبة الحضور 83 % (10/12) إلى غاية 23/11/2026، مقابل 79,5 % في الموسم 2025-2026. يشارك نادي Renaissance Sportive de Berkane في البرنامج."
            : "Le taux de présence est de 83 % (10/12) au 23/11/2026, contre 79,5 % pour la saison 2025-2026. Le club نهضة بركان participe.");
        report.List([arabic ? "الجلسات المغلقة: 412 من 430" : "Séances closes : 412 sur 430", arabic ? "في انتظار التأكيد" : "En attente de confirmation"]);
        report.Heading(2, arabic ? "الهدف والمنجز" : "Objectif et réalisé");
        report.Chart(new BarChart(
            arabic ? "المنجز في كل جهة مقارنة بالهدف" : "Réalisé par région, comparé à l’objectif", Regions,
            new ChartSeries(arabic ? "المنجز" : "Réalisé", [1200, 940, 2100, 3100.5, null, 5200, 4100, 0]),
            new ChartSeries(arabic ? "الهدف" : "Objectif", [1500, 1000, 2000, 3300, 900, 5600, 4300, 700])));
        report.Heading(2, arabic ? "الحضور أسبوعيا" : "Présence par semaine");
        report.Chart(new LineChart(
            arabic ? "الحضور في كل أسبوع" : "Présence par semaine", [.. Enumerable.Range(0, 12).Select(i => $"{i + 1:D2}/10")],
            new ChartSeries(arabic ? "إناث" : "Filles", [.. Enumerable.Range(0, 12).Select(i => i == 5 ? null : (double?)(40 + 7 * (i % 5)))]),
            new ChartSeries(arabic ? "ذكور" : "Garçons", [.. Enumerable.Range(0, 12).Select(i => (double?)(70 - 3 * (i % 4)))])));
        report.Link("training.example.ma", new Uri("https://training.example.ma/v/1"));
        return report;
    }

    internal static FlowDocument Cards(int count)
    {
        var cards = new FlowDocument(PageSetup.Arabic, "بطاقات", "المديرية", Day);
        cards.Grid(Enumerable.Range(0, count), 2, 140, (frame, i) =>
        {
            frame.Border();
            var inner = frame.Inset(10);
            inner.TakeEnd(100).Qr($"https://training.example.ma/c/K7{i:D4}", $"رمز البطاقة {i}");
            inner.Text("البرنامج الوطني لتأهيل الشباب في الذكاء الاصطناعي", TextLook.Small);
            inner.Space(6);
            inner.Text(ReferenceNames.Arabic[i % 200], new TextLook(15) { Bold = true });
            inner.Text(ReferenceNames.Latin[i % 200], new TextLook(12));
            inner.Text(Phrase.Of($"الرمز: {$"K7-{i:D4}-M"}"));
        });
        return cards;
    }
}

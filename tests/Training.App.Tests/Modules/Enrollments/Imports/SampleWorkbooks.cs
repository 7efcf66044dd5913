using Training.App.Tests.Platform.Spreadsheets;

namespace Training.App.Tests.Modules.Enrollments.Imports;

/// <summary>Makes the workbooks of <c>seed-data/samples</c>, each with one habit of real club files. Nobody in them exists.</summary>
internal static class SampleWorkbooks
{
    private static readonly object[] French = ["Prénom", "Nom", "Date de naissance", "Sexe", "Nom du tuteur", "Téléphone du tuteur"];
    private static readonly object[] Arabic = ["الاسم الشخصي", "الاسم العائلي", "تاريخ الازدياد", "الجنس", "ولي الأمر", "رقم الهاتف"];

    private static readonly string[] Given = ["Salma", "Nizar", "Ghita", "Walid", "Hiba", "Sofiane", "Meryem", "Othmane", "Kenza", "Adil", "Zineb", "Ilyas"];
    private static readonly string[] Family = ["Bennani", "Chraibi", "El Idrissi", "Ouazzani", "Tazi", "Lahlou", "Ait Brahim", "Benjelloun", "Sebti", "Filali", "Kabbaj", "Naciri"];
    private static readonly string[] GivenAr = ["سلمى", "نزار", "غيثة", "وليد", "هبة", "سفيان"];
    private static readonly string[] FamilyAr = ["بناني", "الشرايبي", "الإدريسي", "الوزاني", "التازي", "لحلو"];

    public static IEnumerable<(string Name, byte[] Bytes)> All()
    {
        yield return ("excel-shared-strings.xlsx", new WorkbookFile().Sheet("Feuil1", [French, .. Rows(0, 4)]).ToBytes());
        yield return ("generator-inline-strings.xlsx", new WorkbookFile { SharesTexts = false }.Sheet("Sheet1", [French, .. Rows(4, 3)]).ToBytes());
        yield return ("mac-1904-dates.xlsx", new WorkbookFile { From1904 = true }.Sheet("Joueurs", [French, .. Rows(7, 3)]).ToBytes());
        yield return ("strict-open-xml.xlsx", new WorkbookFile { IsStrict = true }.Sheet("Joueurs", [French, .. Rows(10, 2)]).ToBytes());
        yield return ("merged-title-and-blank-rows.xlsx", new WorkbookFile().Sheet("U13", "visible", [["Club – Saison 2026/2027"], ["Catégorie U13"], null, French, .. Rows(12, 2), null, .. Rows(14, 1)], "A1:F1").ToBytes());
        yield return ("summary-sheet-first.xlsx", new WorkbookFile().Sheet("Bilan", ["Total", 2], ["Filles", 1]).Sheet("Liste", [French, .. Rows(15, 2)]).Sheet("Paramètres", ["U13"], ["U15"]).ToBytes());
        yield return ("last-season-hidden.xlsx", new WorkbookFile().Sheet("2026", [French, .. Rows(17, 2)]).Sheet("2025", "hidden", [French, .. Rows(19, 4)]).ToBytes());
        yield return ("arabic-headings.xlsx", new WorkbookFile().Sheet("اللائحة", [Arabic, .. Enumerable.Range(0, 4).Select(i => new object?[] { GivenAr[i], FamilyAr[i], WorkbookFile.Day(2013, 4, 3 + i), i % 2 == 0 ? "أنثى" : "ذكر", $"سميرة {FamilyAr[i]}", $"06 61 05 10 0{i}" })]).ToBytes());
        yield return ("both-scripts.xlsx", new WorkbookFile().Sheet("Bilingue", [["N°", "Prénom", "Nom", "الاسم الشخصي", "الاسم العائلي", "Né(e) le", "F/M", "Tuteur légal", "GSM", "Code Massar"],
            .. Enumerable.Range(0, 3).Select(i => new object?[] { i + 1, Given[i], Family[i], GivenAr[i], FamilyAr[i], WorkbookFile.Day(2012, 6, 5 + i), i % 2 == 0 ? "F" : "M", "Rachid " + Family[i], 661060010 + i, $"R13000000{i}" })]).ToBytes());
        yield return ("headings-with-line-breaks.xlsx", new WorkbookFile().Sheet("Inscriptions", [["Prénom\nde l’enfant ", " NOM\nDE FAMILLE", "Date de\nnaissance*", "SEXE (F/G)", "Nom et prénom\ndu tuteur", "N° de\ntéléphone"],
            .. Rows(23, 3).Select(row => Change(row, 3, row[3] is "F" ? "f" : "G"))]).ToBytes());
        yield return ("full-name-column.xlsx", new WorkbookFile().Sheet("Équipe", [["Nom et prénom", "DDN", "Genre", "Père", "Contact"],
            .. Enumerable.Range(0, 3).Select(i => new object?[] { $"{Family[i + 6].ToUpperInvariant()} {Given[i + 6]}", $"{12 + i}/03/2014", i % 2 == 0 ? "Fille" : "Garçon", "Karim " + Family[i + 6], 661070010 + i })]).ToBytes());
        yield return ("lost-zeros-and-exponents.xlsx", new WorkbookFile().Sheet("Feuil1", [French, Change(Rows(26, 1).First(), 5, 6.61080010E8), Change(Rows(27, 1).First(), 5, 212661080011), Change(Rows(28, 1).First(), 5, "+212 6 61 08 00 12")]).ToBytes());
        yield return ("formulas.xlsx", new WorkbookFile().Sheet("Calcul", [French, .. Rows(29, 2).Select(row => Change(row, 0, new WorkbookFile.Formula("PROPER(H2)", (string)row[0]!)))]).ToBytes());
        yield return ("two-lists.xlsx", new WorkbookFile().Sheet("U13", [French, .. Rows(31, 2)]).Sheet("U15", [French, .. Rows(33, 3)]).ToBytes());
        yield return ("columns-without-names.xlsx", new WorkbookFile().Sheet("Feuil1", [["Col1", "Col2", "Col3", "Col4", "Col5", "Col6"], .. Rows(36, 3)]).ToBytes());
        yield return ("some-faults.xlsx", new WorkbookFile().Sheet("Joueurs", [French, .. Rows(39, 3), Change(Rows(42, 1).First(), 2, "31/02/2014"), Change(Rows(43, 1).First(), 5, 12), Change(Rows(44, 1).First(), 0, "=HYPERLINK(\"x\")")]).ToBytes());
    }

    private static IEnumerable<object?[]> Rows(int first, int count) => Enumerable.Range(first, count).Select(i => new object?[]
    {
        Given[i % 12], Family[(i * 5 + i / 12) % 12], WorkbookFile.Day(2011 + i % 5, 1 + i % 12, 2 + i % 26), i % 2 == 0 ? "F" : "M", $"Parent {Family[(i * 5 + i / 12) % 12]}", 661040000 + i,
    });

    private static object?[] Change(object?[] row, int column, object value) => [.. row.Select((cell, i) => i == column ? value : cell)];
}

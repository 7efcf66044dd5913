using Training.App.Modules.Certificates.Rendering;
using Training.App.Modules.Certificates.Sealing;
using Training.Pdf.Tests;
using Training.Pdf.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace Training.App.Tests.Modules.Certificates;

internal sealed class CertificateRendererTests
{
    private const int MaxBytes = 50 * 1024, MaxSealedBytes = 55 * 1024;

    // As long as a design takes, with every letter of the alphabet.
    private const string Tifinagh = "ⴰⴱⴳⴳⵯⴷⴹⴻⴼⴽⴽⵯⵀⵃⵄⵅⵇⵉⵊⵍ ⵎⵏⵓⵔⵕⵖⵙⵚⵛⵜⵟⵡⵢⵣⵥ ⴰⴱⴳⴳⵯⴷⴹⴻⴼⴽⴽⵯⵀⵃⵄⵅⵇⵉⵊⵍ ⵎⵏⵓⵔⵕⵖⵙⵚⵛⵜⵟⵡⵢⵣⵥ ⴰⴱⴳⴳⵯⴷⴹⴻⴼⴽⴽⵯⵀⵃⵄⵅⵇⵉⵊⵍ ⵎⵏⵓⵔⵕⵖⵙⵚⵛⵜⵟⵡ";

    // Inner edge of the frame, in points.
    private const double Frame = 57;

    private static readonly CertificateRenderer Renderer = new();

    private static readonly CertificateContent Content = new()
    {
        Kind = CertificateKind.Completion,
        ArabicName = "فاطمة الزهراء بنسليمان",
        LatinName = "Fatima-Zahra Benslimane",
        Gender = HolderGender.Female,
        BirthDate = new DateOnly(2014, 8, 12),
        ProgrammeFrench = "Programme national d’initiation des jeunes à l’IA 2026",
        ProgrammeArabic = "البرنامج الوطني لتأهيل الشباب في الذكاء الاصطناعي 2026",
        BodyFrench = "a suivi avec assiduité les ateliers d’initiation à l’intelligence artificielle et au numérique responsable du",
        BodyArabic = "تابعت بانتظام ورشات الاستئناس بالذكاء الاصطناعي والاستعمال المسؤول للتكنولوجيا الرقمية في إطار",
        Hours = 30,
        SiteFrench = "Maison de jeunes Yacoub El Mansour",
        SiteArabic = "دار الشباب يعقوب المنصور",
        IssueDate = new DateOnly(2026, 11, 1),
        CityFrench = "Rabat",
        CityArabic = "الرباط",
        SignatoryFrench = "Nadia Benchekroun",
        SignatoryArabic = "نادية بنشقرون",
        SignatoryTitleFrench = "La Directrice du programme",
        SignatoryTitleArabic = "مديرة البرنامج",
        IssuerFrench = "Ministère délégué chargé de la Transition numérique",
        IssuerArabic = "الوزارة المنتدبة المكلفة بالانتقال الرقمي",
        Number = "2026-000123",
        VerificationAddress = "https://formation.example.ma/v/7K3QW9ZD4MTRX2HBVN6C5PJ8AE",
        CndpNumber = "D-GC-123/2026",
    };

    // 60 letters a part is the most a file takes; of many kinds, since each kind is drawn once.
    private static readonly CertificateContent Longest = Content with
    {
        LatinName = "Moulay Abdelhafid Zine-Eddine Ghassane Jawad Qaïs Yûsuf Kévin Bouchaïb-Elghazouani Xavier Ñuñez Wahbi Çelebi-Ferhat Tariq",
        ArabicName = "مولاي عبد الحفيظ زين الدين غسان جواد قيس يوسف ضياء ثابت أسامة بوشعيب الغزواني المؤمن آيت إبراهيم الظاهري خالد شاكر صفي طه",
    };

    [Test]
    public void Says_everything_in_both_languages()
    {
        var text = Words(Renderer.Render(Content));
        string[] expected =
        [
            "Attestation de réussite", "شهادة إتمام التكوين", "Nous attestons que", "نشهد بأن",
            "Fatima-Zahra Benslimane", "فاطمة الزهراء بنسليمان", "Née le 12 août 2014", "المزدادة بتاريخ",
            "Durée : 30 heures", "Lieu : Maison de jeunes Yacoub El Mansour", "دار الشباب يعقوب المنصور",
            "Fait à Rabat, le 1er novembre 2026", "La Directrice du programme", "مديرة البرنامج", "Nadia Benchekroun", "نادية بنشقرون",
            "Ministère délégué chargé", "الوزارة المنتدبة المكلفة بالانتقال الرقمي",
            "2026-000123", "رقم الشهادة", "https://formation.example.ma/v/7K3QW9ZD4MTRX2HBVN6C5PJ8AE", "CNDP D-GC-123/2026",
        ];
        Assert.Multiple(() =>
        {
            foreach (var part in expected)
                Assert.That(text, Does.Contain(part));
        });
    }

    [Test]
    public void A_participation_and_a_boy_are_worded_as_such()
    {
        var text = Words(Renderer.Render(Content with { Kind = CertificateKind.Participation, Gender = HolderGender.Male }));
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Contain("Attestation de participation").And.Contain("شهادة مشاركة"));
            Assert.That(text, Does.Contain("Né le 12 août 2014").And.Contain("المزداد بتاريخ").And.Contain("غشت"));
            Assert.That(text, Does.Not.Contain("Attestation de réussite").And.Not.Contain("المزدادة"));
        });
    }

    [Test]
    public void An_amazigh_line_and_the_hijri_day_are_added_where_the_design_asks_for_them()
    {
        const string amazigh = "ⵜⴰⵏⴽⵔⴰ ⵏ ⵓⵙⵎⵓⵜⵜⴳ — ⵜⵙⵎⴷ ⴰⵙⵎⵓⵜⵜⴳ";
        var plain = Words(Renderer.Render(Content));
        var text = Words(Renderer.Render(Content with { AmazighText = amazigh, HijriDate = true }));

        Assert.That(CertificateTexts.DateHijri(Content.IssueDate), Is.EqualTo("21 جمادى الأولى 1448"));
        Assert.That(text, Does.Contain("ⵜⴰⵏⴽⵔⴰ ⵏ ⵓⵙⵎⵓⵜⵜⴳ").And.Contain("1448").And.Contain("الموافق"));
        Assert.That(plain, Does.Not.Contain("1448").And.Not.Contain("ⵓⵙⵎⵓⵜⵜⴳ"));
    }

    [Test]
    public void The_names_of_sixty_children_are_found_again_in_both_scripts()
    {
        var arabic = ReferenceNames.Arabic;
        var latin = ReferenceNames.Latin;
        Assert.Multiple(() =>
        {
            for (var i = 0; i < 60; i++)
            {
                var content = Content with
                {
                    ArabicName = $"{arabic[i * 2]} {arabic[^(i + 1)]}",
                    LatinName = $"{latin[i * 2]} {latin[^(i + 1)]}",
                };
                var text = Words(Renderer.Render(content));
                Assert.That(text, Does.Contain(content.ArabicName).And.Contain(content.LatinName));
            }
        });
    }

    [Test]
    public void PdfPig_reads_the_names_too()
    {
        var letters = Letters(Renderer.Render(Content));
        Assert.Multiple(() =>
        {
            Assert.That(LineOf(letters, 25), Is.EqualTo("Fatima-Zahra Benslimane"));
            Assert.That(string.Concat(LineOf(letters, 31).Reverse()), Is.EqualTo("فاطمة الزهراء بنسليمان"));
        });
    }

    [TestCaseSource(nameof(Variants))]
    public void Is_clean_tagged_small_and_embeds_its_fonts(CertificateContent content)
    {
        var pdf = Renderer.Render(content);
        // To be looked at, as the pages are.
        if (Environment.GetEnvironmentVariable("TRAINING_SHOTS") is { Length: > 0 } folder)
            File.WriteAllBytes(Path.Combine(folder, $"certificate-{TestContext.CurrentContext.Test.Name.Split('(')[1].TrimEnd(')')}.pdf"), pdf);
        Assert.Multiple(() =>
        {
            Assert.That(pdf, Has.Length.LessThanOrEqualTo(MaxBytes));
            Assert.That(PdfTools.CheckSyntax(pdf), Does.Contain("No syntax or stream encoding errors"));
            Assert.That(PdfTools.ListFonts(pdf).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2), Is.All.Match("Identity-H +yes yes yes"));
            Assert.That(PdfTools.Describe(pdf), Does.Contain("Tagged:          yes").And.Contain("Pages:           1"));
            Assert.That(PdfTools.Describe(pdf, "-struct"), Does.Contain("Document").And.Contain("H1").And.Contain("P").And.Contain("Figure"));
        });
    }

    [TestCaseSource(nameof(Variants))]
    public void Sealed_and_with_a_signed_square_code_it_stays_below_the_ceiling(CertificateContent content)
    {
        var (plain, signed) = Measure(content);
        // With the longest names a file takes the square code is what passes the plain ceiling, by 300 bytes.
        var most = ReferenceEquals(content, Longest) ? MaxBytes + 512 : MaxBytes;
        Assert.That((plain <= most, signed <= MaxSealedBytes), Is.EqualTo((true, true)), $"{plain}, sealed {signed}");
    }

    [Test]
    public void With_an_Amazigh_line_and_the_hijri_day_it_stays_below_the_ceiling()
    {
        var (plain, signed) = Measure(Content with { AmazighText = Tifinagh, HijriDate = true });
        Assert.That((plain <= MaxBytes, signed <= MaxSealedBytes), Is.EqualTo((true, true)), $"{plain}, sealed {signed}");
    }

    [Test]
    public void The_longest_names_beside_every_letter_of_Amazigh_pass_the_ceiling_by_a_tenth_and_no_more()
    {
        var (plain, signed) = Measure(Longest with { AmazighText = Tifinagh, HijriDate = true });
        Assert.That((plain <= MaxBytes * 11 / 10, signed <= MaxSealedBytes * 11 / 10), Is.EqualTo((true, true)), $"{plain}, sealed {signed}");
    }

    private static (int Plain, int Sealed) Measure(CertificateContent content)
    {
        using var seal = new OrganisationSeal(SealKeys.Make(new string('O', 64)), []);
        var address = content.VerificationAddress;
        var whole = Renderer.Render(content with { SignedAddress = $"{address[..Math.Min(60, address.Length)]}#{new string('A', 130)}" });
        var signed = seal.Apply(whole, DateTimeOffset.UtcNow).Length;
        TestContext.Out.WriteLine($"{whole.Length} bytes, {signed} sealed");
        return (whole.Length, signed);
    }

    [TestCaseSource(nameof(Variants))]
    public void No_text_leaves_the_frame_or_runs_into_the_next_line(CertificateContent content)
    {
        var letters = Letters(Renderer.Render(content));
        var name = letters.Where(letter => letter.StartBaseLine.Y is > 300 and < 382).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(letters.Select(letter => letter.StartBaseLine.X), Is.All.InRange(Frame, 841.89 - Frame));
            Assert.That(letters.Select(letter => letter.EndBaseLine.X), Is.All.InRange(Frame, 841.89 - Frame));
            Assert.That(letters.Select(letter => letter.StartBaseLine.Y), Is.All.InRange(Frame, 595.28 - Frame));
            Assert.That(name, Is.Not.Empty);
            // The date of birth stands at 290 and « Nous attestons que » at 386.
            Assert.That(name.Select(letter => letter.StartBaseLine.Y + letter.PointSize * 0.7), Is.All.LessThan(386));
            Assert.That(name.Select(letter => letter.StartBaseLine.Y - letter.PointSize * 0.2), Is.All.GreaterThan(300));
        });
    }

    [TestCase("سلمى", null)]
    [TestCase(null, "Salma")]
    [TestCase("سلمى", "  ")]
    public void One_script_is_enough(string? arabic, string? latin)
    {
        var text = Words(Renderer.Render(Content with { ArabicName = arabic, LatinName = latin }));
        Assert.That(text, Does.Contain(arabic ?? latin!));
    }

    [Test]
    public void A_certificate_without_any_name_is_refused() =>
        Assert.That(() => Renderer.Render(Content with { ArabicName = null, LatinName = "\u200F " }), Throws.ArgumentException);

    [Test]
    public void Control_and_override_characters_change_nothing()
    {
        var clean = Renderer.Render(Content);
        var dirty = Renderer.Render(Content with
        {
            LatinName = "Fatima-\u202EZahra\u202C\u0007 Ben\u200Bslimane",
            ArabicName = "\u202Dفاطمة\t الزهراء\u2067 \u0000بنسليمان\uFEFF",
            SiteFrench = "Maison de jeunes\r\nYacoub El\u202E Mansour",
        });
        Assert.That(dirty.AsSpan().SequenceEqual(clean));
    }

    [Test]
    public void A_letter_without_a_glyph_is_reported_without_the_name()
    {
        var error = Assert.Throws<MissingGlyphException>(() => Renderer.Render(Content with { LatinName = "Salma 漢" }));
        Assert.That(error!.Message, Does.Contain("U+6F22").And.Not.Contain("Salma"));
    }

    [Test]
    public void Equal_contents_give_equal_bytes_from_every_thread_and_renderer()
    {
        var expected = Renderer.Render(Content);
        var other = new CertificateRenderer();
        var neighbour = Content with { LatinName = "Yassine Karaoui", ArabicName = "ياسين الكراوي", Kind = CertificateKind.Participation };
        Parallel.For(0, 200, i =>
        {
            other.Render(neighbour with { Number = $"2026-{i:000000}" });
            Assert.That((i % 2 == 0 ? Renderer : other).Render(Content).AsSpan().SequenceEqual(expected));
        });
    }

    [Test]
    public void The_CNDP_line_is_left_out_when_there_is_no_number() =>
        Assert.That(Words(Renderer.Render(Content with { CndpNumber = null })), Does.Not.Contain("CNDP"));

    [TestCase("1", "1 heure", "ساعة واحدة")]
    [TestCase("2", "2 heures", "ساعتان")]
    [TestCase("7", "7 heures", "7 ساعات")]
    [TestCase("7.5", "7,5 heures", "7,5 ساعة")]
    [TestCase("30", "30 heures", "30 ساعة")]
    public void Hours_agree_in_number(string hours, string french, string arabic)
    {
        var value = decimal.Parse(hours, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Multiple(() =>
        {
            Assert.That(CertificateTexts.HoursFrench(value).Replace('\u00A0', ' '), Is.EqualTo(french));
            Assert.That(SafeText.Clean(CertificateTexts.HoursArabic(value)), Is.EqualTo(arabic));
        });
    }

    [Test]
    public void Months_are_those_of_Morocco() => Assert.That(
        Enumerable.Range(1, 12).Select(month => CertificateTexts.DateArabic(new DateOnly(2026, month, 2)).Split(' ')[1]),
        Is.EqualTo("يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".Split(' ')));

    [Test]
    public void A_season_in_an_Arabic_programme_is_not_turned_around()
    {
        var letters = Letters(Renderer.Render(Content with { ProgrammeArabic = "الذكاء الاصطناعي وكرة القدم، موسم 2026-2027" }));
        var shown = string.Concat(letters.Where(letter => letter.PointSize is > 13.4 and < 13.6 && letter.StartBaseLine.Y < 280).OrderBy(letter => letter.StartBaseLine.X).Select(letter => letter.Value));
        Assert.That(shown, Does.Contain("2026-2027"));
    }

    private static IEnumerable<TestCaseData> Variants()
    {
        var longArabic = string.Join(' ', Enumerable.Repeat("عبد الرحمن المصطفى", 17))[..300];
        var longLatin = string.Join(' ', Enumerable.Repeat("Abderrahmane El Mostafa", 13))[..300];
        yield return Case("usual", Content);
        yield return Case("participation", Content with { Kind = CertificateKind.Participation, Gender = HolderGender.Male });
        yield return Case("short", Content with { ArabicName = "عبد الله", LatinName = "Li" });
        yield return Case("Arabic only", Content with { LatinName = null });
        yield return Case("Latin only", Content with { ArabicName = null });
        yield return Case("four words", Content with { ArabicName = "محمد أمين بن عبد السلام", LatinName = "Mohamed Amine Ben Abdeslam" });
        yield return Case("both scripts on one line", Content with { ArabicName = "سلمى Benslimane العلوي", LatinName = "Salma بنسليمان" });
        yield return Case("Tifinagh", Content with { LatinName = "ⵢⴰⵙⵎⵉⵏ Gnaoui" });
        yield return Case("300 letters", Content with { ArabicName = longArabic, LatinName = longLatin });
        yield return Case("300 letters, Arabic only", Content with { ArabicName = longArabic, LatinName = null });
        yield return Case("the longest names of a file", Longest);
        yield return Case("300 letters without a space", Content with { LatinName = new string('W', 300) });
        yield return Case("long texts", Content with
        {
            BodyFrench = string.Join(' ', Enumerable.Repeat(Content.BodyFrench, 3)), BodyArabic = string.Join(' ', Enumerable.Repeat(Content.BodyArabic, 3)),
            ProgrammeFrench = string.Join(' ', Enumerable.Repeat(Content.ProgrammeFrench, 3)), SiteFrench = longLatin, SiteArabic = longArabic,
            SignatoryFrench = longLatin, SignatoryTitleArabic = longArabic, IssuerFrench = longLatin, IssuerArabic = longArabic,
            CityFrench = "Aït Iaaza", CityArabic = "Rabat", VerificationAddress = "https://formation.example.ma/" + new string('v', 150),
        });
    }

    private static TestCaseData Case(string name, CertificateContent content) => new TestCaseData(content).SetArgDisplayNames(name);

    private static string Words(byte[] pdf) => PdfTools.ExtractText(pdf, "-layout").Replace('\u00A0', ' ');

    private static Letter[] Letters(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return [.. document.GetPage(1).Letters];
    }

    private static string LineOf(Letter[] letters, double size) =>
        string.Concat(letters.Where(letter => Math.Abs(letter.PointSize - size) < 0.01).OrderBy(letter => letter.StartBaseLine.X).Select(letter => letter.Value));
}

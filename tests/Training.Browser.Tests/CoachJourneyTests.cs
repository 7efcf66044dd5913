using System.Text;
using Microsoft.Playwright;

namespace Training.Browser.Tests;

/// <summary>A coach's evening: signs in, registers a child, settles a possible duplicate, sends the club's list.</summary>
[Category("Browser")]
internal sealed class CoachJourneyTests
{
    private static readonly Dictionary<string, string> OtherLanguage = new() { ["ar"] = "fr", ["fr"] = "ar" };

    [TestCase("fr")]
    [TestCase("ar")]
    public async Task The_way_in_is_clear(string language)
    {
        await using var visit = await BrowserHost.OpenAsync(language);

        await visit.GoAsync("/coach");
        Assert.That(new Uri(visit.Page.Url).AbsolutePath, Is.EqualTo("/sign-in"));
        await visit.LookAsync("sign-in");

        await visit.Page.FillAsync("#Email", "coach@demo.example");
        await visit.Page.FillAsync("#Password", "not the password");
        await visit.SubmitAsync("form.form button.button:not([formaction])");
        Assert.That(await visit.Page.Locator(".error-summary a[href='#Email']").CountAsync(), Is.EqualTo(1));
        Assert.That(await visit.Page.InputValueAsync("#Email"), Is.EqualTo("coach@demo.example"));
        Assert.That(await visit.Page.InputValueAsync("#Password"), Is.Empty);
        await visit.LookAsync("sign-in-error");

        await visit.Page.FillAsync("#Password", RunningApplication.DemoPassword);
        await visit.SubmitAsync("form.form button.button:not([formaction])");
        Assert.That(new Uri(visit.Page.Url).AbsolutePath, Is.EqualTo("/coach"), "the page that was asked for first");

        await visit.SubmitAsync(".account summary + .account__panel form button", open: ".account summary");
        Assert.That(new Uri(visit.Page.Url).AbsolutePath, Is.EqualTo("/sign-in"));
    }

    [TestCase("fr")]
    [TestCase("ar")]
    public async Task Changing_the_language_keeps_the_page(string language)
    {
        await using var visit = await BrowserHost.OpenAsync(language);
        await visit.SignInAsync("coach");

        await visit.SubmitAsync($".languages button[value^={OtherLanguage[language]}]");

        Assert.That(await visit.Page.Locator("html").GetAttributeAsync("lang"), Does.StartWith(OtherLanguage[language]));
        Assert.That(new Uri(visit.Page.Url).AbsolutePath, Is.EqualTo("/coach"));
    }

    [TestCase("fr", "Mohcine", "Bensouda")]
    [TestCase("ar", "Ghizlane", "Tazi")]
    public async Task A_coach_registers_a_child_and_settles_a_possible_duplicate(string language, string given, string family)
    {
        await using var visit = await BrowserHost.OpenAsync(language);
        var page = visit.Page;
        await visit.SignInAsync("coach");
        await visit.LookAsync("coach-home");

        await visit.SubmitAsync("a[href='/register']");
        await visit.LookAsync("register");
        await visit.SubmitAsync("form.form button.button:not([formaction])");
        Assert.That(await page.Locator(".error-summary li").CountAsync(), Is.GreaterThanOrEqualTo(5));
        await visit.LookAsync("register-errors");

        await FillAsync(page, given, family, ("31", "02", "2014"));
        await visit.SubmitAsync("form.form button.button:not([formaction])");
        Assert.That(await page.Locator(".error-summary a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))"),
            Is.EqualTo(new[] { "#BirthDate-day" }));
        await page.FillAsync("#BirthDate-day", "21");
        await visit.SubmitAsync("form.form button.button:not([formaction])");

        Assert.That(new Uri(page.Url).PathAndQuery, Is.EqualTo("/register/done"), "the code is not in the address");
        var code = await visit.TextAsync(".big-code__value");
        Assert.That(code, Does.Match("^[0-9A-Z]{5}-[0-9A-Z]{5}$"));
        Assert.That(await visit.TextAsync(".notice h1"), Does.Contain(given));
        await visit.LookAsync("register-done");

        await visit.SubmitAsync("a[href='/register']");
        await FillAsync(page, given + "e", family, ("21", "02", "2014"));
        await visit.SubmitAsync("form.form button.button:not([formaction])");
        Assert.That(await page.Locator(".compare").CountAsync(), Is.EqualTo(1));
        await visit.LookAsync("register-duplicate");

        await visit.SubmitAsync(".actions button:not([formaction])");
        Assert.That(await page.Locator(".error-summary a[href='#DuplicateDecision-first']").CountAsync(), Is.EqualTo(1), "a decision is asked for");
        await visit.SubmitAsync("button[formaction*=Edit]");
        Assert.That(await page.InputValueAsync("#GivenName"), Is.EqualTo(given + "e"), "what was typed is kept");
        await visit.SubmitAsync("form.form button.button:not([formaction])");
        await page.CheckAsync("input[name=DuplicateDecision][value=notADuplicate]");
        await visit.SubmitAsync(".actions button:not([formaction])");
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/register/done"));
        Assert.That(await visit.TextAsync(".big-code__value"), Is.Not.EqualTo(code), "another child has another code");

        await visit.GoAsync("/coach");
        await page.FillAsync("#q", $"{family} {given}");
        await visit.SubmitAsync(".search button");
        Assert.That(page.Url, Does.EndWith("/participants"), "a name does not stand in the address");
        Assert.That(await page.Locator(".list a").CountAsync(), Is.GreaterThanOrEqualTo(2));
        await visit.LookAsync("participants");
        await visit.SubmitAsync(".list a >> nth=0");
        await visit.LookAsync("participant");
        await visit.SubmitAsync("main a[href$='/family']");
        await visit.LookAsync("family-access");
        await visit.GoAsync("/messages");
        await visit.LookAsync("messages");
    }

    [Test]
    public async Task The_form_works_without_javascript()
    {
        await using var visit = await BrowserHost.OpenAsync("fr", javaScript: false);
        await visit.SignInAsync("coach");
        await visit.GoAsync("/register");
        await FillAsync(visit.Page, "Oussama", "Belghiti", ("03", "09", "2012"));

        await visit.SubmitAsync("form.form button.button:not([formaction])");

        Assert.That(new Uri(visit.Page.Url).AbsolutePath, Is.EqualTo("/register/done"));
    }

    [TestCase("fr")]
    [TestCase("ar")]
    public async Task A_coach_sends_the_clubs_list_and_gets_the_faulty_rows_back(string language)
    {
        await using var visit = await BrowserHost.OpenAsync(language);
        var page = visit.Page;
        await visit.SignInAsync("coach");

        await visit.GoAsync("/imports");
        await visit.LookAsync("import-upload");
        await visit.SubmitAsync("form.form button.button:not([formaction])");
        Assert.That(await page.Locator(".error-summary a[href='#File']").CountAsync(), Is.EqualTo(1), "a file is asked for");
        await visit.LookAsync("import-upload-error");

        await page.SetInputFilesAsync("#File", new FilePayload { Name = "liste.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("%PDF-1.7 liste") });
        await visit.SubmitAsync("form.form button.button:not([formaction])");
        Assert.That(await page.Locator("#File-error").CountAsync(), Is.EqualTo(1), "a PDF renamed .csv is refused in words");

        await page.SetInputFilesAsync("#File", new FilePayload { Name = "sans_titres.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("Col1;Col2;Col3;Col4;Col5;Col6\nBennani;Salma;12/03/2014;F;Parent Bennani;0661090001\n") });
        await visit.SubmitAsync("form.form button.button:not([formaction])");
        await page.WaitForSelectorAsync("select[name=fields]");
        Assert.That(await page.Locator("select[name=fields] >> nth=2").InputValueAsync(), Is.EqualTo("birthDate"), "proposed by what stands in the column");
        await visit.LookAsync("import-columns");
        await visit.GoAsync("/imports");

        await page.SetInputFilesAsync("#File", new FilePayload { Name = "liste_U13.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(List(language)) });
        await visit.SubmitAsync("form.form button.button:not([formaction])");
        await page.WaitForSelectorAsync("form.action-bar");
        Assert.That(await visit.TextAsync(".tile--bad dd"), Is.EqualTo("2"));
        Assert.That(await page.Locator(".table >> nth=0 >> tbody tr").CountAsync(), Is.EqualTo(2), "the refused rows come first");
        Assert.That(await page.Locator(".table >> nth=1 >> tbody tr").CountAsync(), Is.EqualTo(3), "then the children to be registered, as they were read");
        Assert.That(await visit.TextAsync(".table tbody tr >> nth=0 >> th"), Does.EndWith("4"), "numbered as the coach sees it");
        await visit.LookAsync("import-preview");

        await visit.SubmitAsync("form.action-bar button:not([form])");
        await page.WaitForSelectorAsync(".notice--success");
        Assert.That(await visit.TextAsync(".tiles .tile >> nth=0 >> dd"), Is.EqualTo("3"));
        await visit.LookAsync("import-done");

        var refused = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("a[href*='format=csv']"));
        Assert.That(await File.ReadAllLinesAsync(await refused.PathAsync()), Has.Length.EqualTo(3), "headings and two rows");
        await visit.GoAsync("/coach");
        Assert.That(await visit.TextAsync(".list"), Does.Contain("liste_U13.csv"));
        await visit.LookAsync("coach-home-imports");
    }

    [TestCase("fr")]
    [TestCase("ar")]
    public async Task Errors_are_said_in_words(string language)
    {
        await using var visit = await BrowserHost.OpenAsync(language);
        Assert.That(await visit.GoAsync("/nowhere"), Is.EqualTo(404));
        await visit.LookAsync("error-404");
        Assert.That(await visit.GoAsync("/privacy"), Is.EqualTo(200));
        await visit.LookAsync("privacy");

        await visit.SignInAsync("operator");
        await visit.LookAsync("operator-home");
        Assert.That(await visit.GoAsync("/register"), Is.EqualTo(403));
        await visit.LookAsync("error-403");
    }

    private static async Task FillAsync(IPage page, string given, string family, (string Day, string Month, string Year) birth)
    {
        await page.FillAsync("#GivenName", given);
        await page.FillAsync("#FamilyName", family);
        await page.FillAsync("#BirthDate-day", birth.Day);
        await page.FillAsync("#BirthDate-month", birth.Month);
        await page.FillAsync("#BirthDate-year", birth.Year);
        await page.CheckAsync("input[name=Sex][value=male]");
        await page.FillAsync("#GuardianName", $"Samira {family}");
        await page.CheckAsync("input[name=Relationship][value=mother]");
        await page.FillAsync("#GuardianPhone", "06 12 34 56 78");
        await page.CheckAsync("input[name=Consent][value=paper]");
    }

    /// <summary>Three good rows and two faulty ones, in rows 4 and 6; other children in each language.</summary>
    private static string List(string language) => language == "fr"
        ? """
          Prénom;Nom;Date de naissance;Sexe;Tuteur;Téléphone
          Anas;Cherkaoui;14/02/2013;M;Rachid Cherkaoui;0661111111
          Salma;Kabbaj;03/07/2012;F;Nadia Kabbaj;0662222222
          Imad;Sebti;31/02/2013;M;Omar Sebti;0663333333
          Rania;Filali;22/11/2014;F;Latifa Filali;0664444444
          Younes;Berrada;09/09/2013;M;;0665555555
          """
        : """
          الاسم الشخصي,الاسم العائلي,تاريخ الازدياد,الجنس,ولي الأمر,الهاتف
          أنس,الشرقاوي,14/02/2011,ذكر,رشيد الشرقاوي,0671111111
          سلمى,القباج,03/07/2011,أنثى,نادية القباج,0672222222
          عماد,السبتي,31/02/2011,ذكر,عمر السبتي,0673333333
          رانية,الفيلالي,22/11/2011,أنثى,لطيفة الفيلالي,0674444444
          يونس,برادة,09/09/2011,ذكر,,0675555555
          """;
}

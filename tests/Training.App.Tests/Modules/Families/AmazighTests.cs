using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform.Localization;
using Training.App.Platform.Spreadsheets;
using Training.Data;
using Training.Domain.Registry;

namespace Training.App.Tests.Modules.Families;

/// <summary>The directorate's table of texts in Amazigh: out, in, checked, looked at, in force.</summary>
[TestFixture]
internal sealed class AmazighTests
{
    private TrainingApplication app = null!;
    private HttpClient nation = null!;

    [SetUp]
    public void Open()
    {
        app = new TrainingApplication();
        nation = app.Nation();
        nation.DefaultRequestHeaders.Add("Accept-Language", "fr");
    }

    [TearDown]
    public async Task CloseAsync()
    {
        nation.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public void Every_part_that_is_named_has_texts()
    {
        var parts = Texts.ForFamilies.Select(text => text.Part).Distinct().ToArray();
        var named = new[] { typeof(ErrorsTexts), typeof(CommonTexts) }.SelectMany(type => ((ITextOwner)Activator.CreateInstance(type)!).ForFamilies);

        Assert.That(named.Where(part => !parts.Contains(part)).Select(part => part.Prefix), Is.EqualTo(new[] { "labelled" }), "which has no letters");
        Assert.That(Texts.ForFamilies, Has.Count.GreaterThan(200));
        Assert.That(Texts.ForFamilies.Select(text => text.Key), Has.None.StartsWith("families.access").And.None.StartsWith("families.amazigh"));
    }

    [Test]
    public async Task The_table_holds_every_text_in_Arabic_and_French_and_what_is_there_in_Amazigh()
    {
        var key = Texts.ForFamilies[0].Key;
        await AmazighFile.PublishAsync(nation, AmazighFile.Of((key, AmazighFile.TextOf(key))));
        using var file = new MemoryStream(await nation.GetByteArrayAsync("/api/amazigh/workbook"));
        using var workbook = new Workbook(file);
        using var rows = workbook.Rows(workbook.Sheets[0]);
        var read = new List<string[]>();
        while (rows.Read()) read.Add([.. Enumerable.Range(0, 5).Select(column => rows.Cell(column).ToString())]);

        Assert.That(read, Has.Count.EqualTo(Texts.ForFamilies.Count + 1));
        Assert.That(read.Single(row => row[0] == key)[4], Is.EqualTo(AmazighFile.TextOf(key)));
        Assert.That(read.Single(row => row[0] == "families.children.title")[1..], Is.EqualTo(new[] { "page « Mes enfants »", "أطفالي", "Mes enfants", "" }));
        Assert.That(read.Skip(1).All(row => row[..4].All(cell => cell.Length > 0)), Is.True);
    }

    [Test]
    public async Task Nothing_is_shown_before_it_is_put_into_force_and_each_version_stays_with_who_and_when()
    {
        using var brought = await AmazighFile.BringAsync(nation, AmazighFile.Of(("families.children.title", "ⵜⴰⵙⵏⴰ"), ("families.code.sms", "{0} ⵜⴰⵏⴳⴰⵍⵜ {1}")));
        var preview = await brought.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That((int)brought.StatusCode, Is.EqualTo(201), preview.ToString());
        var changes = preview.GetProperty("changes").EnumerateArray().ToDictionary(change => change.GetProperty("key").GetString()!);
        Assert.That(changes.Keys, Is.EquivalentTo(new[] { "families.children.title", "families.code.sms" }));
        Assert.That((changes["families.code.sms"].GetProperty("parts").GetInt32(), changes["families.children.title"].GetProperty("parts").ValueKind), Is.EqualTo((1, JsonValueKind.Null)));
        Assert.That(app.Services.GetRequiredService<AmazighTexts>().IsOffered, Is.False);

        await nation.PostAsJsonAsync("/api/amazigh/1/publish", new { });
        app.Time.Advance(TimeSpan.FromDays(1));
        await AmazighFile.PublishAsync(nation, AmazighFile.Of(("families.children.title", "ⵉⵙⵉⵔⵉⵡⵏ")));
        var state = await nation.GetFromJsonAsync<JsonElement>("/api/amazigh");
        var items = state.GetProperty("items").EnumerateArray().ToArray();
        Assert.That((state.GetProperty("inForce").GetInt32(), state.GetProperty("texts").GetInt32()), Is.EqualTo((2, 1)));
        Assert.That(items.Select(item => item.GetProperty("publishedBy").GetString()), Is.EqualTo(new[] { "bootstrap", "bootstrap" }));
        Assert.That(items.Select(item => item.GetProperty("publishedAt").GetDateTimeOffset().Day), Is.EqualTo(new[] { 24, 23 }));
        var second = await nation.GetFromJsonAsync<JsonElement>("/api/amazigh/2");
        Assert.That(second.GetProperty("changes").EnumerateArray().Select(change => (change.GetProperty("before").GetString(), change.GetProperty("after").GetString())),
            Is.EquivalentTo(new[] { ("ⵜⴰⵙⵏⴰ", (string?)"ⵉⵙⵉⵔⵉⵡⵏ"), ("{0} ⵜⴰⵏⴳⴰⵍⵜ {1}", null) }));
        Assert.That(await nation.GetByteArrayAsync("/api/amazigh/workbook?version=1"), Is.Not.EqualTo(await nation.GetByteArrayAsync("/api/amazigh/workbook")));
    }

    [TestCase("/nowhere%2500")]
    [TestCase("/family%2500")]
    public async Task While_it_is_offered_an_address_that_nobody_can_write_is_not_found(string address)
    {
        await AmazighFile.PublishAsync(nation, AmazighFile.Of(("families.children.title", "ⵜⴰⵙⵏⴰ")));
        using var visitor = app.Anonymous();
        visitor.DefaultRequestHeaders.Add("Accept", "text/html");
        Assert.That(await visitor.GetStringAsync(new Uri("/privacy", UriKind.Relative)), Does.Contain("ⵜⴰⵎⴰⵣⵉⵖⵜ"), "a visitor may change to it");

        using var answer = await visitor.GetAsync(new Uri(address, UriKind.Relative));

        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task A_file_with_faulty_rows_leaves_nothing_and_names_each_in_the_reader_s_language()
    {
        using var answer = await AmazighFile.BringAsync(nation, AmazighFile.Of(
            ("families.children.title", "Mes enfants"), ("families.claim.title", "ⵜⴰⵙⵏⴰ"), ("families.code.sms", "ⵜⴰⵏⴳⴰⵍⵜ"), ("families.nothing", "ⵜⴰⵙⵏⴰ"),
            ("families.claim.title", "ⵜⴰⵙⵏⴰ"), ("notifications.sms.SessionMoved", new string('ⵣ', 130) + " {0} {1} {2}"), ("families.link.open", new string('ⵣ', 1990))));
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That(errors.EnumerateObject().Select(error => error.Name), Is.EqualTo(new[] { "rows[2]", "rows[4]", "rows[5]", "rows[6]", "rows[7]", "rows[8]" }));
        Assert.That(errors.GetProperty("rows[2]").ToString(), Does.Contain("tifinaghes"));
        Assert.That(errors.GetProperty("rows[4]").ToString(), Does.Contain("{0} {1}"));
        Assert.That((await nation.GetFromJsonAsync<JsonElement>("/api/amazigh")).GetProperty("items").GetArrayLength(), Is.Zero);
    }

    [TestCase("", "fileEmpty")]
    [TestCase("key;texte", "notWorkbook")]
    [TestCase("PK\u0003\u0004rien", "workbookDamaged")]
    [TestCase("%PDF-1.7", "pdfList")]
    public async Task What_is_no_workbook_is_refused(string content, string code)
    {
        using var answer = await AmazighFile.BringAsync(nation, Encoding.Latin1.GetBytes(content));
        Assert.That(((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()), Is.EqualTo((400, code)));
    }

    [Test]
    public async Task A_workbook_of_something_else_and_one_that_is_too_large_are_refused()
    {
        using var file = new MemoryStream();
        using (var workbook = new WorkbookWriter(file, "Liste", false, 1, [10], []))
        {
            for (var i = 0; i < 30; i++) workbook.Row([new WrittenCell($"Nom {i}", CellLook.Text)]);
            workbook.Complete();
        }
        using var other = await AmazighFile.BringAsync(nation, file.ToArray());
        using var large = await AmazighFile.BringAsync(nation, new byte[1024 * 1024 + 1]);

        Assert.That((await other.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString(), Is.EqualTo("amazighHeadings"));
        Assert.That((int)large.StatusCode, Is.EqualTo(413).Or.EqualTo(400));
    }

    [Test]
    public async Task What_was_looked_at_before_another_version_came_into_force_is_not_published()
    {
        // Two people bring a file; the second takes the place of the first, whose number is gone.
        using var first = await AmazighFile.BringAsync(nation, AmazighFile.Of(("families.children.title", "ⵜⴰⵙⵏⴰ")));
        await AmazighFile.PublishAsync(nation, AmazighFile.Of(("families.children.title", "ⵉⵙⵉⵔⵉⵡⵏ")));
        using var late = await nation.PostAsJsonAsync("/api/amazigh/1/publish", new { });
        using var again = await nation.PostAsJsonAsync("/api/amazigh/2/publish", new { });

        Assert.That(((int)late.StatusCode, (int)again.StatusCode), Is.EqualTo((404, 200)), "and putting the same into force twice changes nothing");
    }

    [Test]
    public async Task Another_process_sees_a_new_version_within_a_minute_and_does_not_ask_the_database_before()
    {
        using var other = new AmazighTexts(app.Services.GetRequiredService<DbContextOptions<TrainingDbContext>>(), app.Time);
        await other.RefreshAsync(CancellationToken.None);
        await AmazighFile.PublishAsync(nation, AmazighFile.Of(("families.children.title", "ⵜⴰⵙⵏⴰ")));
        app.Time.Advance(TimeSpan.FromSeconds(59));
        await other.RefreshAsync(CancellationToken.None);
        Assert.That(other.IsOffered, Is.False);
        app.Time.Advance(TimeSpan.FromSeconds(1));
        await other.RefreshAsync(CancellationToken.None);
        Assert.That((other.IsOffered, other.Number, other.Find("families.children.title")), Is.EqualTo((true, 1, "ⵜⴰⵙⵏⴰ")));

        await AmazighFile.PublishAsync(nation, AmazighFile.Of());
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await other.RefreshAsync(CancellationToken.None);
        Assert.That((other.IsOffered, other.Number), Is.EqualTo((false, 2)), "a version without texts takes the language away");
    }

    [Test]
    public async Task A_family_is_written_to_in_Amazigh_only_when_the_whole_message_can_be_said()
    {
        var amazigh = app.Services.GetRequiredService<AmazighTexts>();
        async Task<FamilyLanguage> LanguageAsync(FamilyLanguage wanted) => await amazigh.LanguageAsync(wanted, CancellationToken.None, "families.code.sms", "families.link.sms");
        Assert.That(await LanguageAsync(FamilyLanguage.Amazigh), Is.EqualTo(FamilyLanguage.Arabic));
        await AmazighFile.PublishAsync(nation, AmazighFile.Of(("families.code.sms", "{0} ⵜⴰⵏⴳⴰⵍⵜ {1}")));
        Assert.That(await LanguageAsync(FamilyLanguage.Amazigh), Is.EqualTo(FamilyLanguage.Arabic), "half of it is missing");
        await AmazighFile.PublishAsync(nation, AmazighFile.Full());
        Assert.That((await LanguageAsync(FamilyLanguage.Amazigh), await LanguageAsync(FamilyLanguage.French)), Is.EqualTo((FamilyLanguage.Amazigh, FamilyLanguage.French)));
    }
}

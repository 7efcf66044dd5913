using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Reporting;
using Training.App.Tests.Platform.Messaging;
using Training.Data;
using Training.Domain.Reporting;

namespace Training.App.Tests.Modules.Reporting;

/// <summary>Reports ordered as files: written by the worker, read by their owner alone, gone after a day.</summary>
internal sealed class OrderReportTests
{
    private static readonly Uri Door = new("/api/reports", UriKind.Relative);

    private TrainingApplication application = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        application = new TrainingApplication();
        await application.InsideAsync(async services =>
        {
            var world = new FigureWorld(services);
            await world.EnrollAsync(await world.AddGroupAsync("RSB", "A"), 12);
            await world.EnrollAsync(await world.AddGroupAsync("RCA", "A"), 31);
            await world.DeliverAllAsync();
            return 0;
        });
    }

    [TearDown]
    public async Task CloseAsync() => await application.DisposeAsync();

    [Test]
    public async Task Is_written_within_the_owners_perimeter_and_read_by_the_owner_alone()
    {
        var owner = await application.SiteAsync("RSB");
        owner.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        var id = await OrderAsync(owner, "csv", new { edition = "football-2026", by = "site" });
        var done = await DoneAsync(owner, id);

        var file = await owner.GetAsync(new Uri(done.GetProperty("file").GetString()!, UriKind.Relative));
        var text = Encoding.UTF8.GetString(await file.Content.ReadAsByteArrayAsync());
        Assert.That(text, Does.Contain("Inscrits").And.Contain("RSB;Renaissance Sportive de Berkane;;12;").And.Not.Contain("31").And.Not.Contain("RCA"));
        Assert.That(file.Content.Headers.ContentDisposition!.FileNameStar, Is.EqualTo($"report-{id}.csv"));
        foreach (var stranger in new[] { application.Nation(), await application.SiteAsync("RCA"), await application.SiteAsync("RSB") })
        {
            Assert.That((int)(await stranger.GetAsync(At(id))).StatusCode, Is.EqualTo(404));
            Assert.That((int)(await stranger.GetAsync(At($"{id}/file"))).StatusCode, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task Tells_how_much_of_it_is_written()
    {
        await using var still = new TrainingApplication(("App:Roles", "Web")); // Nobody writes it.
        var owner = still.Nation();
        var id = await OrderAsync(owner, "xlsx", new { edition = "football-2026" });
        Assert.That((await (await owner.GetAsync(At(id))).JsonAsync()).GetProperty("progress").GetDouble(), Is.Zero);

        await still.InsideAsync(services => services.GetRequiredService<TrainingDbContext>().Set<ReportOrder>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Percent, (byte)40)));
        Assert.That((await (await owner.GetAsync(At(id))).JsonAsync()).GetProperty("progress").GetDouble(), Is.EqualTo(0.4));
        Assert.That(await owner.GetStringAsync(new Uri("/reports/mine", UriKind.Relative)), Does.Contain("value=\"0.4\"").And.Contain($"/api/reports/{id}"));

        var done = await OrderAsync(application.Nation(), "xlsx", new { edition = "football-2026" });
        Assert.That((await DoneAsync(application.Nation(), done)).GetProperty("progress").GetDouble(), Is.EqualTo(1));
    }

    [Test]
    public void A_workbook_says_on_its_way_how_many_rows_are_written()
    {
        var heard = new List<double>();
        var item = new AttendanceReport.Item("a", "A", new Dictionary<string, string>(), null, 5, null, null, null, null, null, false) { Marks = new AttendanceReport.MarkFigures(null, null, null, null) };
        using var file = new MemoryStream();
        ReportWorkbook.Write(
            new AttendanceReport.Response(TrainingApplication.Start, new AttendanceReport.Completeness(0, 0), null, item, [.. Enumerable.Repeat(item, 2_000)]),
            new Training.App.Platform.Localization.Texts(), file, heard.Add);

        Assert.That(heard, Is.Ordered.And.Count.EqualTo(5).And.All.InRange(0, 1));
    }

    [Test]
    public async Task Is_gone_after_a_day_with_its_file()
    {
        var owner = application.Nation();
        var id = await OrderAsync(owner, "xlsx", new { edition = "football-2026" });
        await DoneAsync(owner, id);

        application.Time.Advance(ReportOrder.Life);

        Assert.That((int)(await owner.GetAsync(At($"{id}/file"))).StatusCode, Is.EqualTo(404));
        await application.Services.GetRequiredService<ReportOrderSweep>().SweepAsync(CancellationToken.None);
        Assert.That((int)(await owner.GetAsync(At(id))).StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task The_same_order_sent_twice_is_one()
    {
        var owner = application.Nation();
        owner.DefaultRequestHeaders.Add("Idempotency-Key", "order-1");

        var first = await OrderAsync(owner, "pdf", new { edition = "football-2026" });
        var second = await OrderAsync(owner, "pdf", new { edition = "football-2026" });

        Assert.That(second, Is.EqualTo(first));
    }

    [TestCase("""{ "form": "docx", "question": { "edition": "football-2026" } }""", 400)]
    [TestCase("""{ "form": "csv", "question": { "edition": "football-2026", "by": "colour" } }""", 400)]
    [TestCase("""{ "form": "csv" }""", 400)]
    [TestCase("""{ "form": "csv", "question": { "edition": "football-2026", "site": "RCA" } }""", 404)]
    public async Task What_the_report_would_refuse_is_refused_at_once(string body, int status)
    {
        var answer = await (await application.SiteAsync("RSB")).PostAsync(Door, new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task A_question_that_is_mostly_blanks_is_refused()
    {
        using var answer = await application.Nation().PostAsJsonAsync(Door, new { form = "csv", question = new { edition = "football-2026", region = "02" + new string(' ', ReportOrder.QuestionMax) } });

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That((await answer.JsonAsync()).GetProperty("errors").TryGetProperty("question", out _), Is.True);
    }

    private static async Task<string> OrderAsync(HttpClient client, string form, object question)
    {
        var answer = await client.PostAsJsonAsync(Door, new { form, question });
        Assert.That((int)answer.StatusCode, Is.EqualTo(202), await answer.Content.ReadAsStringAsync());
        var id = (await answer.JsonAsync()).GetProperty("id").GetString()!;
        Assert.That(answer.Headers.Location!.ToString(), Is.EqualTo($"/api/reports/{id}"));
        return id;
    }

    private static async Task<JsonElement> DoneAsync(HttpClient client, string id)
    {
        var order = default(JsonElement);
        await Poll.UntilAsync(
            async () => (order = await (await client.GetAsync(At(id))).JsonAsync()).GetProperty("status").GetString() == "done",
            () => Task.FromResult($"the order stands at {order}"));
        return order;
    }

    private static Uri At(string id) => new($"/api/reports/{id}", UriKind.Relative);
}

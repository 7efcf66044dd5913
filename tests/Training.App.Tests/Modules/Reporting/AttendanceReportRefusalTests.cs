using static Training.App.Tests.Modules.Reporting.ReportQuestions;

namespace Training.App.Tests.Modules.Reporting;

/// <summary>Questions that <c>GET /api/reports/attendance</c> refuses, with what is possible instead.</summary>
internal sealed class AttendanceReportRefusalTests
{
    private TrainingApplication application = null!;

    [OneTimeSetUp]
    public void Start() => application = new TrainingApplication(("App:Roles", "Web"));

    [OneTimeTearDown]
    public async Task StopAsync() => await application.DisposeAsync();

    [TestCase("edition=none", "edition", "football-2026")]
    [TestCase("edition=football-2026&by=colour", "by", "ageBand")]
    [TestCase("edition=football-2026&by=1", "by", "ageBand")]
    [TestCase("edition=football-2026&region=99", "region", "12")]
    [TestCase("edition=football-2026&month=October", "month", "2026-10")]
    [TestCase("edition=football-2026&month=9999-12", "month", "2026-10")]
    [TestCase("edition=football-2026&month=0001-01", "month", "2026-10")]
    [TestCase("edition=football-2026&month=2031-10", "month", "2026-10")]
    [TestCase("edition=football-2026&sex=x", "sex", "female")]
    [TestCase("edition=football-2026&ageBand=8-11", "ageBand", "14-15")]
    [TestCase("edition=football-2026&module=cooking", "module", "ethics")]
    [TestCase("edition=football-2026&colour=blue", "colour", "province")]
    [TestCase("edition=football-2026&by=group,sex,month", "by", "two")]
    [TestCase("edition=football-2026&by=sex,sex", "by", "two")]
    [TestCase("edition=football-2026&by=sex,colour", "by", "ageBand")]
    [TestCase("edition=football-2026&category=U12", "category", "U13")]
    [TestCase("edition=football-2026&setting=forest", "setting", "rural")]
    [TestCase("edition=football-2026&track=chess", "track", "youthHouse")]
    [TestCase("by=track&module=ethics", "edition", "football-2026")]
    [TestCase("edition=football-2026&from=2026-12&to=2026-10", "from", "first")]
    [TestCase("edition=football-2026&from=2016-10&to=2026-10", "from", "2026-10")]
    [TestCase("edition=football-2026&region=02&region=06", "region", "once")]
    [TestCase("edition=football-2026&limit=0", "limit", "1000")]
    [TestCase("edition=football-2026&cursor=bm9uZQ", "cursor", "another question")]
    public async Task An_unknown_word_is_refused_with_what_is_possible(string query, string field, string possible)
    {
        var answer = await application.Nation().GetAsync(new Uri($"/api/reports/attendance?{query}", UriKind.Relative));

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        var fault = (await answer.JsonAsync()).GetProperty("errors").GetProperty(field)[0];
        Assert.That(fault.Text("message"), Does.Contain(possible));
    }

    [Test]
    public async Task Thousands_of_filters_are_refused_with_the_list_of_what_is_possible()
    {
        var names = string.Join('&', Enumerable.Range(0, 900).Select(i => $"f{i}=1"));
        var answer = await application.Nation().GetAsync(Address(names));

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        var faults = (await answer.JsonAsync()).GetProperty("errors").EnumerateObject().ToArray();
        Assert.That(faults, Has.Length.EqualTo(20));
        Assert.That(faults[0].Value[0].Text("message"), Does.Contain("ageBand"));
    }

    [Test]
    public async Task A_cursor_of_another_question_is_refused()
    {
        var first = await ReadAsync(application.Nation(), "by=region&limit=2");
        var answer = await application.Nation().GetAsync(Address($"by=site&limit=2&cursor={first.Text("next")}"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That((await answer.JsonAsync()).GetProperty("errors").GetProperty("cursor")[0].Text("message"), Does.Contain("another question"));
    }

    [Test]
    public async Task Nobody_reads_figures_without_signing_in()
    {
        var answer = await application.Anonymous().GetAsync(Address("by=region"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(401));
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Platform;
using Training.App.Tests.Modules.Attendance;
using Training.Domain.Rights;

namespace Training.App.Tests.Pages;

/// <summary>What a family sees of its child's data, in a browser without JavaScript.</summary>
[TestFixture]
internal sealed class FamilyDataPageTests
{
    private Workshop workshop = null!;
    private HttpClient phone = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        workshop = await Workshop.OpenAsync(children: 2);
        phone = workshop.App.Visitor();
        phone.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using var claimed = await phone.PostAsJsonAsync("/api/family/claim", new { claimCode = Own.ClaimCode, birthDate = Own.BirthDate });
        Assert.That(claimed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TearDown]
    public async Task CloseAsync()
    {
        phone.Dispose();
        await workshop.DisposeAsync();
    }

    private Youth Own => workshop.Youths[0];

    private string Page => $"/family/data/{Own.Participant}";

    [Test]
    public async Task Both_copies_are_at_hand_and_the_page_is_small()
    {
        var html = await phone.GetStringAsync(Page);
        var json = await phone.GetStringAsync($"/api/family/children/{Own.Participant}/file?format=json");
        var pdf = await phone.GetByteArrayAsync($"/api/family/children/{Own.Participant}/file?format=pdf");

        Assert.That(html, Does.Contain($"/api/family/children/{Own.Participant}/file?format=json").And.Contain($"/api/family/children/{Own.Participant}/file?format=pdf"));
        Assert.That(json, Does.Contain(Own.BirthDate));
        Assert.That(pdf.AsSpan(0, 5).ToArray(), Is.EqualTo("%PDF-"u8.ToArray()));
        Assert.That(Encoding.UTF8.GetByteCount(html), Is.LessThan(50_000));
        Assert.That(await phone.GetStringAsync("/family/children"), Does.Contain(Page));
    }

    [Test]
    public async Task A_correction_enters_the_register_with_its_last_day()
    {
        using var sent = await phone.SendFormAsync(Page, ("Words", "Le nom s’écrit avec deux n"));
        var row = await workshop.App.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<RightsRequest>().SingleAsync());

        Assert.That(((int)sent.StatusCode, row.Kind, row.Words, row.OpenedBy), Is.EqualTo((302, RightsKind.Correct, "Le nom s’écrit avec deux n", "family")));
        Assert.That(row.DueOn, Is.GreaterThan(row.ReceivedOn));
        var html = await phone.GetStringAsync(Page);
        Assert.That(html, Does.Contain("deux n").And.Contain(row.DueOn.ToString("dd/MM/yyyy", null)));
    }

    [TestCase("", "Words")]
    [TestCase("Le bon numéro est AB123456", "Words")]
    public async Task Nothing_said_and_an_identity_number_are_refused_at_the_field(string words, string field)
    {
        using var sent = await phone.SendFormAsync(Page, ("Words", words));
        var html = await sent.Content.ReadAsStringAsync();

        Assert.That((int)sent.StatusCode, Is.EqualTo(200));
        Assert.That(html, Does.Contain($"id=\"{field}\"").And.Contain("aria-invalid=\"true\""));
        Assert.That(await workshop.App.InsideAsync(services => services.GetRequiredService<ReadDb>().Set<RightsRequest>().CountAsync()), Is.Zero);
    }

    [Test]
    public async Task Another_child_s_data_are_not_there()
    {
        using var foreign = await phone.GetAsync($"/family/data/{workshop.Youths[1].Participant}");
        Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}

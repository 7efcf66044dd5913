using System.Net.Http.Json;
using System.Text.Json;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Platform.Messaging;

namespace Training.App.Tests.Modules.Certificates;

internal sealed class ControlIssuingTests
{
    private const string Address = "/api/certificates/issuing";

    [Test]
    public async Task Stopped_it_issues_nothing_and_goes_on_with_what_was_earned_meanwhile()
    {
        await using var workshop = await Workshop.OpenAsync(children: 2);
        using var stopped = await workshop.Staff.PutAsJsonAsync(Address, new { paused = true });
        Assert.That((await stopped.JsonAsync()).GetProperty("paused").GetBoolean());
        await workshop.CompleteAsync();
        await Poll.UntilAsync(async () => (await StateAsync(workshop)).GetProperty("waiting").GetInt32() == 2, async () => $"it is {await StateAsync(workshop)}");
        Assert.That((await StateAsync(workshop)).GetProperty("issued").GetInt32(), Is.Zero);

        using var going = await workshop.Staff.PutAsJsonAsync(Address, new { paused = false });

        foreach (var youth in workshop.Youths) await workshop.IssuedAsync(youth);
        var done = await StateAsync(workshop);
        Assert.That((done.GetProperty("paused").GetBoolean(), done.GetProperty("waiting").GetInt32(), done.GetProperty("issued").GetInt32()), Is.EqualTo((false, 0, 2)));
    }

    [Test]
    public async Task A_region_neither_sees_nor_stops_it()
    {
        await using var app = new TrainingApplication();
        using var region = await app.RegionAsync("02");
        using var seen = await region.GetAsync(Address);
        using var stopped = await region.PutAsJsonAsync(Address, new { paused = true });
        Assert.That(((int)seen.StatusCode, (int)stopped.StatusCode), Is.EqualTo((403, 403)));
    }

    private static Task<JsonElement> StateAsync(Workshop workshop) => workshop.Staff.GetFromJsonAsync<JsonElement>(Address);
}

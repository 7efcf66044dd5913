using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Access;
using Training.App.Tests.Modules.Attendance;
using Training.Domain.Access;

namespace Training.App.Tests.Modules.Access;

/// <summary>The directorate sees figures, and a child's file only with a reason.</summary>
[TestFixture]
internal sealed class DirectorateTests
{
    private const string Email = "directorate@test.example";
    private const string Password = "une phrase de passe";

    [Test]
    public async Task Reads_figures_but_no_roster_list_or_certificate_of_a_child()
    {
        await using var workshop = await Workshop.OpenAsync(children: 1);
        var session = await workshop.HoldAsync(90, "2026-11-19", "ethics");
        var made = await workshop.App.InsideAsync(services => services.GetRequiredService<CreateAccount.Handler>().HandleAsync(
            new CreateAccount.Request(Email, "Directorate", Password, "fr", [new CreateAccount.Grant(Role.Directorate)]), CancellationToken.None));
        Assert.That(made.Succeeded, Is.True);
        using var directorate = await workshop.App.SignedInAsync(Email, Password);

        Assert.That(await StatusAsync(directorate, "/api/reports/attendance?edition=football-2026"), Is.EqualTo(200));
        foreach (var address in new[]
                 {
                     $"/api/sessions/{session}/roster",
                     $"/api/certificates?participant={workshop.Youths[0].Participant}",
                     $"/api/enrollments/{workshop.Youths[0].Enrollment}/completion",
                     "/api/imports",
                 })
            Assert.That(await StatusAsync(directorate, address), Is.EqualTo(403), address);
    }

    private static async Task<int> StatusAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        return (int)answer.StatusCode;
    }
}

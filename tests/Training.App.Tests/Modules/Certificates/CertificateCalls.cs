using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Training.App.Modules.Certificates;
using Training.App.Platform;
using Training.App.Tests.Modules.Attendance;
using Training.App.Tests.Platform.Messaging;
using Training.Domain.Enrollments;

namespace Training.App.Tests.Modules.Certificates;

/// <summary>A child's certificates, as the staff asks for them.</summary>
internal static class CertificateCalls
{
    public static string Number(this JsonElement certificate) => certificate.GetProperty("number").GetString()!;

    public static async Task<JsonElement> CertificatesAsync(this Workshop workshop, Youth youth) =>
        (await Workshop.ReadAsync(await workshop.Staff.GetAsync($"/api/certificates?participant={youth.Participant}"))).GetProperty("items");

    /// <summary>Judges every enrollment, and answers how many certificates that added.</summary>
    public static Task<int> AssessAsync(this Workshop workshop) => workshop.App.InsideAsync(services => services.GetRequiredService<CertificateIssuer>()
        .AssessAsync(services.GetRequiredService<ReadDb>().Set<Enrollment>(), CancellationToken.None));

    /// <summary>The first certificate, as soon as its document lies ready.</summary>
    public static async Task<JsonElement> IssuedAsync(this Workshop workshop, Youth youth)
    {
        JsonElement list = default;
        await Poll.UntilAsync(
            async () => (list = await workshop.CertificatesAsync(youth)).EnumerateArray().Any(item => item.GetProperty("status").GetString() == "issued"),
            () => Task.FromResult($"the certificates are {list}"));
        return list[0];
    }
}

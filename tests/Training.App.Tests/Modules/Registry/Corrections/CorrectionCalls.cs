using System.Net.Http.Json;
using System.Text.Json;
using Training.App.Tests.Modules.Access;
using Training.App.Tests.Modules.Attendance;

namespace Training.App.Tests.Modules.Registry.Corrections;

/// <summary>What people do to correct a file, in words.</summary>
internal static class CorrectionCalls
{
    /// <summary>Corrects; the answer may be a refusal.</summary>
    public static Task<HttpResponseMessage> CorrectAsync(this HttpClient client, Youth child, object body) => client.PostAsJsonAsync($"/api/participants/{child.Participant}/corrections", body);

    /// <summary>Corrects, or proposes to.</summary>
    public static async Task<JsonElement> CorrectedAsync(this HttpClient client, Youth child, object body)
    {
        using var answer = await client.CorrectAsync(child, body);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200).Or.EqualTo(202), await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    /// <summary>Decides about a proposal; the answer may be a refusal.</summary>
    public static Task<HttpResponseMessage> DecideCorrectionAsync(this HttpClient client, string id, object body) => client.PostAsJsonAsync($"/api/corrections/{id}/decision", body);

    /// <summary>A coordinator of a region who has just signed in: a person who may decide.</summary>
    public static async Task<HttpClient> DeciderAsync(this TrainingApplication app, string region = "02")
    {
        const string password = "une phrase de passe";
        var email = $"{Guid.NewGuid():N}@test.example";
        await app.CreateCoordinatorAsync(email, password, region);
        var client = await app.SignedInAsync(email, password);
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }

    /// <summary>What can be corrected in a file, and what was.</summary>
    public static Task<JsonElement> CorrectionsAsync(this HttpClient client, Youth child) => client.GetFromJsonAsync<JsonElement>($"/api/participants/{child.Participant}/corrections");

    /// <summary>The version of a file.</summary>
    public static async Task<int> VersionAsync(this HttpClient client, Youth child) => (await client.CorrectionsAsync(child)).GetProperty("version").GetInt32();

    public static Task<JsonElement> FileOfAsync(this HttpClient client, Youth child) => client.GetFromJsonAsync<JsonElement>($"/api/participants/{child.Participant}");

    /// <summary>The family's own browser, come in by the printed code.</summary>
    public static async Task<HttpClient> FamilyAsync(this Workshop workshop, Youth child)
    {
        var client = workshop.App.Anonymous();
        using var claimed = await client.PostAsJsonAsync("/api/family/claim", new { claimCode = child.ClaimCode, birthDate = child.BirthDate });
        Assert.That((int)claimed.StatusCode, Is.EqualTo(200));
        client.DefaultRequestHeaders.Add("Cookie", claimed.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        return client;
    }
}

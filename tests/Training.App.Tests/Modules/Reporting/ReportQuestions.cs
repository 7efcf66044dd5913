using System.Text.Json;

namespace Training.App.Tests.Modules.Reporting;

/// <summary>Asks <c>GET /api/reports/attendance</c>.</summary>
internal static class ReportQuestions
{
    /// <summary>The address of a question about the football edition.</summary>
    public static Uri Address(string query) => new($"/api/reports/attendance?edition=football-2026&{query}", UriKind.Relative);

    /// <summary>The answer of a question that is answered.</summary>
    public static async Task<JsonElement> ReadAsync(HttpClient client, string query)
    {
        var answer = await client.GetAsync(Address(query));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }
}

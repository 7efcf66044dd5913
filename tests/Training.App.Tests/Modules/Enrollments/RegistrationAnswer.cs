using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Training.App.Tests.Modules.Enrollments;

/// <summary>What the registration of a child answered.</summary>
internal sealed record RegistrationAnswer(HttpStatusCode Status, string Text, JsonElement Body)
{
    /// <summary>The stable code of a refusal; null after a success.</summary>
    public string? Code => Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>Sends a registration, whatever it is answered.</summary>
    /// <param name="client">Who registers.</param>
    /// <param name="body">The request.</param>
    /// <param name="key">Its idempotency key; null sends none.</param>
    public static async Task<RegistrationAnswer> SendAsync(HttpClient client, JsonObject body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/enrollments") { Content = JsonContent.Create(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new RegistrationAnswer(response.StatusCode, text, JsonDocument.Parse(text).RootElement);
    }
}

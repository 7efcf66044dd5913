using System.Net.Http.Json;
using System.Text.Json;

namespace Training.App.Tests;

/// <summary>Reads answers as the outside does: by the names of the contract.</summary>
internal static class Answers
{
    /// <summary>The body as JSON.</summary>
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer)
    {
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Does.EndWith("json"), $"{(int)answer.StatusCode} without JSON");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The stable code of a refusal.</summary>
    public static async Task<string?> CodeAsync(this HttpResponseMessage answer) => (await answer.JsonAsync()).GetProperty("code").GetString();

    /// <summary>The items of a list.</summary>
    public static async Task<JsonElement[]> ItemsAsync(this HttpClient client, string address)
    {
        var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), address);
        return [.. (await answer.JsonAsync()).GetProperty("items").EnumerateArray()];
    }

    /// <summary>A text of an object.</summary>
    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();

    /// <summary>The codes under one field of a refusal.</summary>
    public static string?[] Faults(this JsonElement problem, string field) =>
        [.. problem.GetProperty("errors").GetProperty(field).EnumerateArray().Select(fault => fault.Text("code"))];
}

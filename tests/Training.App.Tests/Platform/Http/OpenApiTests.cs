using System.Text.Json;
using Training.App.Platform.Http;

namespace Training.App.Tests.Platform.Http;

/// <summary>The OpenAPI document says of each door what it really takes and gives.</summary>
internal sealed class OpenApiTests
{
    [Test]
    public async Task Every_door_has_its_own_shapes()
    {
        await using var app = new TrainingApplication();
        using var client = app.Anonymous();
        using var document = JsonDocument.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        var paths = document.RootElement.GetProperty("paths");

        JsonElement Shape(JsonElement holder) =>
            schemas.GetProperty(holder.GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString()!.Split('/')[^1]).GetProperty("properties");
        Assert.That(Shape(paths.GetProperty("/api/enrollments").GetProperty("post").GetProperty("requestBody")).TryGetProperty("guardians", out _), Is.True);
        Assert.That(Shape(paths.GetProperty("/api/imports/{id}").GetProperty("get").GetProperty("responses").GetProperty("200")).TryGetProperty("refusals", out _), Is.True);
        Assert.That(schemas.EnumerateObject().Select(schema => schema.Name), Has.None.AnyOf("Request", "Response", "Item"));
    }

    [Test]
    public void No_two_shapes_bear_one_name()
    {
        var twice = typeof(SchemaNames).Assembly.GetTypes()
            .Where(type => type is { IsNested: true, IsNestedPrivate: false } && type.Namespace?.Contains(".Modules.", StringComparison.Ordinal) == true && (type.GetMethod("<Clone>$") is not null || type.IsEnum))
            .GroupBy(SchemaNames.Of).Where(group => group.Count() > 1).Select(group => group.Key);
        Assert.That(twice, Is.Empty);
    }
}

using Microsoft.OpenApi;

namespace Training.App.Platform.Http;

/// <summary>
/// Says in the API's document what a body is that a handler reads by itself. As metadata of the route it would choose among routes: another
/// content type would find none and be answered with 404, to whoever it is.
/// </summary>
internal static class DescribedBody
{
    public static RouteHandlerBuilder WithBody(this RouteHandlerBuilder route, params string[] types) => route.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = types.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } }),
        };
        return Task.CompletedTask;
    });
}

using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace Training.App.Platform.Http;

/// <summary>
/// Names of the shapes in the OpenAPI document. Features call theirs Request, Response and Item, so the feature comes first:
/// <c>RegisterParticipantRequest</c>. Two shapes of one name would be taken for one.
/// </summary>
internal static class SchemaNames
{
    /// <summary>The name under which a shape is referred to; null where it is written out, as numbers and lists are.</summary>
    public static string? Of(JsonTypeInfo shape) => OpenApiOptions.CreateDefaultSchemaReferenceId(shape) is null ? null : Of(shape.Type);

    /// <summary>The name of a type.</summary>
    public static string Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var name = type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`')]}Of{string.Concat(type.GetGenericArguments().Select(Of))}" : type.Name;
        return type.DeclaringType is { } feature ? feature.Name + name : name;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Training.App.Modules.Enrollments;

/// <summary>
/// What a person decided about a possible duplicate: <c>"notADuplicate"</c>, or <c>{ "sameAs": "participant code" }</c>.
/// </summary>
/// <param name="SameAs">Code of the known child; null when it is another child.</param>
[JsonConverter(typeof(DuplicateDecisionConverter))]
internal sealed record DuplicateDecision(string? SameAs)
{
    public static DuplicateDecision NotADuplicate { get; } = new((string?)null);
}

internal sealed class DuplicateDecisionConverter : JsonConverter<DuplicateDecision>
{
    public override DuplicateDecision Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.GetString() == "notADuplicate") return DuplicateDecision.NotADuplicate;
        if (reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName
            || !reader.ValueTextEquals("sameAs") || !reader.Read() || reader.TokenType != JsonTokenType.String)
            throw new JsonException();
        var code = reader.GetString()!;
        return reader.Read() && reader.TokenType == JsonTokenType.EndObject ? new DuplicateDecision(code) : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, DuplicateDecision value, JsonSerializerOptions options)
    {
        if (value.SameAs is null)
        {
            writer.WriteStringValue("notADuplicate");
            return;
        }
        writer.WriteStartObject();
        writer.WriteString("sameAs", value.SameAs);
        writer.WriteEndObject();
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Training.App.Tests.Security;

/// <summary>Bodies of generated requests: by the schema, or a whole one with one or two places broken.</summary>
internal sealed class GeneratedBodies(JsonElement schemas, Random random)
{
    private static readonly string[] Texts =
    [
        "", " ", "null", "0", "-1", "2147483648", "9223372036854775808", "1e309", "NaN", "true", "ياسمين", "‮ابن‏", "a\0b", "' OR 1=1 --", "<script>alert(1)</script>",
        "../../etc/passwd", "..%2f..%2f", "%00", "=cmd|'/c calc'!A0", "{{7*7}}", "${jndi:ldap://x}", "\ud83d", "𝒳", "2026-02-30", "0001-01-01", "9999-12-31", "2026-11-23",
        "RSB", "WAC", "football-2026", "youthhouse-2026", "present", "absent", "participation", "02", "02.113", "AAA-AAAA", "٠٦١٢٣٤٥٦٧٨", "0612345678", "+33612345678",
        "i-0000001", "e-zzzzzzz", "2026-0000001", "ZZZZZZZZZZZZZZZZZZZZZZZZZZ", "http://127.0.0.1/", "AB123456", "G123456789", "2013-05-05T25:00:00Z", "24:00", "e\u0301\u0301\u0301",
    ];

    /// <summary>Ids that exist, to be put where ids belong.</summary>
    public IReadOnlyList<string> Ids { get; set; } = [];

    /// <summary>A text somebody might send.</summary>
    public string Text() => WellFormed(random.Next(4) switch
    {
        0 or 1 => Texts[random.Next(Texts.Length)],
        2 when random.Next(8) == 0 => new string(random.Next(2) == 0 ? 'ي' : 'A', random.Next(5000)),
        _ => Ids[random.Next(Ids.Count)],
    });

    /// <summary>A body for an operation.</summary>
    /// <param name="content">What the document says of its body.</param>
    /// <param name="whole">A whole body; blank when none is known.</param>
    public string Of(JsonElement content, string whole)
    {
        if (!content.TryGetProperty("application/json", out var json)) return random.Next(2) == 0 ? "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x.csv\"\r\n\r\na;b\n1;2\r\n--x--\r\n" : "";
        switch (random.Next(40))
        {
            case 0: return "";
            case 1: return "[]";
            case 2: return "null";
            case 3: return new string('[', 5000);
            case 4: return "{\"a\":1,\"a\":2}";
            case 5 when random.Next(5) == 0: return $"{{\"a\":\"{new string('x', 3_000_000)}\"}}";
        }
        var node = whole.StartsWith('{') && random.Next(2) == 0 ? JsonNode.Parse(whole) : JsonNode.Parse(Value(json.GetProperty("schema"), 0));
        for (var breaks = Math.Max(0, random.Next(5) - 2); breaks > 0; breaks--) node = Broken(node);
        var text = node?.ToJsonString() ?? "null";
        // Half a surrogate pair, numbers without end and names twice cannot be written by a careful writer.
        if (random.Next(15) == 0) text = text.Replace("\"present\"", "\"\\ud800\"", StringComparison.Ordinal).Replace(":1", ":1e400", StringComparison.Ordinal);
        if (random.Next(15) == 0 && text.Length > 2 && text[0] == '{') text = $"{text[..^1]},{text[1..]}";
        return text;
    }

    /// <summary>A value for a parameter.</summary>
    public string Simple(JsonElement schema)
    {
        schema = Resolved(schema);
        if (schema.TryGetProperty("enum", out var words) && random.Next(5) > 0) return words[random.Next(words.GetArrayLength())].ToString();
        return TypeOf(schema) switch
        {
            "integer" or "number" when random.Next(2) == 0 => Number(),
            "boolean" when random.Next(3) > 0 => random.Next(2) == 0 ? "true" : "false",
            _ when schema.TryGetProperty("format", out var format) && format.GetString() == "date" && random.Next(2) == 0 =>
                new DateOnly(2026, 11, 23).AddDays(random.Next(-5000, 400)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => Text(),
        };
    }

    private string Number() => random.Next(5) == 0 ? Texts[random.Next(3, 8)] : random.Next(-3, 400).ToString(CultureInfo.InvariantCulture);

    private JsonElement Resolved(JsonElement schema)
    {
        while (true)
        {
            if (schema.TryGetProperty("$ref", out var reference)) schema = schemas.GetProperty(reference.GetString()!.Split('/')[^1]);
            else if (schema.TryGetProperty("oneOf", out var any) || schema.TryGetProperty("anyOf", out any)) schema = any[random.Next(any.GetArrayLength())];
            else return schema;
        }
    }

    private string Value(JsonElement schema, int depth)
    {
        schema = Resolved(schema);
        if (depth > 6 || random.Next(40) == 0) return Wrong();
        switch (TypeOf(schema))
        {
            case "object": return Object(schema, depth);
            case "array": return $"[{string.Join(',', Enumerable.Range(0, random.Next(60) == 0 ? 600 : random.Next(3)).Select(_ => schema.TryGetProperty("items", out var items) ? Value(items, depth + 1) : "1"))}]";
            case "integer" or "number": return random.Next(6) == 0 ? Wrong() : random.Next(-3, 400).ToString(CultureInfo.InvariantCulture);
            case "boolean": return random.Next(2) == 0 ? "true" : "false";
            default: return JsonSerializer.Serialize(Simple(schema));
        }
    }

    private string Object(JsonElement schema, int depth)
    {
        var members = new List<string>();
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject().Where(_ => random.Next(12) > 0))
                members.Add($"{JsonSerializer.Serialize(property.Name)}:{Value(property.Value, depth + 1)}");
        }
        if (random.Next(20) == 0) members.Add("\"isAdmin\":true");
        return $"{{{string.Join(',', members)}}}";
    }

    /// <summary>The same with one place changed: a member gone, another type, another text, one more.</summary>
    private JsonNode? Broken(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members when members.Count > 0:
                var name = members.ElementAt(random.Next(members.Count)).Key;
                if (random.Next(8) == 0) members["unknown"] = 1;
                else if (random.Next(6) == 0) members.Remove(name);
                else members[name] = Broken(Taken(members, name));
                return members;
            case JsonArray items when items.Count > 0 && random.Next(4) > 0:
                var at = random.Next(items.Count);
                if (random.Next(4) == 0) items.Add(items[at]?.DeepClone());
                else (var old, items[at]) = (items[at], null);
                if (items[at] is null) items[at] = JsonNode.Parse(Wrong());
                return items;
            default: return random.Next(2) == 0 ? JsonValue.Create(Text()) : JsonNode.Parse(Wrong());
        }
    }

    private static JsonNode? Taken(JsonObject members, string name)
    {
        var value = members[name];
        members.Remove(name);
        return value;
    }

    private string Wrong() => random.Next(9) switch
    {
        0 => "null", 1 => "-1", 2 => "2147483648", 3 => "99999999999999999999", 4 => "{}", 5 => "[[]]", 6 => $"\"{new string('A', random.Next(100) == 0 ? 100_000 : random.Next(600))}\"", 7 => "true", _ => "0.5",
    };

    private static string? TypeOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? null
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(word => word.GetString()).FirstOrDefault(word => word != "null") : type.GetString();

    /// <summary>Half a surrogate pair cannot be written as UTF-8.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}

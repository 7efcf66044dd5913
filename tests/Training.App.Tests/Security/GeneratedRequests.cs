using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Training.App.Tests.Security;

/// <summary>
/// Makes requests from our own OpenAPI document: mostly of the right shape, each with something that a careless or hostile sender does.
/// The same seed gives the same requests.
/// </summary>
internal sealed class GeneratedRequests
{
    private static readonly string[] Texts =
    [
        "", " ", "null", "0", "-1", "2147483648", "9223372036854775808", "1e309", "NaN", "true", "ياسمين", "‮ابن‏", "a\0b", "' OR 1=1 --", "<script>alert(1)</script>",
        "../../etc/passwd", "..%2f..%2f", "%00", "=cmd|'/c calc'!A0", "{{7*7}}", "${jndi:ldap://x}", "\ud83d", "𝒳", "2026-02-30", "0001-01-01", "9999-12-31", "2026-11-23",
        "RSB", "WAC", "football-2026", "youthhouse-2026", "present", "absent", "participation", "02", "02.113", "AAA-AAAA",
    ];

    private readonly List<Operation> operations = [];
    private readonly JsonElement schemas;
    private readonly Random random;
    private readonly IReadOnlyList<string> ids;

    /// <summary>Reads the document.</summary>
    /// <param name="document">The OpenAPI document.</param>
    /// <param name="ids">Ids that exist, own and foreign ones, to be put where ids belong.</param>
    /// <param name="seed">The seed.</param>
    public GeneratedRequests(JsonElement document, IReadOnlyList<string> ids, int seed)
    {
        this.ids = ids;
        random = new Random(seed);
        schemas = document.GetProperty("components").GetProperty("schemas");
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var method in path.Value.EnumerateObject().Where(member => member.Name is "get" or "post" or "put" or "delete" or "patch"))
                operations.Add(new Operation(new HttpMethod(method.Name.ToUpperInvariant()), path.Name, method.Value));
        }
    }

    /// <summary>A kind of request: what the fuzzer names when one goes wrong.</summary>
    public sealed record Operation(HttpMethod Method, string Path, JsonElement Says);

    /// <summary>The next request.</summary>
    public (HttpRequestMessage Request, string Says) Next()
    {
        var operation = operations[random.Next(operations.Count)];
        var parameters = operation.Says.TryGetProperty("parameters", out var named) ? named.EnumerateArray().ToArray() : [];
        var address = operation.Path;
        var query = new StringBuilder();
        foreach (var parameter in parameters)
        {
            var name = parameter.GetProperty("name").GetString()!;
            var value = Uri.EscapeDataString(WellFormed(Simple(parameter.GetProperty("schema"))));
            // The host of the tests cannot send a zero in a path; the server's own answers it before any of our code.
            if (parameter.GetProperty("in").GetString() == "path") address = address.Replace($"{{{name}}}", value.Replace("%00", "", StringComparison.Ordinal) is { Length: > 0 } part ? part : "x", StringComparison.Ordinal);
            else if (random.Next(3) > 0) query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(value);
        }
        if (random.Next(20) == 0) query.Append(query.Length == 0 ? '?' : '&').Append("unknown[]=%00&lang=xx");
        var request = new HttpRequestMessage(operation.Method, address + query);
        if (random.Next(4) == 0) request.Headers.TryAddWithoutValidation("Idempotency-Key", random.Next(3) == 0 ? "same-key" : Guid.NewGuid().ToString("N"));
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        var body = "";
        if (operation.Says.TryGetProperty("requestBody", out var takes))
        {
            body = BodyOf(takes.GetProperty("content"));
            request.Content = Content(body);
        }
        return (request, $"{operation.Method} {address}{query} {(body.Length > 2000 ? body[..2000] : body)}");
    }

    private HttpContent Content(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        if (random.Next(25) == 0) bytes = [.. bytes.AsSpan(0, bytes.Length / 2), 0xC3, 0x28, .. bytes.AsSpan(bytes.Length / 2)];
        if (random.Next(25) == 0) bytes = bytes[..(bytes.Length / 2)];
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(random.Next(20) switch { 0 => "text/plain", 1 => "application/json; charset=utf-16", 2 => "multipart/form-data; boundary=x", _ => "application/json" });
        return content;
    }

    private string BodyOf(JsonElement content)
    {
        if (!content.TryGetProperty("application/json", out var json)) return random.Next(2) == 0 ? "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x.csv\"\r\n\r\na;b\n1;2\r\n--x--\r\n" : "";
        switch (random.Next(20))
        {
            case 0: return "";
            case 1: return "[]";
            case 2: return "null";
            case 3: return new string('[', 5000);
            case 4: return "{\"a\":1,\"a\":2}";
            default: return Value(json.GetProperty("schema"), 0);
        }
    }

    private string Value(JsonElement schema, int depth)
    {
        if (schema.TryGetProperty("$ref", out var reference)) return Value(schemas.GetProperty(reference.GetString()!.Split('/')[^1]), depth);
        if (schema.TryGetProperty("oneOf", out var any) || schema.TryGetProperty("anyOf", out any)) return Value(any[random.Next(any.GetArrayLength())], depth);
        if (depth > 6 || random.Next(30) == 0) return Wrong();
        switch (TypeOf(schema))
        {
            case "object": return Object(schema, depth);
            case "array": return $"[{string.Join(',', Enumerable.Range(0, random.Next(40) == 0 ? 600 : random.Next(3)).Select(_ => schema.TryGetProperty("items", out var items) ? Value(items, depth + 1) : "1"))}]";
            case "integer" or "number": return random.Next(4) == 0 ? Wrong() : random.Next(-3, 400).ToString(CultureInfo.InvariantCulture);
            case "boolean": return random.Next(2) == 0 ? "true" : "false";
            default: return JsonSerializer.Serialize(WellFormed(Simple(schema)));
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
        if (members.Count > 0 && random.Next(20) == 0) members.Add(members[0]);
        return $"{{{string.Join(',', members)}}}";
    }

    private string Wrong() => random.Next(8) switch
    {
        0 => "null", 1 => "-1", 2 => "1e400", 3 => "99999999999999999999", 4 => "{}", 5 => "[[]]", 6 => $"\"{new string('A', random.Next(100_000))}\"", _ => "\"\\ud800\"",
    };

    private string Simple(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference)) schema = schemas.GetProperty(reference.GetString()!.Split('/')[^1]);
        if (schema.TryGetProperty("enum", out var words) && random.Next(5) > 0) return words[random.Next(words.GetArrayLength())].ToString();
        return random.Next(3) switch { 0 => Texts[random.Next(Texts.Length)], 1 when random.Next(10) == 0 => new string('ي', random.Next(5000)), _ => ids[random.Next(ids.Count)] };
    }

    private static string? TypeOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? null
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(word => word.GetString()).FirstOrDefault(word => word != "null") : type.GetString();

    /// <summary>Half a surrogate pair cannot be written as UTF-8; it goes as its escape in a body alone.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}

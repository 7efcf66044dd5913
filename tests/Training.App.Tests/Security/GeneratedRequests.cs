using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Training.App.Tests.Modules.Access.Matrix;

namespace Training.App.Tests.Security;

/// <summary>
/// Makes requests from our own OpenAPI document: bodies by their schemas or whole ones of the table of doors, each with something that a
/// careless or hostile sender does to it. The same seed gives the same requests.
/// </summary>
internal sealed partial class GeneratedRequests
{
    private static readonly string[] Headers = ["Accept", "Accept-Language", "Range", "If-None-Match", "If-Match", "X-HTTP-Method-Override", "Content-Language", "Prefer"];

    private readonly List<Operation> operations = [];
    private readonly SideIds[] sides;
    private readonly Random random;
    private readonly GeneratedBodies bodies;

    /// <summary>Reads the document.</summary>
    /// <param name="document">The OpenAPI document.</param>
    /// <param name="doors">The doors of the application, by which an operation is given real ids.</param>
    /// <param name="sides">Ids that exist, own ones first.</param>
    /// <param name="seed">The seed.</param>
    public GeneratedRequests(JsonElement document, IReadOnlyList<Door> doors, SideIds[] sides, int seed)
    {
        this.sides = sides;
        random = new Random(seed);
        bodies = new GeneratedBodies(document.GetProperty("components").GetProperty("schemas"), random);
        var table = MatrixTable.Read();
        var known = doors.Where(door => !door.IsPage).GroupBy(door => $"{door.Method} {Plain(door.Route)}").ToDictionary(same => same.Key, same => same.First());
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var method in path.Value.EnumerateObject().Where(member => member.Name is "get" or "post" or "put" or "delete" or "patch"))
            {
                var door = known.GetValueOrDefault($"{method.Name.ToUpperInvariant()} {Plain(path.Name)}");
                operations.Add(new Operation(new HttpMethod(method.Name.ToUpperInvariant()), path.Name, method.Value, door, door is null ? "" : table.GetValueOrDefault(door.Name)?.Sent ?? ""));
            }
        }
    }

    /// <summary>A kind of request: what the fuzzer names when one goes wrong.</summary>
    /// <param name="Method">The method.</param>
    /// <param name="Path">The route.</param>
    /// <param name="Says">What the document says of it.</param>
    /// <param name="Door">The same door as it was discovered; null when it was not.</param>
    /// <param name="Sent">What the table of doors sends to it.</param>
    public sealed record Operation(HttpMethod Method, string Path, JsonElement Says, Door? Door, string Sent)
    {
        public string Name => $"{Method} {Path}";
    }

    /// <summary>Everything that the document names.</summary>
    public IReadOnlyList<Operation> Operations => operations;

    /// <summary>The next request.</summary>
    public (HttpRequestMessage Request, Operation Operation, string Says) Next()
    {
        var operation = operations[random.Next(operations.Count)];
        var side = sides[random.Next(3) > 0 ? 0 : random.Next(sides.Length)];
        bodies.Ids = [.. side.Values.Values];
        var address = AddressOf(operation, side);
        var method = random.Next(80) == 0 ? new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch, HttpMethod.Options }[random.Next(6)] : operation.Method;
        var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative));
        if (random.Next(4) == 0) request.Headers.TryAddWithoutValidation("Idempotency-Key", random.Next(3) == 0 ? "same-key" : $"{random.NextInt64():x}");
        if (random.Next(12) == 0) request.Headers.TryAddWithoutValidation(Headers[random.Next(Headers.Length)], Latin(bodies.Text()));
        var body = "";
        if (method != HttpMethod.Get && operation.Says.TryGetProperty("requestBody", out var takes))
        {
            body = Filled(operation.Sent, side).TrimStart();
            if (body.StartsWith('?')) body = body.Contains(' ', StringComparison.Ordinal) ? body[(body.IndexOf(' ', StringComparison.Ordinal) + 1)..] : "";
            if (body.StartsWith('@')) request.Content = File();
            else request.Content = Content(body = bodies.Of(takes.GetProperty("content"), body));
        }
        return (request, operation, $"{method} {address} {(body.Length > 2000 ? body[..2000] : body)}");
    }

    private string AddressOf(Operation operation, SideIds side)
    {
        var address = operation.Door is { } door && random.Next(5) > 0 ? door.Address(side) : Parameter().Replace(operation.Path, _ => Part(bodies.Text()));
        if (random.Next(25) == 0 && address.LastIndexOf('/') is > 4 and var cut) address = $"{address[..cut]}/{Part(bodies.Text())}";
        var query = new List<string>();
        var whole = operation.Sent.StartsWith('?') && random.Next(4) > 0;
        if (whole) query.Add(Filled(operation.Sent, side).Split(' ', 2)[0][1..]);
        foreach (var parameter in operation.Says.TryGetProperty("parameters", out var named) ? named.EnumerateArray().ToArray() : [])
        {
            if (parameter.GetProperty("in").GetString() != "query" || random.Next(whole ? 8 : 3) > 0) continue;
            query.Add($"{parameter.GetProperty("name").GetString()}={Uri.EscapeDataString(bodies.Simple(parameter.GetProperty("schema")))}");
        }
        if (random.Next(20) == 0) query.Add("unknown[]=%00&lang=xx");
        if (random.Next(40) == 0 && query.Count > 0) query.Add(query[0]);
        if (random.Next(300) == 0) query.Add($"q={new string('A', 7000)}");
        return query.Count == 0 ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{string.Join('&', query)}";
    }

    /// <summary>
    /// The host of the tests cannot send a zero in a path; the server's own answers it before any of our code. A phone never stands in an
    /// address of ours, and who writes one there would find it in the log's path.
    /// </summary>
    private static string Part(string text)
    {
        if (text.Length > 9 && text.All(symbol => char.IsDigit(symbol) || symbol == '+')) return "x";
        var part = Uri.EscapeDataString(text.Length > 2000 ? text[..2000] : text).Replace("%00", "", StringComparison.Ordinal);
        return part.Trim('.').Length == 0 ? "x" : part;
    }

    private ByteArrayContent Content(string body)
    {
        var encoding = random.Next(30) switch { 0 => Encoding.Unicode, 1 => Encoding.Latin1, 2 => new UTF8Encoding(true), _ => Encoding.UTF8 };
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(body)];
        if (encoding == Encoding.UTF8 || random.Next(2) == 0) bytes = bytes[encoding.GetPreamble().Length..];
        if (random.Next(30) == 0) bytes = [.. bytes.AsSpan(0, bytes.Length / 2), 0xC3, 0x28, .. bytes.AsSpan(bytes.Length / 2)];
        if (random.Next(30) == 0) bytes = bytes[..(bytes.Length / 2)];
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(random.Next(40) switch
        {
            0 => "text/plain", 1 => "application/json; charset=utf-16", 2 => "multipart/form-data; boundary=x", 3 => "application/json; charset=nonsense", 4 => "application/x-www-form-urlencoded", _ => "application/json",
        });
        if (random.Next(50) == 0) content.Headers.ContentEncoding.Add(random.Next(3) switch { 0 => "gzip", 1 => "br", _ => "nonsense" });
        return content;
    }

    /// <summary>A list or a photograph, damaged in half of the cases.</summary>
    private MultipartFormDataContent File()
    {
        var text = $"{Modules.Enrollments.Imports.ImportCalls.Heading}\n{bodies.Text()};{bodies.Text()};04/05/2013;M;Samira Lahlou;0611223344;01/10/2026\n";
        var bytes = Encoding.UTF8.GetBytes(text);
        if (random.Next(2) == 0) random.NextBytes(bytes.AsSpan(random.Next(bytes.Length)));
        if (random.Next(6) == 0) bytes = [0x50, 0x4B, 3, 4, .. bytes];
        if (random.Next(6) == 0) bytes = [0xFF, 0xD8, 0xFF, .. bytes];
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return new MultipartFormDataContent { { file, "file", random.Next(4) == 0 ? "../../x.csv" : "liste.csv" } };
    }

    private static string Filled(string sent, SideIds side) => Word().Replace(sent, word => side.Values.GetValueOrDefault(word.Groups[1].Value, "x"));

    private static string Latin(string text) => new([.. text.Where(symbol => symbol is >= ' ' and < (char)0x7F)]);

    private static string Plain(string route) => Parameter().Replace(route, "{}").TrimEnd('/');

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Word();
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace Training.App.Tests.Modules.Access.Matrix;

/// <summary>
/// What is sent to a door, as the table says it: <c>?site={site}</c> after the address, JSON for the API, <c>Field=value&amp;…</c> for a
/// page, <c>@list</c> for a file with one row, <c>@photo</c> for a photograph. Words in braces are the side's ids.
/// </summary>
internal static partial class Knock
{
    /// <summary>Tries a door and answers the outcome in one word.</summary>
    public static async Task<string> TryAsync(this MatrixCaller caller, Door door, string sent, SideIds side, IEnumerable<string> strangers)
    {
        var words = Word().Replace(sent, word => side.Values[word.Groups[1].Value]);
        var query = words.StartsWith('?') ? words.Split(' ', 2)[0] : "";
        var address = door.Address(side);
        if (query.Length > 0 && address.Contains('?', StringComparison.Ordinal)) query = "&" + query[1..];
        using var request = new HttpRequestMessage(door.Method, new Uri(address + query, UriKind.Relative));
        if (door.Method != HttpMethod.Get) request.Content = Content(door, words[query.Length..].Trim(), caller.Token);
        using var answer = await caller.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var text = answer.Content.Headers.ContentType?.MediaType is "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync();
        return strangers.Any(name => text.Contains(name, StringComparison.Ordinal)) ? "LEAK" : Outcome(answer, text);
    }

    /// <summary>True when what is sent names an id of a side.</summary>
    public static bool NamesAnId(string sent) => Word().IsMatch(sent);

    private static string Outcome(HttpResponseMessage answer, string text) => (int)answer.StatusCode switch
    {
        200 when text.Contains("class=\"error-summary\"", StringComparison.Ordinal) => "rule",
        302 when answer.Headers.Location!.OriginalString is var target && (target.Contains("/sign-in?ReturnUrl", StringComparison.Ordinal) || target.Contains("/family?ReturnUrl", StringComparison.Ordinal)) => "401",
        < 400 => "in",
        401 => "401",
        403 => "403",
        404 => "404",
        405 => "405",
        429 => "429",
        < 500 => "rule",
        _ => "BROKEN",
    };

    private static HttpContent? Content(Door door, string body, string token)
    {
        if (body.StartsWith("@list", StringComparison.Ordinal)) return List(body["@list".Length..].Trim(), token);
        if (body == "@photo") return new ByteArrayContent([0xFF, 0xD8, 0xFF]) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        if (!door.IsPage) return body.Length == 0 ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return new StringContent($"{body}&__RequestVerificationToken={Uri.EscapeDataString(token)}".TrimStart('&'), Encoding.UTF8, "application/x-www-form-urlencoded");
    }

    private static MultipartFormDataContent List(string fields, string token)
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes($"{Enrollments.Imports.ImportCalls.Heading}\nAdam;Lahlou;04/05/2013;M;Samira Lahlou;0611223344;01/10/2026\n"));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" } };
        foreach (var field in fields.Split('&', StringSplitOptions.RemoveEmptyEntries)) form.Add(new StringContent(field.Split('=')[1]), field.Split('=')[0]);
        form.Add(file, "file", "liste.csv");
        return form;
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Word();
}

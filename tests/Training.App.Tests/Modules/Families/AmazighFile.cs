using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Training.App.Platform.Http;
using Training.App.Platform.Localization;
using Training.App.Platform.Spreadsheets;

namespace Training.App.Tests.Modules.Families;

/// <summary>A translator's workbook. Its texts are no Amazigh: letters of Tifinagh in a row, for the tests alone.</summary>
internal static partial class AmazighFile
{
    /// <summary>A text for a key, with the values that the Arabic one has.</summary>
    public static string TextOf(string key) =>
        string.Join(' ', Placeholder().Matches(Texts.Said(key, Languages.Arabic)!).Select(match => match.Value).Prepend("ⴰⴹⵔⵉⵚ").Distinct());

    /// <summary>Every text that families read, with those that the test says otherwise; null leaves one empty.</summary>
    public static byte[] Full(Func<string, string?>? other = null) =>
        Of([.. Texts.ForFamilies.Select(text => (text.Key, other is null ? TextOf(text.Key) : other(text.Key) ?? ""))]);

    /// <summary>A workbook with these rows under the headings.</summary>
    public static byte[] Of(params (string Key, string Text)[] rows)
    {
        using var file = new MemoryStream();
        using (var workbook = new WorkbookWriter(file, "Amazigh", false, 1, [10, 10, 10, 10, 10], []))
        {
            string[] headings = ["key", "Emplacement", "العربية", "Français", "ⵜⴰⵎⴰⵣⵉⵖⵜ (zgh)"];
            workbook.Row([.. headings.Select(name => new WrittenCell(name, CellLook.Heading))]);
            foreach (var (key, text) in rows) workbook.Row([.. new[] { key, "", "", "", text }.Select(cell => new WrittenCell(cell, CellLook.Text))]);
            workbook.Complete();
        }
        return file.ToArray();
    }

    public static async Task<HttpResponseMessage> BringAsync(HttpClient nation, byte[] file)
    {
        using var body = new ByteArrayContent(file);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        return await nation.PostAsync(new Uri("/api/amazigh", UriKind.Relative), body);
    }

    /// <summary>Brings a workbook and puts it into force.</summary>
    /// <returns>Its version's number.</returns>
    public static async Task<int> PublishAsync(HttpClient nation, byte[] file)
    {
        using var brought = await BringAsync(nation, file);
        Assert.That((int)brought.StatusCode, Is.EqualTo(201), await brought.Content.ReadAsStringAsync());
        var number = (await brought.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetInt32();
        using var published = await nation.PostAsJsonAsync($"/api/amazigh/{number}/publish", new { });
        Assert.That((int)published.StatusCode, Is.EqualTo(200), await published.Content.ReadAsStringAsync());
        return number;
    }

    [GeneratedRegex(@"\{[A-Za-z0-9]+\}")]
    private static partial Regex Placeholder();
}

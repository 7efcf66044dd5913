using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Training.App.Tests.Modules.Enrollments.Imports;

/// <summary>The calls of an import, as a client makes them.</summary>
internal static class ImportCalls
{
    public const string Heading = "Prénom;Nom;Date de naissance;Sexe;Nom du tuteur;Téléphone du tuteur;Date du consentement";

    public static Task<HttpResponseMessage> UploadAsync(this HttpClient client, string csv, string? site = "RSB", string edition = "football-2026") =>
        client.UploadAsync(Encoding.UTF8.GetBytes(csv), site, edition);

    public static async Task<HttpResponseMessage> UploadAsync(
        this HttpClient client, byte[] bytes, string? site = "RSB", string edition = "football-2026", string name = "liste.csv")
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(file, "file", name);
        return await client.PostAsync(new Uri($"/api/imports?edition={edition}{(site is null ? "" : $"&site={site}")}", UriKind.Relative), form);
    }

    /// <summary>Uploads and waits until the list was read.</summary>
    public static async Task<JsonElement> PreviewAsync(this HttpClient client, byte[] bytes, string? site = "RSB", string edition = "football-2026")
    {
        using var uploaded = await client.UploadAsync(bytes, site, edition);
        var text = await uploaded.Content.ReadAsStringAsync();
        Assert.That((int)uploaded.StatusCode, Is.EqualTo(202), text);
        return await client.WhenAsync(uploaded.Headers.Location!.ToString(), "preview", "refused", "needsMapping");
    }

    public static Task<JsonElement> PreviewAsync(this HttpClient client, string csv, string? site = "RSB", string edition = "football-2026") =>
        client.PreviewAsync(Encoding.UTF8.GetBytes(csv), site, edition);

    /// <summary>Commits a preview and waits until it is done.</summary>
    public static async Task<JsonElement> CommitAsync(this HttpClient client, JsonElement preview)
    {
        var address = $"/api/imports/{preview.GetProperty("id").GetString()}";
        using var committed = await client.PostAsync(new Uri($"{address}/commit", UriKind.Relative), null);
        Assert.That((int)committed.StatusCode, Is.EqualTo(202), await committed.Content.ReadAsStringAsync());
        return await client.WhenAsync(address, "done");
    }

    /// <summary>Asks until the import has one of these states.</summary>
    public static async Task<JsonElement> WhenAsync(this HttpClient client, string address, params string[] states)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        JsonElement import;
        do
        {
            import = await client.JsonAsync(address);
            if (states.Contains(import.GetProperty("status").GetString())) return import;
        }
        while (clock.Elapsed < TimeSpan.FromSeconds(60) && await timer.WaitForNextTickAsync());
        Assert.Fail($"The import did not become {string.Join(" or ", states)} within a minute: {import}");
        return import;
    }

    public static async Task<JsonElement> JsonAsync(this HttpClient client, string address)
    {
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(200), text);
        return JsonDocument.Parse(text).RootElement;
    }

    public static (int Rows, int New, int Matched, int Already, int Possible, int Refused) Counts(this JsonElement import) => (
        import.GetProperty("rows").GetInt32(), import.GetProperty("new").GetInt32(), import.GetProperty("matched").GetInt32(),
        import.GetProperty("alreadyEnrolled").GetInt32(), import.GetProperty("possibleDuplicates").GetInt32(), import.GetProperty("refused").GetInt32());

    /// <summary>The refusals as <c>row field code</c>.</summary>
    public static IReadOnlyList<string> Refusals(this JsonElement import) => [.. import.GetProperty("refusals").EnumerateArray()
        .Select(refusal => $"{refusal.GetProperty("row").GetInt32()} {refusal.GetProperty("field").GetString() ?? "-"} {refusal.GetProperty("code").GetString()}")];

    /// <summary>Good rows of children who are all different.</summary>
    public static string Rows(int count, int first = 0) => string.Concat(Enumerable.Range(first, count).Select(Row));

    public static string Row(int number) =>
        $"{Given[number % Given.Length]};{Family[number / Given.Length % Family.Length]};{new DateOnly(2010, 1, 1).AddDays(number * 37 % 2500):dd/MM/yyyy};M;Samira Tazi;06{number:D8};01/10/2026\n";

    private static readonly string[] Given = ["Adam", "Bilal", "Driss", "Hamza", "Ilyas", "Karim", "Nabil", "Omar", "Rachid", "Soufiane", "Tarik", "Walid", "Zakaria"];

    private static readonly string[] Family = ["Bennani", "Chraibi", "Fassi", "Guessous", "Haddad", "Jabri", "Kettani", "Lahlou", "Mernissi", "Naciri", "Ouazzani"];
}

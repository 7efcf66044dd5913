using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Training.App.Tests.Faults;

/// <summary>A client that says everything again, under the same key, until it was acknowledged: as a phone on a bad network does.</summary>
/// <param name="patience">When it gives up.</param>
/// <param name="addresses">Processes of one application, which it asks in turn, as behind a balancer.</param>
internal sealed class Persistent(TimeSpan patience, params Uri[] addresses) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient[] clients = [.. addresses.Select(NewClient)];
    private int turn;
    private int repeats;

    /// <summary>How often something was not acknowledged and was said again.</summary>
    public int Repeats => repeats;

    public Task<JsonElement> PostAsync(string path, object? body, string key) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body), Headers = { { "Idempotency-Key", key } } });

    public Task<JsonElement> PutAsync(string path, object body) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) });

    public Task<JsonElement> GetAsync(string path) => SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Uploads a list of one site.</summary>
    public Task<JsonElement> UploadAsync(string csv, string key) => SendAsync(() =>
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(csv)) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        return new HttpRequestMessage(HttpMethod.Post, "/api/imports?edition=football-2026&site=RSB")
        {
            Content = new MultipartFormDataContent { { file, "file", "liste.csv" } }, Headers = { { "Idempotency-Key", key } },
        };
    });

    /// <summary>Asks until it is so.</summary>
    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> isSo)
    {
        using var end = new CancellationTokenSource(patience);
        while (true)
        {
            var answer = await GetAsync(path);
            if (isSo(answer)) return answer;
            if (end.IsCancellationRequested) Assert.Fail($"{path} is still {answer}");
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    public void Dispose() => Array.ForEach(clients, client => client.Dispose());

    private async Task<JsonElement> SendAsync(Func<HttpRequestMessage> make)
    {
        using var end = new CancellationTokenSource(patience);
        while (true)
        {
            using var request = make();
            var seen = await TryAsync(request);
            if (seen.Answer is { } answer) return answer;
            if (end.IsCancellationRequested) Assert.Fail($"{request.Method} {request.RequestUri} was never acknowledged: {seen.Fault}");
            Interlocked.Increment(ref repeats);
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private async Task<(JsonElement? Answer, string Fault)> TryAsync(HttpRequestMessage request)
    {
        try
        {
            using var answer = await clients[(uint)Interlocked.Increment(ref turn) % clients.Length].SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode) return (JsonDocument.Parse(text).RootElement, "");
            var passes = answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests || text.Contains("requestInFlight", StringComparison.Ordinal);
            if (!passes) Assert.Fail($"{request.Method} {request.RequestUri}: {(int)answer.StatusCode} {text}");
            return (null, text);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException)
        {
            return (null, cut.GetType().Name);
        }
    }

    private static HttpClient NewClient(Uri address) => new()
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(30),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", TrainingApplication.BootstrapKey) },
    };
}

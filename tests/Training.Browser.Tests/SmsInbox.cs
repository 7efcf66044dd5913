using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Training.Browser.Tests;

/// <summary>Stands for the SMS gateway and for all telephones: what is sent can be read here.</summary>
internal sealed partial class SmsInbox : IDisposable
{
    private readonly HttpListener server = new();
    private readonly ConcurrentQueue<(string To, string Text)> messages = new();

    public SmsInbox()
    {
        using (var port = new TcpListener(IPAddress.Loopback, 0))
        {
            port.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}/";
        }
        server.Prefixes.Add(Address);
        server.Start();
        _ = ListenAsync();
    }

    /// <summary>Where the application sends to.</summary>
    public string Address { get; }

    /// <summary>The last six digits that came.</summary>
    public string Code => SixDigits().Match(messages.Last().Text).Value;

    /// <summary>Path of the last personal link that came.</summary>
    public string Link => LinkPath().Match(messages.Last().Text).Value;

    public void Dispose() => server.Close();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var asked = await server.GetContextAsync();
                using var body = await JsonDocument.ParseAsync(asked.Request.InputStream);
                messages.Enqueue((body.RootElement.GetProperty("to").GetString()!, body.RootElement.GetProperty("text").GetString()!));
                asked.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    [GeneratedRegex(@"\d{6}")]
    private static partial Regex SixDigits();

    [GeneratedRegex(@"/family/l/[\w-]+")]
    private static partial Regex LinkPath();
}

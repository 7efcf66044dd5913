using System.Net.Sockets;
using System.Text;
using Training.App.Tests.Platform;

namespace Training.App.Tests.Security;

/// <summary>
/// Requests that never end, at the server's own listener in a process of its own: the host of the tests has no connection that could be
/// held. They must not keep it from those who ask in earnest.
/// </summary>
internal sealed class SlowRequestTests
{
    /// <summary>Longer than the limits and the heartbeat that looks at them; a machine under load is given more.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(60);

    private const string Key = $"Authorization: Bearer {TrainingApplication.BootstrapKey}\r\n";

    private string storage = null!;
    private AppProcess app = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        storage = System.IO.Directory.CreateTempSubdirectory("training-slow-").FullName;
        app = await AppProcess.StartAsync(storage);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await app.DisposeAsync();
        System.IO.Directory.Delete(storage, recursive: true);
    }

    [Test]
    public async Task A_body_that_dribbles_in_and_a_header_that_never_ends_are_cut_off_and_others_are_answered_meanwhile()
    {
        var body = EndAsync($"POST /api/enrollments HTTP/1.1\r\nHost: localhost\r\n{Key}Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{{", " ");
        var header = EndAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", "x");
        var silent = EndAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n", "");
        using var meanwhile = await app.Client.GetAsync(new Uri("/api/editions", UriKind.Relative));

        Assert.That((int)meanwhile.StatusCode, Is.EqualTo(200));
        Assert.That(await body, Does.StartWith("HTTP/1.1 408").Or.Empty.And.Not.Contain("   at "), "the body");
        Assert.That(await header, Does.StartWith("HTTP/1.1 408").Or.Empty, "the header");
        Assert.That(await silent, Does.StartWith("HTTP/1.1 408").Or.Empty, "nothing more at all");
    }

    [Test]
    public async Task A_zero_in_a_path_is_refused_by_the_server_itself()
    {
        foreach (var path in (string[])["/api/participants/a%00b", "/%00", "/v/%00"])
            Assert.That(await EndAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{Key}\r\n", ""), Does.StartWith("HTTP/1.1 400"), path);
    }

    /// <summary>Sends a beginning, then a little each half second, until the server ends it; what it said by then.</summary>
    private async Task<string> EndAsync(string beginning, string drop)
    {
        using var end = new CancellationTokenSource(AtMost);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", app.Client.BaseAddress!.Port, end.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning), end.Token);
        var said = ReadAsync(stream, end.Token);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (drop.Length > 0 && !said.IsCompleted && await timer.WaitForNextTickAsync(end.Token))
        {
            try
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(drop), end.Token);
            }
            catch (IOException)
            {
                break;
            }
        }
        return await said;
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var said = new MemoryStream();
        try
        {
            await stream.CopyToAsync(said, cancellationToken);
        }
        catch (IOException)
        {
            // Reset instead of closed: cut off as well.
        }
        return Encoding.UTF8.GetString(said.ToArray());
    }
}

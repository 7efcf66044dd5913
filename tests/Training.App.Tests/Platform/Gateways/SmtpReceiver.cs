using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Training.App.Tests.Platform.Gateways;

/// <summary>A small SMTP server on a port of its own: keeps what it is given, refuses what it is told to.</summary>
internal sealed class SmtpReceiver : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Task serving;

    public SmtpReceiver()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What is answered to a recipient; 250 takes it.</summary>
    public string RecipientAnswer { get; set; } = "250 OK";

    /// <summary>The one password that is let in.</summary>
    public string Password { get; init; } = "right";

    /// <summary>Hang up after a message was taken, without waiting for the farewell.</summary>
    public bool HangsUp { get; init; }

    /// <summary>Whole messages, as they came.</summary>
    public ConcurrentQueue<string> Messages { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await serving;
        listener.Stop();
        end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(end.Token);
                await TalkAsync(client);
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or IOException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 receiver");
        while (await reader.ReadLineAsync(end.Token) is { } line)
        {
            var word = line.Split(' ', ':')[0].ToUpper(CultureInfo.InvariantCulture);
            if (word == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                Messages.Enqueue(await ReadMessageAsync(reader));
                await writer.WriteLineAsync("250 taken");
                if (HangsUp) return;
                continue;
            }
            await writer.WriteLineAsync(word switch
            {
                "EHLO" => "250-receiver\r\n250 AUTH PLAIN",
                "AUTH" => AnswerTo(line),
                "RCPT" => RecipientAnswer,
                "QUIT" => "221 bye",
                _ => "250 OK",
            });
            if (word == "QUIT") return;
        }
    }

    private string AnswerTo(string auth)
    {
        var parts = Encoding.UTF8.GetString(Convert.FromBase64String(auth.Split(' ')[2])).Split('\0');
        return parts[2] == Password ? "235 in" : "535 wrong";
    }

    private async Task<string> ReadMessageAsync(StreamReader reader)
    {
        var message = new StringBuilder();
        while (await reader.ReadLineAsync(end.Token) is { } line && line != ".") message.AppendLine(line);
        return message.ToString();
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Training.Benchmarks;

/// <summary>What a load run saw.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="P50">Median latency, milliseconds.</param>
/// <param name="P90">90th percentile, milliseconds.</param>
/// <param name="P99">99th percentile, milliseconds.</param>
/// <param name="Max">Longest, milliseconds.</param>
/// <param name="Failed">Answers that were not a success.</param>
internal sealed record LoadResult(double PerSecond, double P50, double P90, double P99, double Max, int Failed);

/// <summary>
/// A plain HTTP/1.1 load over keep-alive sockets, one request in flight a connection. It prepares its bytes beforehand, so that
/// it takes as little as it can of the cores it shares with the server.
/// </summary>
internal static class HttpLoad
{
    /// <summary>Longest answer that is read, bytes.</summary>
    private const int AnswerMax = 1024 * 1024;

    public static byte[] Post(string path, string body, string? key = ServerProcess.Key, string method = "POST") => Encoding.UTF8.GetBytes(
        $"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{(key is null ? "" : $"Authorization: Bearer {key}\r\n")}"
        + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    public static byte[] Get(string path) => Encoding.UTF8.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {ServerProcess.Key}\r\n\r\n");

    /// <summary>Sends every request once, over so many connections.</summary>
    /// <param name="address">The server.</param>
    /// <param name="requests">What is sent.</param>
    /// <param name="connections">Each has one request in flight.</param>
    /// <param name="perSecond">Requests due in a second: each is sent when it is due, or late, and its latency counts from then; null sends the next as soon as one is answered.</param>
    public static async Task<LoadResult> RunAsync(Uri address, IReadOnlyList<byte[]> requests, int connections, double? perSecond = null)
    {
        var latencies = new double[requests.Count];
        var failed = 0;
        var next = -1;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(ConnectAsync)));
        watch.Stop();

        Array.Sort(latencies);
        return new LoadResult(
            requests.Count / watch.Elapsed.TotalSeconds, At(0.5), At(0.9), At(0.99), latencies[^1], failed);

        async ValueTask<long> DueAsync(int request)
        {
            if (perSecond is not { } rate) return Stopwatch.GetTimestamp();
            var due = TimeSpan.FromSeconds(request / rate);
            while (watch.Elapsed < due) await Task.Delay(due - watch.Elapsed is var left && left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1));
            return Stopwatch.GetTimestamp() - (long)((watch.Elapsed - due).TotalSeconds * Stopwatch.Frequency);
        }

        double At(double share) => latencies[(int)(share * (latencies.Length - 1))];

        async Task ConnectAsync()
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, address.Port);
            var buffer = new byte[AnswerMax];
            int i;
            while ((i = Interlocked.Increment(ref next)) < requests.Count)
            {
                var started = await DueAsync(i);
                await socket.SendAsync(requests[i], SocketFlags.None);
                var status = await ReadAnswerAsync(socket, buffer);
                latencies[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                if (status is >= 200 and < 300) continue;
                if (Interlocked.Increment(ref failed) == 1) Console.Error.WriteLine($"  first failure: {Encoding.UTF8.GetString(buffer.AsSpan(0, 600))}");
            }
        }
    }

    private static async Task<int> ReadAnswerAsync(Socket socket, byte[] buffer)
    {
        var filled = 0;
        while (true)
        {
            if (filled == buffer.Length) throw new InvalidOperationException("The answer is longer than the load reads.");
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled), SocketFlags.None);
            if (read == 0) throw new InvalidOperationException("The server closed the connection.");
            filled += read;
            var headerEnd = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
            if (headerEnd < 0) continue;
            var head = Encoding.ASCII.GetString(buffer, 0, headerEnd);
            var status = int.Parse(head.AsSpan(9, 3), null);
            var whole = headerEnd + 4 + Length(head, buffer.AsSpan(headerEnd + 4, filled - headerEnd - 4), out var chunkedEnd);
            if (chunkedEnd || (whole >= 0 && filled >= whole && !head.Contains("chunked", StringComparison.OrdinalIgnoreCase))) return status;
        }
    }

    /// <summary>The body's announced length; chunked bodies are at their end when the last chunk was read.</summary>
    private static int Length(string head, ReadOnlySpan<byte> body, out bool chunkedEnd)
    {
        const string name = "Content-Length: ";
        var at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        chunkedEnd = at < 0 && body.EndsWith("0\r\n\r\n"u8);
        if (at < 0) return 0;
        var from = at + name.Length;
        var to = head.IndexOf('\r', from);
        return int.Parse(to < 0 ? head.AsSpan(from) : head.AsSpan(from, to - from), null);
    }
}

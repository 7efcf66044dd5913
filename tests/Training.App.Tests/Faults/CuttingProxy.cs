using System.Net;
using System.Net.Sockets;

namespace Training.App.Tests.Faults;

/// <summary>Stands between a process and its broker, and cuts their connections in the middle of what is said.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int target;
    private readonly CancellationTokenSource over = new();
    private readonly Lock gate = new();
    private readonly List<TcpClient> open = [];
    private readonly Task accepting;
    private long untilCut = long.MaxValue;

    public CuttingProxy(int target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How often it has cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts everything after so many more bytes from the broker: what is confirmed by then is known, what comes after is not.</summary>
    public void CutAfter(int bytes) => Interlocked.Exchange(ref untilCut, bytes);

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        listener.Stop();
        Cut();
        await accepting;
        over.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptTcpClientAsync(over.Token);
                if (await ReachAsync() is not { } far)
                {
                    near.Dispose(); // Whoever asked is told so, and comes again.
                    continue;
                }
                lock (gate) open.AddRange([near, far]);
                _ = CopyAsync(near, far, counts: false);
                _ = CopyAsync(far, near, counts: true);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    /// <summary>A connection to the broker; null when it takes none at the moment.</summary>
    private async Task<TcpClient?> ReachAsync()
    {
        var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, target, over.Token);
            return far;
        }
        catch (SocketException)
        {
            far.Dispose();
            return null;
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, bool counts)
    {
        var block = new byte[4096];
        try
        {
            int read;
            while ((read = await from.GetStream().ReadAsync(block)) > 0)
            {
                if (counts && Interlocked.Add(ref untilCut, -read) <= 0)
                {
                    Interlocked.Exchange(ref untilCut, long.MaxValue);
                    Cuts++;
                    Cut();
                    return;
                }
                await to.GetStream().WriteAsync(block.AsMemory(0, read));
            }
        }
        catch (Exception cut) when (cut is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
        from.Dispose();
        to.Dispose();
    }

    private void Cut()
    {
        lock (gate)
        {
            open.ForEach(connection => connection.Dispose());
            open.Clear();
        }
    }
}

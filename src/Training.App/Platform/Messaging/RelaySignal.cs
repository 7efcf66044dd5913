using Training.Data.Writing;

namespace Training.App.Platform.Messaging;

/// <summary>Wakes the relay of this process.</summary>
internal sealed class RelaySignal : IRelaySignal, IDisposable
{
    private readonly SemaphoreSlim wakes = new(0, 1);

    public void Wake()
    {
        if (wakes.CurrentCount > 0) return; // It is awake already; the exception that would say so costs more than the look.
        try
        {
            wakes.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another wake came in between.
        }
    }

    /// <summary>Waits for a wake or the time to look anyway.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => wakes.WaitAsync(atMost, cancellationToken);

    public void Dispose() => wakes.Dispose();
}

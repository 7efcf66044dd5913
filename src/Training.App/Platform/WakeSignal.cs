namespace Training.App.Platform;

/// <summary>Tells a worker of this process that there is something to do, once however often it is said meanwhile.</summary>
internal abstract class WakeSignal : IDisposable
{
    private readonly SemaphoreSlim wakes = new(0, 1);

    public void Wake()
    {
        try
        {
            wakes.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    /// <summary>Waits for a wake or the time to look anyway.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => wakes.WaitAsync(atMost, cancellationToken);

    public void Dispose() => wakes.Dispose();
}

namespace Training.App.Tests.Platform.Messaging;

/// <summary>Waits for something that comes about by itself.</summary>
internal static class Poll
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Waits until it is so; fails with what was seen instead.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, Func<Task<string>> seen, TimeSpan? deadline = null)
    {
        using var end = new CancellationTokenSource(deadline ?? Deadline);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await isSo())
        {
            if (end.IsCancellationRequested) Assert.Fail($"It did not come about in time; {await seen()}.");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, Func{Task{string}}, TimeSpan?)"/>
    public static Task UntilAsync(Func<bool> isSo, Func<string> seen) =>
        UntilAsync(() => Task.FromResult(isSo()), () => Task.FromResult(seen()));
}

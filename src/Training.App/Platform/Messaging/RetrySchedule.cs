namespace Training.App.Platform.Messaging;

/// <summary>When a failed delivery is tried again: after 1, 4, 16, 64, 256 seconds and then every ten minutes, eight tries in all.</summary>
internal static class RetrySchedule
{
    /// <summary>Tries before a delivery is given up.</summary>
    public const int TriesMax = 8;

    /// <summary>The longest pause between two tries.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>How long to wait after a failed try; null when it was the last one.</summary>
    /// <param name="tries">Failed tries so far, at least one.</param>
    public static TimeSpan? After(int tries) =>
        tries >= TriesMax ? null : TimeSpan.FromSeconds(Math.Min(Math.Pow(4, tries - 1), Longest.TotalSeconds));
}

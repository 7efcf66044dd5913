namespace Training.App.Platform.Messaging;

/// <summary>The deliveries of one consumer (or of the broker): served by one turn after another, never two at once.</summary>
internal interface ILane
{
    /// <summary>The consumer's stable name.</summary>
    string Consumer { get; }

    /// <summary>False while the lane's other end is not there yet.</summary>
    bool IsOpen { get; }

    /// <summary>Serves one claim.</summary>
    /// <returns>True when more deliveries are likely to be due already.</returns>
    Task<bool> ServeAsync(CancellationToken stopping);
}

namespace Training.App.Platform.Gateways;

/// <summary>How a gateway answered.</summary>
internal enum DispatchOutcome
{
    /// <summary>The gateway took the message over.</summary>
    Accepted,

    /// <summary>It will never take it: the address or the message is wrong.</summary>
    Refused,

    /// <summary>It did not take it now; later it may.</summary>
    Failed,

    /// <summary>There is no gateway: nothing was tried.</summary>
    NotConfigured,
}

/// <summary>The answer of a gateway: what became of a message, and a stable word why, without address or text, fit for logs.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why not, such as <c>smtp-550</c> or <c>http-503</c>; null when it was accepted.</param>
internal sealed record Dispatch(DispatchOutcome Outcome, string? Reason = null)
{
    public static Dispatch Accepted { get; } = new(DispatchOutcome.Accepted);

    public static Dispatch NotConfigured { get; } = new(DispatchOutcome.NotConfigured, "not-configured");

    public static Dispatch Refused(string reason) => new(DispatchOutcome.Refused, reason);

    public static Dispatch Failed(string reason) => new(DispatchOutcome.Failed, reason);
}

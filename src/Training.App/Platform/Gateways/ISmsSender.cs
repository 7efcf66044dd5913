namespace Training.App.Platform.Gateways;

/// <summary>Sends short messages to phones of families.</summary>
internal interface ISmsSender
{
    /// <summary>False when no gateway is configured: what should be sent waits for a person to print or say it.</summary>
    bool IsConfigured { get; }

    /// <summary>
    /// Hands a message to the gateway; an expected failure is an outcome, never an exception. It is tried once. Not inside a database
    /// transaction.
    /// </summary>
    Task<Dispatch> SendAsync(Sms sms, CancellationToken cancellationToken);
}

/// <summary>A short message.</summary>
/// <param name="Id">Our own name of the message, by which a gateway can notice a repetition.</param>
/// <param name="Phone">E.164, such as <c>+212612345678</c>.</param>
/// <param name="Text">The text, in the family's language.</param>
internal sealed record Sms(string Id, string Phone, string Text);

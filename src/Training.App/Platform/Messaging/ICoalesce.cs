namespace Training.App.Platform.Messaging;

/// <summary>
/// A consumer that only needs the newest message of a key ("recompute that session"): deliveries of one key that wait together
/// are served by the last of them.
/// </summary>
/// <typeparam name="TMessage">The message.</typeparam>
internal interface ICoalesce<in TMessage>
    where TMessage : class
{
    /// <summary>What the message asks to be done again; a pure function of the message.</summary>
    string KeyOf(TMessage message);
}

/// <summary>A consumer that may take several deliveries at once, in any order.</summary>
/// <param name="concurrency">How many at once, at least one.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class UnorderedAttribute(int concurrency) : Attribute
{
    /// <summary>How many at once.</summary>
    public int Concurrency { get; } = concurrency;
}

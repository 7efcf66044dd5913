namespace Training.App.Platform.Messaging;

/// <summary>
/// Says whether a consumer has any use for events now, so that one that mostly has none costs those who change something no row. Asked
/// within a change: it answers from memory. At most one such consumer a message.
/// </summary>
internal interface IInterest
{
    /// <summary>The consumer class.</summary>
    Type Consumer { get; }

    /// <summary>False when nobody would miss an event of this type; true when in doubt.</summary>
    bool Wants(Type message);
}

namespace Training.App.Modules.Access.Messages;

/// <summary>The door to whether the person behind a request proved lately who they are, for acts of other modules that ask for it.</summary>
public interface IRecentProof
{
    /// <summary>True for a machine, whose key is its proof, and for a person who gave the password or a passkey some minutes ago.</summary>
    bool IsFresh { get; }
}

namespace Training.Data.Writing;

/// <summary>Tells the relay, after a commit, that the outbox has work.</summary>
public interface IRelaySignal
{
    /// <summary>Wakes the relay; cheap, may be called from any thread.</summary>
    void Wake();
}

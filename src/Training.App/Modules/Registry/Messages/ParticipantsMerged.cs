namespace Training.App.Modules.Registry.Messages;

/// <summary>Two files turned out to be one child's: what hung on the one hangs on the other now.</summary>
/// <param name="MergeId">The merge.</param>
/// <param name="SurvivorId">The file that goes on.</param>
/// <param name="RetiredId">The file that ended.</param>
public sealed record ParticipantsMerged(int MergeId, int SurvivorId, int RetiredId);
